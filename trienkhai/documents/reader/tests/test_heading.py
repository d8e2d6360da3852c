"""Headings in the forms that papers and web pages give them."""

import pytest

from trienkhai.documents.reader import read_text

TOP = "TỈNH ỦY MINH HỌA\n*\nSố 12-CT/TUMH\nĐẢNG CỘNG SẢN VIỆT NAM\nMinh Họa, ngày 02 tháng 3 năm 2031\n\n"
STATE = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 8/QĐ-UBMH | Minh Họa, ngày 2 tháng 3 năm 2031 |\n"


@pytest.mark.parametrize(
    ("heading", "doc_type", "title"),
    [
        ("CHỈ THỊ\nvề công tác mẫu", "Chỉ thị", "về công tác mẫu"),
        ("**Chỉ thị**\nvề công tác mẫu", "Chỉ thị", "về công tác mẫu"),
        ("C H Ỉ  T H Ị\nvề công tác mẫu", "Chỉ thị", "về công tác mẫu"),
        ("CHỈ THỊ CỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề công tác mẫu", "Chỉ thị", "về công tác mẫu"),
        ("CHỈ THỊVề công tác mẫu", "Chỉ thị", "Về công tác mẫu"),
        ("KẾ HOẠCH THỰC HIỆN CÔNG TÁC MẪU", "Kế hoạch", "THỰC HIỆN CÔNG TÁC MẪU"),
        ("CÔNG ĐIỆN KHẨN\nvề công tác mẫu", "Công điện", "về công tác mẫu"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG\nvề công tác mẫu", "Chương trình hành động", "về công tác mẫu"),
    ],
)
def test_the_heading_gives_type_and_title(heading, doc_type, title):
    reading = read_text(f"{TOP}{heading}\n\nNội dung của văn bản mẫu.\n")

    assert (reading.doc_type, reading.title) == (doc_type, title)
    assert (reading.symbol, reading.date, reading.place) == ("12-CT/TUMH", "2031-03-02", "Minh Họa")


def test_a_heading_lost_leaves_its_title_above_the_formula():
    text = (
        STATE
        + "BAN HÀNH QUY ĐỊNH MẪU\nỦY BAN NHÂN DÂN TỈNH MINH HỌA\nCăn cứ Luật Thử nghiệm;\nQUYẾT ĐỊNH:\nĐiều 1. Mẫu.\n"
    )

    reading = read_text(text)

    assert (reading.doc_type, reading.title) == ("Quyết định", "BAN HÀNH QUY ĐỊNH MẪU")
    assert reading.issuer == "Ủy ban nhân dân tỉnh Minh Họa"


@pytest.mark.parametrize(("word", "doc_type"), [("Quy định", "Quy định"), ("Quyết định", "Quyết định")])
def test_without_a_heading_the_prose_chooses_among_what_the_abbreviation_allows(word, doc_type):
    text = TOP.replace("12-CT", "12-QĐ") + f"Điều 1. {word} này áp dụng cho công tác mẫu.\n"

    assert read_text(text).doc_type == doc_type


def test_the_abbreviation_alone_gives_no_type():
    assert read_text(TOP.replace("12-CT", "12-QĐ") + "Nội dung bất kỳ của văn bản.\n").doc_type is None


def test_cells_broken_between_bars_keep_names_and_day_whole():
    text = "ỦY\nBAN NHÂN DÂN\nTỈNH MINH HỌA\n-------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n|\nSố:\n8/QĐ-UBMH\n|\n"
    text += "Minh\nHọa, ngày 11 tháng 3\nnăm 2031\n|\nQUYẾT ĐỊNH\nVỀ\nVIỆC MẪU\n\nĐiều 1. Mẫu.\n"

    reading = read_text(text)

    assert (reading.issuer, reading.symbol) == ("Ủy ban nhân dân tỉnh Minh Họa", "8/QĐ-UBMH")
    assert (reading.place, reading.date, reading.title) == ("Minh Họa", "2031-03-11", "VỀ VIỆC MẪU")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Số: 12 /QĐ-UBMH", "12/QĐ-UBMH"),
        ("Số: 12/ 2031/QĐ - UBMH", "12/2031/QĐ-UBMH"),
        ("Số: 12/qđ-ubmh", "12/qđ-ubmh"),
        ("Số 101 -QĐ/TUMH", "101-QĐ/TUMH"),
        ("Nghị quyết số: 12-NQ/TUMH", "12-NQ/TUMH"),
        ("Số: 06/QC-TT.HĐMH-UBMH", "06/QC-TT.HĐMH-UBMH"),
        ("Số: …/QĐ-UBMH", None),
    ],
)
def test_symbols_as_headers_print_them(written, read):
    text = f"ỦY BAN NHÂN DÂN TỈNH MINH HỌA\n{written}\nMinh Họa, ngày 2/3/2031\n\nQUYẾT ĐỊNH\nvề mẫu\n\nĐiều 1. Mẫu.\n"

    reading = read_text(text)

    assert (reading.symbol, reading.date) == (read, "2031-03-02")


def test_without_a_letterhead_the_one_who_speaks_is_the_issuer():
    text = "HƯỚNG DẪN\nvề công tác mẫu\n\nCăn cứ Quy định số 2-QĐ/TWMH, Ban Tổ chức Trung ương hướng dẫn như sau:\n\n"
    text += "1. Nội dung.\n"

    assert read_text(text).issuer == "Ban Tổ chức Trung ương"


def test_what_a_web_page_prints_above_the_letterhead_is_no_part_of_it():
    text = "Kho văn bản\nĐang tải nội dung, vui lòng chờ giây lát...\n\n" + TOP + "CHỈ THỊ\nvề mẫu\n\nNội dung.\n"

    reading = read_text(text)

    assert (reading.issuer, reading.title) == ("Tỉnh ủy Minh Họa", "về mẫu")


def test_lines_set_apart_one_by_one_read_as_the_same_lines_set_close():
    lines = ["KẾ HOẠCH", "về mẫu", "I. NHIỆM VỤ"]
    lines += [
        f"{n}. Sở Mẫu số {n} chủ trì rà soát hồ sơ lưu trữ của các phòng mẫu\nvà báo cáo trong tháng {n}/2031."
        for n in range(1, 10)
    ]
    close = "\n".join(lines)

    told = [(task.lead, task.deadline) for task in read_text(close).tasks]

    assert told == [(task.lead, task.deadline) for task in read_text(close.replace("\n", "\n\n")).tasks]
    assert len(told) == 9


def test_cells_glued_without_any_sign_come_apart():
    text = "ỦY BAN NHÂN DÂN TỈNH MINH HỌA-------CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúc-----\n"
    text += "Số: 14/CT-UBMHMinh Họa, ngày 6 tháng 6 năm 2031\nCHỈ THỊVề quản lý hồ sơ mẫu\n"
    text += "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n1. Sở Mẫu rà soát hồ sơ.\n"
    text += "Nơi nhận:- Như trên;- Lưu: VT. TM. ỦY BAN NHÂN DÂNCHỦ TỊCHHoàng Văn Mẫu\n"

    reading = read_text(text)

    assert (reading.issuer, reading.symbol) == ("Ủy ban nhân dân tỉnh Minh Họa", "14/CT-UBMH")
    assert (reading.place, reading.title, reading.references) == ("Minh Họa", "Về quản lý hồ sơ mẫu", [])
    assert (reading.recipients, reading.signer.name) == (["Như trên", "Lưu: VT"], "Hoàng Văn Mẫu")


@pytest.mark.parametrize(
    "paragraph",
    [
        "Thực hiện Kế hoạch số 12/KH-UBMH của Ủy ban nhân dân tỉnh Minh Họa",
        "Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy:",
        "Thời gian qua, công tác mẫu đã có nhiều chuyển biến",
        "- Các sở, ban, ngành",
    ],
)
def test_a_paragraph_right_below_the_title_is_no_part_of_it(paragraph):
    assert read_text(f"{TOP}CHỈ THỊ\nvề công tác mẫu\ncủa tỉnh\n{paragraph}\n").title == "về công tác mẫu của tỉnh"
