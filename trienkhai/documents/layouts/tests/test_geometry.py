"""The measures of the Word file and of the PDF are those of the norm, in twips, half points and points."""

from datetime import date
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
import yaml
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from trienkhai.documents.layouts.composing import Composition, Paper, compose
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.documents.layouts.markup import pieces
from trienkhai.documents.layouts.pdf_file import write_pdf
from trienkhai.documents.layouts.spec import Layout, Unsound
from trienkhai.documents.layouts.tests.papers import LAYOUTS, PARTY
from trienkhai.norms.loading import DATA

BODY = "I. MỤC ĐÍCH\n\n1. Nâng cao chất lượng sinh hoạt chi bộ trong toàn Đảng bộ.\n\nNơi nào làm tốt thì nhân rộng."


@pytest.fixture(params=sorted(LAYOUTS))
def layout(request: pytest.FixtureRequest) -> Layout:
    return LAYOUTS[request.param]


def paper(layout: Layout, kind: str = "plan", **fields: object) -> Composition:
    party = layout.name in PARTY
    values: dict = {
        "title": "về công tác thử nghiệm",
        "issuer": "Đảng ủy Khối Thử",
        "parent": "Đảng bộ Thử",
        "symbol_body": "ĐUTHU",
        "number": "5",
        "place": "Thử",
        "issued_on": date(2026, 2, 3),
        "body": pieces(BODY),
        "recipients": ("Các chi bộ", "Lưu Văn phòng"),
        "authority": ("T/M Đảng ủy" if party else "TM. Ủy ban nhân dân",),
        "signer_role": "Bí thư",
        "signer_name": "Trần Minh Thử",
    }
    return compose(Paper(kind=layout.kinds[kind], **(values | fields)), layout)


def opened(composition: Composition) -> Word:
    return Document(BytesIO(write_docx(composition)))


def paragraphs(document: Word) -> list[Paragraph]:
    cells = [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return [*document.paragraphs, *cells]


def run_of(document: Word, words: str) -> Run:
    return next(p.runs[0] for p in paragraphs(document) if p.text == words)


def looks(run: Run) -> tuple[float, bool, bool, bool]:
    return run.font.size.pt, bool(run.bold), bool(run.italic), bool(run.underline)


def test_page_margins_and_typeface_are_those_of_the_norm(layout: Layout):
    document = opened(paper(layout))
    section = document.sections[0]

    page = section._sectPr.pgMar
    twips = {side: round(int(page.get(qn(f"w:{side}"))) / 56.7) for side in ("top", "bottom", "left", "right")}
    assert twips == layout.margins == {"top": 20, "bottom": 20, "left": 30, "right": 15}
    assert (section.page_width, section.page_height) == (
        pytest.approx(Mm(210), abs=700),
        pytest.approx(Mm(297), abs=700),
    )
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}


def test_a_paragraph_has_the_indent_spacing_and_size_of_the_norm(layout: Layout):
    document = opened(paper(layout))
    shape = next(p for p in document.paragraphs if p.text.startswith("1. Nâng cao")).paragraph_format

    assert shape.first_line_indent == pytest.approx(Mm(10), abs=700)
    assert (shape.line_spacing, shape.space_after) == (Pt(18), Pt(6))
    assert run_of(document, "1. Nâng cao chất lượng sinh hoạt chi bộ trong toàn Đảng bộ.").font.size == Pt(14)


def test_the_head_of_a_party_paper():
    document = opened(paper(LAYOUTS["HD 05-HD/VPTW"]))

    assert looks(run_of(document, "ĐẢNG CỘNG SẢN VIỆT NAM")) == (15, True, False, False)
    assert looks(run_of(document, "ĐẢNG BỘ THỬ")) == (14, False, False, False)
    assert looks(run_of(document, "ĐẢNG ỦY KHỐI THỬ")) == (14, True, False, False)
    assert looks(run_of(document, "*")) == (14, False, False, False)
    assert looks(run_of(document, "Số 05-KH/ĐUTHU")) == (14, False, False, False)
    assert looks(run_of(document, "Thử, ngày 03 tháng 02 năm 2026")) == (14, False, True, False)
    assert looks(run_of(document, "KẾ HOẠCH")) == (16, True, False, False)
    assert run_of(document, "-----")


def test_the_number_of_an_older_party_paper_is_smaller():
    assert looks(run_of(opened(paper(LAYOUTS["HD 36-HD/VPTW"])), "Số 05-KH/ĐUTHU"))[0] == 13


def test_the_head_of_a_state_paper():
    document = opened(paper(LAYOUTS["NĐ 30/2020/NĐ-CP"], issuer="Ủy ban nhân dân xã", symbol_body="UBND"))

    assert looks(run_of(document, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) == (12, True, False, False)
    assert looks(run_of(document, "Độc lập - Tự do - Hạnh phúc")) == (13, True, False, False)
    assert looks(run_of(document, "Số: 05/KH-UBND")) == (13, False, False, False)
    assert looks(run_of(document, "KẾ HOẠCH")) == (14, True, False, False)


def test_recipients_and_signature_of_party_and_state():
    party, state = opened(paper(LAYOUTS["HD 05-HD/VPTW"])), opened(paper(LAYOUTS["NĐ 30/2020/NĐ-CP"]))

    assert looks(run_of(party, "Nơi nhận:")) == (14, False, False, True)
    assert looks(run_of(party, "- Lưu Văn phòng.")) == (12, False, False, False)
    assert looks(run_of(party, "T/M ĐẢNG ỦY")) == (14, True, False, False)
    assert looks(run_of(party, "BÍ THƯ")) == (14, False, False, False)
    assert looks(run_of(party, "Trần Minh Thử")) == (14, True, False, False)
    assert looks(run_of(state, "Nơi nhận:")) == (12, True, True, False)
    assert looks(run_of(state, "- Các chi bộ;")) == (11, False, False, False)
    assert looks(run_of(state, "TM. ỦY BAN NHÂN DÂN")) == (14, True, False, False)


def test_a_party_paper_ends_with_a_stop_and_a_state_paper_with_stop_stroke_stop():
    last = {name: [block.words for block in paper(layout).blocks][-1] for name, layout in LAYOUTS.items()}

    assert last["HD 05-HD/VPTW"].endswith("nhân rộng.")
    assert last["NĐ 30/2020/NĐ-CP"].endswith("nhân rộng./.")


def test_only_letters_and_submissions_say_whom_they_are_addressed_to(layout: Layout):
    named = {"addressees": ("Ban Thử", "Sở Thử")}

    assert paper(layout, "plan", **named).addressees == ()
    assert paper(layout, "letter", **named).addressees == ("Kính gửi:", "- Ban Thử;", "- Sở Thử.")
    opening = "Kính trình:" if layout.name in PARTY else "Kính gửi:"
    assert paper(layout, "submission", addressees=("Ban Thử",)).addressees == (f"{opening} Ban Thử",)


def test_a_letter_has_its_subject_under_the_number_and_no_name_of_its_type(layout: Layout):
    composition = paper(layout, "letter")

    assert composition.title == ()
    assert "V/v về công tác thử nghiệm" in [line.text for line in composition.left]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 9), "ngày 09 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_a_zero_stands_before_days_below_ten_and_the_first_two_months(layout: Layout, day: date, words: str):
    assert f"Thử, {words}" in [line.text for line in paper(layout, issued_on=day).right]


def test_without_number_and_date_room_is_left_for_the_pen(layout: Layout):
    composition = paper(layout, number="", issued_on=None)
    shown = [line.text for line in (*composition.left, *composition.right)]

    assert any(text.startswith("Số") and "     " in text for text in shown)
    assert any("ngày       tháng       năm 20" in text for text in shown)


def test_the_page_number_stands_at_the_top_from_the_second_page_on(layout: Layout):
    document = opened(paper(layout))
    section = document.sections[0]

    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_the_pdf_has_the_page_of_the_norm_and_its_words_within_the_margins(layout: Layout):
    body = pieces("\n\n".join(f"{number}. {'Nâng cao chất lượng sinh hoạt. ' * 9}" for number in range(1, 20)))
    page = pypdfium2.PdfDocument(write_pdf(paper(layout, body=body)))[1]
    boxes = [item.get_bounds() for item in page.get_objects(filter=[1])]

    point = 72 / 25.4
    assert page.get_size() == (pytest.approx(210 * point, abs=1), pytest.approx(297 * point, abs=1))
    assert min(box[0] for box in boxes) >= 30 * point - 1
    assert max(box[2] for box in boxes) <= (210 - 15) * point + 6
    number = max(boxes, key=lambda box: box[3])
    assert (number[0] + number[2]) / 2 == pytest.approx((30 + 165 / 2) * point, abs=3)


def test_baselines_of_a_paragraph_are_eighteen_points_apart(layout: Layout):
    body = pieces("Nâng cao chất lượng sinh hoạt chi bộ. " * 20)
    page = pypdfium2.PdfDocument(write_pdf(paper(layout, body=body)))[0]
    words = page.get_textpage()
    lines = sorted({round(words.get_charbox(index)[1], 1) for index in _letters(words, "N")}, reverse=True)

    apart = [round(above - below) for above, below in pairwise(lines)]
    assert apart.count(18) >= 5


def _letters(words: pypdfium2.PdfTextPage, letter: str) -> list[int]:
    return [index for index, found in enumerate(words.get_text_range()) if found == letter]


def test_the_same_paper_gives_the_same_bytes(layout: Layout):
    assert write_docx(paper(layout)) == write_docx(paper(layout))
    assert write_pdf(paper(layout)) == write_pdf(paper(layout))


def test_a_layout_outside_what_the_regulation_allows_is_unsound():
    value = yaml.safe_load((DATA / "layouts.yaml").read_text(encoding="utf-8"))[-1]["value"]
    wrong = (
        {"margins": value["margins"] | {"top": 19}},
        {"columns": [10, 10]},
        {"kinds": None},
        {"left": [{"of": "password", "size": 14}]},
        {"left": [{"of": "issuer", "size": 14, "colour": "red"}]},
    )

    for change in wrong:
        with pytest.raises(Unsound):
            Layout.read(value | change)
