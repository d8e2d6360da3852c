"""Cited documents: what they are and how the citing one stands to them."""

import pytest

from trienkhai.documents.reader import read_text

DECISION = """ỦY BAN NHÂN DÂN
TỈNH MINH HỌA
-------
Số: 15/QĐ-UBMH

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Minh Họa, ngày 02 tháng 5 năm 2031

QUYẾT ĐỊNH
Ban hành Quy chế phối hợp mẫu

Căn cứ Luật Thử nghiệm ngày 12 tháng 6 năm 2030;
Căn cứ Nghị định số 34/2031/NĐ-MH ngày 03/01/2031 của Chính phủ Minh Họa quy định về thử nghiệm;
Theo đề nghị của Giám đốc Sở Thử nghiệm tại Tờ trình số 88/TTr-STN ngày 20/4/2031,

QUYẾT ĐỊNH:

"""


def relation(body: str, symbol: str, *, head: str = DECISION) -> str:
    return next(c.relation for c in read_text(head + body).citations if c.symbol == symbol)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Điều 2. Quyết định này thay thế Quyết định số 7/QĐ-UBMH ngày 01/02/2030.", "replaces"),
        ("Điều 2. Quyết định này có hiệu lực từ ngày ký và bãi bỏ Quyết định số 7/QĐ-UBMH.", "repeals"),
        ("Điều 2. Bãi bỏ các văn bản sau:\na) Quyết định số 7/QĐ-UBMH ngày 01/02/2030;\n", "repeals"),
        ("Điều 2. Quyết định số 7/QĐ-UBMH hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", "repeals"),
        ("Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 7/QĐ-UBMH như sau:", "amends"),
        ("Điều 1. Quy chế mẫu ban hành kèm theo Quyết định số 7/QĐ-UBMH được áp dụng.", "attached"),
        ("Điều 1. Tổ chức thực hiện Quyết định số 7/QĐ-UBMH ngày 01/02/2030.", "carries_out"),
        ("Điều 1. Theo Báo cáo số 7/QĐ-UBMH thì kết quả đạt khá.", "refers"),
        ("“Điều 3. Bãi bỏ Quyết định số 7/QĐ-UBMH.”", "refers"),
    ],
)
def test_the_words_around_a_symbol_tell_the_relation(body, expected):
    assert relation(body, "7/QĐ-UBMH") == expected


def test_a_duty_to_replace_a_document_replaces_nothing_yet():
    plan = DECISION.replace("15/QĐ-UBMH", "15/KH-UBMH").replace("QUYẾT ĐỊNH\n", "KẾ HOẠCH\n").replace("QUYẾT ĐỊNH:", "")

    body = "I. NHIỆM VỤ\n1. Sở Thử nghiệm\n- Sửa đổi Quyết định số 7/QĐ-UBMH ngày 01/02/2030.\n"

    assert relation(body, "7/QĐ-UBMH", head=plan) == "refers"


def test_what_another_document_amends_is_only_referred_to():
    body = "Điều 1. Theo Nghị định số 5/NĐ-MH sửa đổi, bổ sung Nghị định số 4/NĐ-MH thì không áp dụng."

    assert relation(body, "4/NĐ-MH") == "refers"


def test_a_citation_tells_type_day_issuer_title_and_place():
    reading = read_text(DECISION)

    law, decree, proposal = reading.citations
    assert (law.symbol, law.doc_type, law.title, law.date) == (None, "Luật", "Luật Thử nghiệm", "2030-06-12")
    assert (decree.doc_type, decree.date, decree.issuer) == ("Nghị định", "2031-01-03", "Chính phủ Minh Họa")
    assert (decree.relation, decree.title) == ("basis", "quy định về thử nghiệm")
    assert (proposal.doc_type, proposal.relation) == ("Tờ trình", "answers")
    assert reading.text[decree.start : decree.end] == "Nghị định số 34/2031/NĐ-MH ngày 03/01/2031"


def test_the_type_is_the_word_before_the_symbol_not_the_abbreviation():
    body = "Điều 1. Thực hiện theo Quy định số 9-QĐ/TUMH và Quyết định số 8-QĐ/TUMH.\n"

    types = {c.symbol: c.doc_type for c in read_text(DECISION + body).citations}

    assert (types["9-QĐ/TUMH"], types["8-QĐ/TUMH"]) == ("Quy định", "Quyết định")


def test_one_sentence_replaces_one_document_and_repeals_a_part_of_another():
    body = (
        "Điều 1. Quyết định này thay thế Quyết định số 7/QĐ-UBMH ngày 01/02/2029 "
        "và bãi bỏ Điều 3 của Quyết định số 8/QĐ-UBMH ngày 02/02/2029."
    )

    assert relation(body, "7/QĐ-UBMH") == "replaces"
    assert relation(body, "8/QĐ-UBMH") == "amends"


def test_a_whole_document_repealed_behind_another_act_is_repealed():
    body = "Điều 1. Quyết định này thay thế Quyết định số 7/QĐ-UBMH và bãi bỏ Quyết định số 9/QĐ-UBMH."

    assert relation(body, "9/QĐ-UBMH") == "repeals"


def test_the_title_of_a_document_ends_where_the_next_one_is_named():
    letter = (
        "Căn cứ Công văn số 12/BMH-VP ngày 02/03/2031 của Bộ Minh Họa về việc tăng cường thử nghiệm "
        "và Công văn số 13/VPMH-CN ngày 03/03/2031 của Văn phòng Minh Họa về việc lưu trữ;\n"
    )
    reading = read_text(DECISION.replace("Căn cứ", letter + "Căn cứ", 1))

    titles = {citation.symbol: citation.title for citation in reading.citations}

    assert (titles["12/BMH-VP"], titles["13/VPMH-CN"]) == ("tăng cường thử nghiệm", "lưu trữ")


def test_a_law_that_amends_laws_keeps_its_whole_name():
    law = "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Thử nghiệm ngày 22 tháng 11 năm 2029;\n"
    reading = read_text(DECISION.replace("Căn cứ", law + "Căn cứ", 1))

    assert reading.citations[0].title == "Luật sửa đổi, bổ sung một số điều của Luật Thử nghiệm"
