import unicodedata

import pytest

from trienkhai.documents.reader.secrecy import secrecy_mark

BODY = """
QUY ĐỊNH
về công tác bảo vệ bí mật

Căn cứ Điều lệ Đảng;
1. Tài liệu MẬT được quản lý riêng.
MẬT
"""
HEAD = "ĐẢNG BỘ KHỐI MINH HỌA\n*\nSố 02-QĐ/ĐUMH\n{}\nMinh Họa, ngày 20 tháng 01 năm 2017\n" + BODY


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
@pytest.mark.parametrize(
    "written",
    ["{}", "  {}  ", "**{}**", "[{}]", "({})", "“{}”", "# {}", "- {} -", "| {} |", "__{}__", "{}.", "* **{}** *"],
)
def test_a_mark_alone_on_its_line_is_a_mark(mark, written):
    assert secrecy_mark(HEAD.format(written.format(mark))) == mark


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("M Ậ T", "MẬT"),
        ("T U Y Ệ T   M Ậ T", "TUYỆT MẬT"),
        ("TỐI  MẬT", "TỐI MẬT"),
        ("TUYỆT\nMẬT", "TUYỆT MẬT"),
        ("Số 02-QĐ/ĐUMH | MẬT", "MẬT"),
        ("TỐI MẬT\tMinh Họa, ngày 20 tháng 01 năm 2017", "TỐI MẬT"),
        ("     MẬT                      Minh Họa, ngày 20 tháng 01 năm 2017", "MẬT"),
        ("MẬT Minh Họa, ngày 20 tháng 01 năm 2017", "MẬT"),
        ("TUYỆT MẬT ĐẢNG CỘNG SẢN VIỆT NAM", "TUYỆT MẬT"),
        ("Số 02-QĐ/ĐUMH MẬT", "MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        (unicodedata.normalize("NFD", "TUYỆT MẬT"), "TUYỆT MẬT"),
    ],
)
def test_the_ways_a_stamp_comes_out_of_files_are_seen_through(line, mark):
    assert secrecy_mark(HEAD.format(line)) == mark


def test_a_stamp_above_the_letterhead_is_a_mark():
    assert secrecy_mark("\n\nTUYỆT MẬT\n" + HEAD.format("")) == "TUYỆT MẬT"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "mật",
        "Mật",
        "KHÔNG MẬT",
        "BÍ MẬT",
        "BÍ\nMẬT",
        "VỀ BẢO VỆ BÍ\nMẬT NHÀ NƯỚC",
        "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT",
        "về việc xác định độ MẬT của tài liệu",
        "Tài liệu đóng dấu chỉ độ TUYỆT MẬT",
        "GIẢI MẬT",
        "THƯỢNG KHẨN",
    ],
)
def test_words_about_secrecy_are_no_mark(line):
    assert secrecy_mark(HEAD.format(line)) is None


def test_a_word_standing_alone_in_the_body_is_no_mark():
    assert secrecy_mark(HEAD.format("")) is None
    assert secrecy_mark("KẾ HOẠCH\nKính gửi: Các chi bộ\nMẬT\n") is None


@pytest.mark.corpus
def test_no_document_of_the_private_set_is_marked(corpus):
    texts = list(corpus.glob("*.txt"))

    marked = [path.name for path in texts if secrecy_mark(path.read_text("utf-8"))]

    assert texts
    assert marked == []
