"""Letterheads as websites and unions print them: below foreign words, with number and day below the heading."""

import pytest

from trienkhai.documents.reader import read_text

SITE = """Hệ thống văn bản mẫu
Đăng nhập | Đăng ký
Quyết định 99/QĐ-KHAC năm 2030 về việc khác
Số hiệu: 99/QĐ-KHAC Loại văn bản: Quyết định
Ngày ban hành: 01/01/2030 Ngày hiệu lực: Đã biết
"""
STATE = """ỦY BAN NHÂN DÂN
TỈNH MINH HỌA
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 8/QĐ-UBMH
Minh Họa, ngày 2 tháng 3 năm 2031

QUYẾT ĐỊNH
Về việc mẫu

Căn cứ Luật Thử nghiệm;
Điều 1. Giao Sở Mẫu thực hiện.
"""


def head(text):
    reading = read_text(text)
    return reading.doc_type, reading.symbol, reading.issuer, reading.place, reading.date, reading.title


OWN = ("Quyết định", "8/QĐ-UBMH", "Ủy ban nhân dân tỉnh Minh Họa", "Minh Họa", "2031-03-02", "Về việc mẫu")


def test_what_a_website_prints_above_the_letterhead_is_no_part_of_it():
    assert head(SITE + STATE) == head(STATE) == OWN


def test_names_between_bars_and_a_motto_broken_by_its_cell_begin_the_letterhead_too():
    text = SITE + STATE.replace("\n-------\n", "\n-------\n|\n", 1).replace("CỘNG HÒA XÃ", "CỘNG\nHÒA XÃ")

    assert head(text) == OWN


@pytest.mark.parametrize(
    "text", [SITE, SITE + "QUYẾT ĐỊNH\nVề việc mẫu\n", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "|\n"]
)
def test_without_a_letterhead_nothing_is_cut_away(text):
    kept = read_text(text).text

    assert [word for word in text.split() if word != "|" and word not in kept] == []


def test_a_mark_of_urgency_above_the_motto_hides_nothing_of_the_left_column():
    text = "ĐẢNG BỘ TỈNH MINH HỌA\nĐẢNG ỦY XÃ VÍ DỤ\nSố 198-CV/ĐUVD\nV/v rà soát\nKHẨN\nĐẢNG CỘNG SẢN VIỆT NAM\n"
    text += "Ví Dụ, ngày 27 tháng 6 năm 2031\nKính gửi: Các chi bộ.\nĐảng ủy yêu cầu các chi bộ báo cáo.\n"

    reading = read_text(text)

    assert (reading.symbol, reading.title, reading.urgency) == ("198-CV/ĐUVD", "rà soát", "Khẩn")
    assert reading.issuer == "Đảng ủy xã Ví Dụ"


def test_a_republic_named_in_the_bases_begins_no_letterhead():
    law = "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n"
    text = "BỘ MẪU\nSố: 3/QĐ-BM\nMinh Họa, ngày 2/3/2031\n\nQUYẾT ĐỊNH\nVề việc mẫu\n\n" + law + "Điều 1. Mẫu.\n"

    assert (read_text(text).issuer, read_text(text).symbol) == ("Bộ Mẫu", "3/QĐ-BM")


@pytest.mark.parametrize(
    ("below", "symbol", "date"),
    [
        ("Số 12-CT/TUMH, ngày 11 tháng 3 năm 2031", "12-CT/TUMH", "2031-03-11"),
        ("(Số 12-CT/TUMH ngày 11/3/2031 của Ban Thường vụ Tỉnh ủy)", "12-CT/TUMH", "2031-03-11"),
        ("Số 12-CT/TUMH\nngày 11 tháng 3 năm 2031", "12-CT/TUMH", "2031-03-11"),
        ("Số 12-CT/TUMH, ngày 45 tháng 13 năm 2031", "12-CT/TUMH", None),
    ],
)
def test_number_and_day_may_stand_below_the_heading(below, symbol, date):
    reading = read_text(f"CHỈ THỊ\n{below}\nvề công tác mẫu\n\nNội dung của Chỉ thị mẫu.\n")

    assert (reading.doc_type, reading.symbol, reading.date) == ("Chỉ thị", symbol, date)
    assert reading.title == "về công tác mẫu"


def test_a_title_that_speaks_of_another_number_stays_whole():
    title = "Sửa đổi Quyết định số 7/QĐ-UBMH ngày 01 tháng 02 năm 2030"

    assert head(STATE.replace("Về việc mẫu", title))[1:] == (*OWN[1:5], title)


def test_the_day_of_the_letterhead_goes_before_a_day_named_in_the_subject():
    text = "SỞ THỬ NGHIỆM\nSố: 12/STN-VP\nV/v thực hiện Thông báo ngày 09 tháng 01 năm 2030\n"
    text += "Minh Họa, ngày 2 tháng 5 năm 2031\n\nKính gửi: Các trường.\n\nSở đề nghị các trường báo cáo kết quả.\n"

    assert (read_text(text).place, read_text(text).date) == ("Minh Họa", "2031-05-02")


def test_a_unions_name_stands_in_place_of_the_motto():
    text = (
        "BAN CHẤP HÀNH TỈNH MINH HỌA\n***\nSố: 36-KH/TĐTN\nĐOÀN TNCS HỒ CHÍ MINH\nMinh Họa, ngày 2 tháng 5 năm 2031\n\n"
    )
    text += "KẾ HOẠCH\nTổ chức hội trại mẫu\n\nI. MỤC ĐÍCH\nNội dung mẫu.\n"

    reading = read_text(text)

    assert (reading.kind, reading.issuer) == ("party", "Ban Chấp hành tỉnh Minh Họa Đoàn TNCS Hồ Chí Minh")


def test_a_union_that_issues_in_its_own_name_keeps_it():
    text = "ĐOÀN TNCS HỒ CHÍ MINH\nSố: 36-KH/TĐTN\nMinh Họa, ngày 2 tháng 5 năm 2031\n\nKẾ HOẠCH\nTổ chức trại mẫu\n"

    assert "HỒ CHÍ MINH" in read_text(text).issuer.upper()


def test_an_issuers_name_broken_over_two_lines_is_one():
    text = STATE.replace("ỦY BAN NHÂN DÂN\nTỈNH MINH HỌA", "THỦ TƯỚNG\nCHÍNH PHỦ").replace("QĐ-UBMH", "QĐ-TTg")

    assert read_text(text).issuer == "Thủ tướng Chính phủ"


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("Số 69 – HD/BTGMH", "69–HD/BTGMH"),
        ("Số: 101322/CTMH-TTHT", "101322/CTMH-TTHT"),
        ("Số: 1013221/CTMH", None),
    ],
)
def test_symbols_in_the_forms_of_letterheads(written, symbol):
    read = read_text(STATE.replace("Số: 8/QĐ-UBMH", written))

    assert (read.symbol, read.issuer) == (symbol, "Ủy ban nhân dân tỉnh Minh Họa")


def test_a_title_each_line_of_which_stands_apart():
    text = "CHỈ THỊ\n\nVề công tác mẫu\n\nvà công tác thử năm 2031\n\na) Rà soát hồ sơ mẫu.\n"

    assert read_text(text).title == "Về công tác mẫu và công tác thử năm 2031"


@pytest.mark.parametrize(
    ("text", "doc_type"),
    [
        ("Điều 8. Thông tư này quy định việc mẫu.\nĐiều 9. Thông tư này có hiệu lực từ ngày ký.\n", "Thông tư"),
        ("Điều 8. Thông tư này quy định việc mẫu.\n", None),
        ("Báo cáo này nêu việc mẫu. Mỗi báo cáo này khác báo cáo kia.\n", "Báo cáo"),
    ],
)
def test_an_excerpt_without_its_head_is_what_it_twice_calls_itself(text, doc_type):
    reading = read_text(text)

    assert (reading.doc_type, reading.place, reading.date) == (doc_type, None, None)


def test_the_day_of_a_law_among_the_grounds_is_not_the_documents():
    text = "Thông tư về việc mẫu\nCăn cứ\nLuật Giáo dục, ngày 14 tháng 6 năm 2030;\nĐiều 1. Mẫu.\n"

    assert (read_text(text).place, read_text(text).date) == (None, None)


def test_a_title_without_the_number_and_day_it_repeats():
    title = "CỦA ỦY BAN NHÂN DÂN TỈNH SỐ 8/QĐ-UBMH NGÀY 2 THÁNG 3 NĂM 2031 VỀ VIỆC MẪU"

    assert head(STATE.replace("Về việc mẫu", title)) == (*OWN[:5], "VỀ VIỆC MẪU")


def test_words_that_open_a_sentence_are_no_place():
    reading = read_text("Điều 9. Hiệu lực\n1. Thông tư này có hiệu lực thi hành kể từ ngày 15 tháng 8 năm 2031.\n")

    assert (reading.place, reading.date) == (None, None)


def test_a_symbol_and_a_plan_it_issues_give_the_type():
    text = "SỞ MẪU\nSố: 4/KH-SM\nMinh Họa, ngày 2/3/2031\n\nCăn cứ Luật Thử nghiệm, Sở Mẫu ban hành Kế hoạch rà soát "

    assert read_text(text + "hồ sơ năm 2031 như sau:\n1. Mục đích\n").doc_type == "Kế hoạch"


@pytest.mark.parametrize(
    ("greeting", "addressees"),
    [
        ("Kính gửi:\nBan Chỉ đạo tỉnh Minh Họa\n\n", ["Ban Chỉ đạo tỉnh Minh Họa"]),
        ("Kính\ngửi: Sở Thử nghiệm.\n\n", ["Sở Thử nghiệm"]),
        ("Kính gửi: Các sở, ban,\nngành của tỉnh\n\n", ["Các sở, ban, ngành của tỉnh"]),
        ("Kính gửi:\n\n", []),
    ],
)
def test_addressees_below_the_greeting(greeting, addressees):
    text = "SỞ MẪU\nSố: 12/SM-VP\nV/v rà soát\nMinh Họa, ngày 2 tháng 5 năm 2031\n\n"

    reading = read_text(f"{text}{greeting}Sở Mẫu đề nghị quý cơ quan rà soát hồ sơ.\n")

    assert (reading.addressees, reading.title) == (addressees, "rà soát")


@pytest.mark.parametrize(
    ("ending", "name", "role"),
    [
        ("CHỦ TỊCH     Nguyễn Văn Mẫu\n", "Nguyễn Văn Mẫu", "Chủ tịch"),
        (
            "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT. KT. KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Thị Thử\n",
            "Lê Thị Thử",
            "Phó Chủ tịch",
        ),
        ("Nơi nhận:\n- Lưu: VT (3b)\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCHLê Thị Thử\n", "Lê Thị Thử", "Phó Chủ tịch"),
        ("CHỦ TỊCH\n\nMa A Thử\n", "Ma A Thử", "Chủ tịch"),
        ("CHỦ TỊCH     nhiệm kỳ 2031 - 2036\n", None, None),
    ],
)
def test_post_and_name_in_the_forms_of_web_pages(ending, name, role):
    signer = read_text(STATE + ending).signer

    assert ((signer.name, signer.role) if signer and signer.name else (None, None)) == (name, role)
