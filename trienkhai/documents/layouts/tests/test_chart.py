"""A chart of stacked bars stands in both writers' files, drawn from the same numbers."""

import io
import zipfile

import pypdfium2
from docx import Document

from trienkhai.documents.layouts.composing import Composition, Paper, compose
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.documents.layouts.markup import Piece
from trienkhai.documents.layouts.pdf_file import write_pdf
from trienkhai.documents.layouts.tests.papers import LAYOUTS, PARTY

TONES = ("", "Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Trong hạn", "Quá hạn")


def composition(*bars: tuple[str, ...]) -> Composition:
    layout = LAYOUTS[PARTY[0]]
    body = (
        Piece("roman", "Kết quả năm 2017", "I"),
        Piece("chart", "Theo mặt công tác", rows=(TONES, *bars)),
        Piece("paragraph", "Hết."),
    )
    return compose(Paper(layout.kinds["report"], "thử", "ĐẢNG ỦY MINH HỌA", "ĐUMH", body=body), layout)


def test_a_chart_is_drawn_in_pdf_with_its_words_and_numbers():
    made = composition(("Tuyên giáo", "12", "3", "5", "41"), ("Tổ chức, xây dựng đảng", "0", "0", "0", "0"))

    first, again = write_pdf(made), write_pdf(made)

    text = pypdfium2.PdfDocument(first)[0].get_textpage().get_text_range()
    assert first == again
    assert all(words in text for words in ("Theo mặt công tác", "Tuyên giáo", "12", "41", "61", *TONES[1:]))


def test_a_chart_is_a_picture_in_word_with_words_for_who_does_not_see_it():
    made = composition(("Tuyên giáo", "12", "3", "5", "41"))

    first, again = write_docx(made), write_docx(made)

    document = Document(io.BytesIO(first))
    assert first == again and len(document.inline_shapes) == 1
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "Theo mặt công tác"
    names = zipfile.ZipFile(io.BytesIO(first)).namelist()
    assert [name for name in names if name.startswith("word/media/")] == ["word/media/image1.png"]


def test_what_stands_in_a_name_is_not_evaluated():
    made = composition(('#panic("x") $a$ *b*', "1", "0", "0", "0"))

    text = pypdfium2.PdfDocument(write_pdf(made))[0].get_textpage().get_text_range()
    assert '#panic("x") $a$ *b*' in text and write_docx(made)
