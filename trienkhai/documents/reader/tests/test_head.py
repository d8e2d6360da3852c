"""The head and the end of a document."""

from trienkhai.documents.reader import read_text
from trienkhai.documents.reader.letterhead import cased, issuer_of

from . import samples


def test_party_header_with_the_motto_below_the_number():
    reading = read_text(samples.RESOLUTION)

    assert (reading.kind, reading.doc_type, reading.doc_type_abbr) == ("party", "Nghị quyết", "NQ")
    assert (reading.symbol, reading.number, reading.date) == ("12-NQ/ĐUMH", "12", "2017-02-05")
    assert (reading.issuer.casefold(), reading.issuer_parent.casefold()) == ("đảng ủy khối", "đảng bộ khối minh họa")
    assert (reading.place, reading.title) == ("Thành phố Minh Họa", "về nâng cao chất lượng sinh hoạt chi bộ")


def test_state_header_of_two_cells_on_one_line():
    reading = read_text(samples.PLAN)

    assert (reading.kind, reading.doc_type, reading.symbol) == ("state", "Kế hoạch", "45/KH-STN")
    assert (reading.issuer, reading.issuer_parent) == ("Sở Thử nghiệm", "UBND tỉnh Minh Họa")
    assert (reading.place, reading.date) == ("Minh Họa", "2031-03-15")
    assert reading.title == "Triển khai số hóa hồ sơ lưu trữ năm 2031"


def test_official_letter_in_two_columns():
    reading = read_text(samples.LETTER)

    assert (reading.doc_type, reading.symbol) == ("Công văn", "321/UBMH-TH")
    assert reading.issuer == "Ủy ban nhân dân tỉnh Minh Họa"
    assert reading.title == "rà soát việc công khai thủ tục hành chính"
    assert reading.addressees == ["Các sở, ban, ngành", "Ủy ban nhân dân các xã, phường"]


def test_cells_between_lines_of_one_bar():
    text = "|\n**BỘ THỬ NGHIỆM\nVÀ MINH HỌA**\n-------\n|\n**CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM**\n"
    text += "Độc lập - Tự do - Hạnh phúc\n|\n|\n"
    text += "Số: 8/CT-BTNMH\n|\n*Minh Họa, ngày 2\ntháng 9 năm 2031*\n|\n\n**CHỈ THỊ**\n\nVỀ VIỆC THỬ\n"
    text += "NGHIỆM\n\nNội dung chỉ thị.\n"

    reading = read_text(text)

    assert (reading.issuer, reading.symbol, reading.date) == ("Bộ Thử nghiệm và minh họa", "8/CT-BTNMH", "2031-09-02")
    assert (reading.doc_type, reading.title) == ("Chỉ thị", "VỀ VIỆC THỬ NGHIỆM")


def test_blank_number_and_day_are_null():
    text = samples.PLAN.replace("Số: 45/KH-STN", "Số:       /KH-STN").replace("ngày 15 tháng 3", "ngày     tháng 3")

    reading = read_text(text)

    assert (reading.number, reading.symbol, reading.date, reading.place) == (None, None, None, "Minh Họa")


def test_what_the_text_does_not_say_is_null():
    said = read_text("Một đoạn văn bất kỳ.").as_dict()

    nothing = (
        "kind",
        "doc_type",
        "number",
        "symbol",
        "issuer",
        "place",
        "date",
        "title",
        "signer",
        "urgency",
        "secrecy",
    )
    assert [said[key] for key in nothing] == [None] * len(nothing)
    assert (said["tasks"], said["references"], said["recipients"]) == ([], [], [])


def test_the_committee_header_yields_to_the_body_on_whose_behalf_it_is_signed():
    text = "BAN CHẤP HÀNH TRUNG ƯƠNG\n*\nSố 900-QĐ/TWMH\nĐẢNG CỘNG SẢN VIỆT NAM\nMinh Họa, ngày 1 tháng 2 năm 2031\n\n"
    text += "QUY ĐỊNH\nVỀ MẪU\n\nĐiều 1. Nội dung.\n\nNơi nhận:\n- Các tỉnh ủy,\n- Lưu.\n\n"
    text += "T/M BAN BÍ THƯ\n\n\nNguyễn Văn Mẫu\n"

    reading = read_text(text)

    assert (reading.issuer, reading.signer.name) == ("Ban Bí thư", "Nguyễn Văn Mẫu")


def test_a_secrecy_mark_counts_only_where_it_stands_alone():
    marked = read_text("TUYỆT MẬT\n" + samples.PLAN)
    spoken = read_text(samples.PLAN.replace("bảo đảm tiến độ", "bảo vệ bí mật nhà nước, kể cả tài liệu MẬT,"))

    assert (marked.secrecy, spoken.secrecy) == ("Tuyệt mật", None)


def test_urgency_is_read_from_the_header():
    assert read_text("HỎA TỐC\n" + samples.LETTER).urgency == "Hỏa tốc"


def test_signature_and_recipients_below_each_other():
    reading = read_text(samples.RESOLUTION)

    assert reading.recipients == ["Thành ủy Minh Họa (để b/c)", "Các đảng ủy trực thuộc", "Lưu Văn phòng Đảng ủy Khối"]
    assert (reading.signer.authority, reading.signer.role, reading.signer.name) == (
        "T/M BAN CHẤP HÀNH",
        "Bí thư",
        "Trần Minh Họa",
    )


def test_signature_beside_the_recipients():
    reading = read_text(samples.LETTER)

    assert reading.recipients == ["Như trên", "Chủ tịch UBND tỉnh", "Lưu: VT, TH"]
    assert (reading.signer.role, reading.signer.name) == ("Phó Chủ tịch", "Phạm Văn Mẫu")


def test_recipients_and_signature_flattened_on_one_line():
    text = samples.PLAN.split("Nơi nhận:")[0]
    text += "Nơi nhận:- UBND tỉnh (b/c);- Các phòng;- Lưu: VT.\nKT. GIÁM ĐỐCPHÓ GIÁM ĐỐCLê Thị Ví Dụ\n"

    reading = read_text(text)

    assert reading.recipients == ["UBND tỉnh (b/c)", "Các phòng", "Lưu: VT"]
    assert (reading.signer.role, reading.signer.name) == ("Phó Giám đốc", "Lê Thị Ví Dụ")


def test_recipients_without_dashes_and_a_signer_with_titles():
    text = (
        "KẾ HOẠCH\nvề mẫu\n\n1. Phòng Mẫu rà soát hồ sơ.\n\nNơi nhận:\nNhư trên;\nBộ trưởng (để báo cáo);\nLưu: VT.\n"
    )
    reading = read_text(text + "TL. BỘ TRƯỞNG\nKT. VỤ TRƯỞNG\nPHÓ VỤ TRƯỞNG\n(đã ký)\nPGS. TS. Đỗ Đức Mẫu\n")

    assert reading.recipients == ["Như trên", "Bộ trưởng (để báo cáo)", "Lưu: VT"]
    assert (reading.signer.name, reading.signer.role) == ("Đỗ Đức Mẫu", "Phó Vụ trưởng")


def test_short_names_stay_capital_in_the_signers_post():
    reading = read_text(samples.PLAN.split("Nơi nhận")[0] + "TM. BAN CHỈ ĐẠO\nCHỦ TỊCH UBND TỈNH\n\nPhan Thế Mẫu\n")

    assert (reading.signer.name, reading.signer.role) == ("Phan Thế Mẫu", "Chủ tịch UBND tỉnh")


def test_names_in_capitals_get_the_capitals_of_places_and_blocs():
    assert issuer_of(["THÀNH UỶ MINH HỌA", "BAN TỔ CHỨC"])[0] == "Ban Tổ chức Thành uỷ Minh Họa"
    assert cased("ĐẢNG ỦY KHỐI MINH HỌA") == "Đảng ủy Khối Minh Họa"
    assert cased("ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH MINH HỌA") == "Đảng ủy Khối các cơ quan tỉnh Minh Họa"


def test_rules_drawn_under_the_letterhead_are_no_words():
    head = "SỞ THỬ NGHIỆM\n-------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    number = "Số: 5/QĐ-STN | Minh Họa, ngày 3 tháng 4 năm 2031\n\nQUYẾT ĐỊNH\nVề việc thử\n"

    assert read_text(head + number).text.splitlines()[1] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
