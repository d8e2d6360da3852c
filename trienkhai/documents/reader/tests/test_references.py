"""Symbols, bases and the text's normal form."""

import unicodedata

import pytest

from trienkhai.documents.reader import read_text
from trienkhai.documents.reader.references import symbols

from . import samples


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Nghị quyết số 12-NQ/ĐUMH", ["12-NQ/ĐUMH"]),
        ("Nghị định số 34/2031/NĐ-CP", ["34/2031/NĐ-CP"]),
        ("số 7 /BC-VPMH", ["7/BC-VPMH"]),
        ("27/NQ- TWMH", ["27/NQ-TWMH"]),
        ("08 –HD/BTCMH", ["08–HD/BTCMH"]),
        ("Tờ trình số 04/TTr-BTN-BMH", ["04/TTr-BTN-BMH"]),
        ("06-HD/BTCMH-BTGMH", ["06-HD/BTCMH-BTGMH"]),
        ("Luật số 10/2030/QH99", ["10/2030/QH99"]),
        ("ngày 24/02/2031 và 3/2031", []),
        ("tỷ lệ 50/50, 24/7", []),
        ("34/NQ-CP - TTX", ["34/NQ-CP"]),
        ("số 86/QĐ UBMH và số 9/2031/QĐ TTg", ["86/QĐ-UBMH", "9/2031/QĐ-TTg"]),
        ("Chỉ thị số 48 CT/TW", ["48-CT/TW"]),
        ("số 5/CT BMH V28", ["5/CT-BMH-V28"]),
        ("TỜ TRÌNH SỐ 7/TTr BAN HÀNH QUY CHẾ", ["7/TTr"]),
        ("Chỉ thị số 18-2001/CT-TTg và Quyết định số 21-TTg", ["18-2001/CT-TTg", "21-TTg"]),
        ("Nghị định số 86/CP ngày 5-11-2002", ["86/CP"]),
        ("Công văn số 45/BTN-KT &CN", ["45/BTN-KT&CN"]),
        ("Quyết định số31-QĐ/TWMH và Công văn số 100456/STN-VP", ["31-QĐ/TWMH", "100456/STN-VP"]),
        ("từ 18-2001 đến 21-12-2001, 86/C", []),
    ],
)
def test_symbols_as_documents_write_them(written, read):
    assert symbols(written) == read


def test_a_symbol_broken_by_the_line_end_is_read_whole():
    assert "12-QĐ/TUMH" in read_text(samples.LETTER).references


def test_bases_are_the_symbols_of_the_grounds():
    reading = read_text(samples.PLAN)

    assert reading.bases == ["10/2030/QH99", "7/QĐ-UBMH"]
    assert set(reading.bases) <= set(reading.references)


def test_without_grounds_what_the_document_carries_out_is_its_base():
    assert read_text(samples.RESOLUTION).bases == ["04-NQ/TUMH"]


HEAD = "SỞ MẪU\nSố: 9/KH-SM\nMinh Họa, ngày 2/5/2031\n\nKẾ HOẠCH\nRà soát hồ sơ\n\n"


@pytest.mark.parametrize(
    ("preamble", "bases"),
    [
        (
            "Căn cứ Luật số 10/2030/QH99;\nThực hiện Quyết định số 7/QĐ-UBMH ngày 02/01/2031 của tỉnh;\n",
            ["10/2030/QH99", "7/QĐ-UBMH"],
        ),
        (
            "Thực hiện ý kiến chỉ đạo của Chủ tịch tỉnh tại Thông báo số 31/TB-VPMH ngày 02/02/2031,\n",
            ["31/TB-VPMH"],
        ),
        ("Căn cứ Luật số 10/2030/QH99;\nThực hiện tốt việc rà soát theo Kế hoạch số 8/KH-UBMH,\n", ["10/2030/QH99"]),
        ("Thực hiện nhiệm vụ được giao,\n", []),
        (
            "Căn cứ Luật số 10/2030/QH99;\nThực hiện chỉ đạo của Chủ tịch tại Công văn số 7/VPMH-TH ngày 2/2/2031,\n",
            ["10/2030/QH99", "7/VPMH-TH"],
        ),
        ("Căn cứ ý kiến của Ban Bí thư tại văn bản số 1133-CV/VPMH ngày 25/6/2030;\n", ["1133-CV/VPMH"]),
        ("Thực hiện chỉ đạo của tỉnh tại Công văn số 8/UBMH-TH, nêu tại Công văn số 6/UBMH-TH,\n", ["8/UBMH-TH"]),
        ("Thực hiện chỉ đạo của tỉnh về rà soát, Sở Mẫu đã ban hành Công văn số 62/SM-VP;\n", []),
    ],
)
def test_what_is_carried_out_is_a_base_beside_the_grounds(preamble, bases):
    assert read_text(f"{HEAD}{preamble}I. MỤC ĐÍCH\nNội dung mẫu.\n").bases == bases


def test_the_own_symbol_is_no_reference():
    text = samples.RESOLUTION + "\n(Kèm theo Nghị quyết số 12-NQ/ĐUMH)\n"

    assert "12-NQ/ĐUMH" not in read_text(text).references


def test_decomposed_letters_and_foreign_đ_read_the_same():
    changed = unicodedata.normalize("NFD", samples.PLAN).replace("đ", "ð").replace("Đ", "Ð").replace("\n", "\r\n")

    assert read_text(changed).as_dict() == read_text(samples.PLAN).as_dict()


def test_offsets_point_into_the_normalised_text():
    reading = read_text(samples.LETTER)

    assert all(reading.text[task.start : task.end] == task.quote for task in reading.tasks)
    assert all(reading.text[clause.start : clause.end].startswith(clause.label) for clause in reading.clauses)


def test_page_numbers_and_hard_wraps_are_gone():
    reading = read_text(samples.LETTER)

    assert "\n2\n" not in reading.text
    assert "trước ngày 20 tháng 6 năm 2031." in reading.text


def test_markdown_marks_are_gone():
    reading = read_text("**KẾ HOẠCH**\n\nvề mẫu\n\n**I\\. NHIỆM VỤ**\n\n**1\\.** Giao *Sở Mẫu* rà soát hồ sơ\\-mẫu.\n")

    assert [task.lead for task in reading.tasks] == ["Sở Mẫu"]
    assert "rà soát hồ sơ-mẫu" in reading.text


def test_clauses_nest_by_their_marks():
    reading = read_text(samples.PLAN)

    second = next(clause for clause in reading.clauses if clause.label == "II")
    assert [child.text for child in second.children[:2]] == ["Phòng Lưu trữ", "Văn phòng Sở:"]
    assert [child.label for child in second.children[1].children] == ["a", "b"]
    assert reading.structure == {"arabic": 3, "dash": 3, "letter": 2, "roman": 2}


def test_articles_quoted_from_another_act_are_not_the_documents_own():
    text = "THÔNG TƯ\nvề mẫu\n\nĐiều 1. Sửa đổi như sau:\n“Điều 8. Nội dung mới\n1. Khoản mới.”\n"
    text += "Điều 2. Điều khoản thi hành\n"

    assert read_text(text).structure["article"] == 2
