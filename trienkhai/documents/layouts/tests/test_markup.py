"""What a clerk types becomes pieces, and the pieces can be typed again."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from trienkhai.documents.layouts.markup import Piece, pieces, written
from trienkhai.documents.layouts.tests.papers import bodies


def kinds(text: str) -> list[tuple[str, str, str]]:
    return [(piece.kind, piece.label, piece.text) for piece in pieces(text)]


def test_each_mark_opens_its_piece():
    assert kinds("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nI- Mục đích\n1. Một\n1.1. Nhỏ\na) A\n- gạch\n+ cộng") == [
        ("chapter", "Chương I", "QUY ĐỊNH CHUNG"),
        ("article", "1", "Phạm vi"),
        ("roman", "I", "Mục đích"),
        ("arabic", "1", "Một"),
        ("arabic", "1.1", "Nhỏ"),
        ("letter", "a", "A"),
        ("dash", "", "gạch"),
        ("plus", "", "cộng"),
    ]


def test_a_line_without_a_mark_goes_on_and_a_blank_line_ends_a_paragraph():
    assert kinds("Một đoạn\nviết tiếp.\n\nĐoạn khác.") == [
        ("paragraph", "", "Một đoạn viết tiếp."),
        ("paragraph", "", "Đoạn khác."),
    ]


def test_numbers_and_years_inside_a_sentence_open_nothing():
    assert [kind for kind, _label, _text in kinds("2017 là năm đầu.\n\n30/6/2017 là hạn.\n\nI và II")] == [
        "paragraph"
    ] * 3


def test_capitals_alone_on_a_line_stand_in_the_middle():
    assert kinds("QUYẾT ĐỊNH:") == [("middle", "", "QUYẾT ĐỊNH:")]


def test_a_numbered_title_is_a_heading_and_a_numbered_sentence_is_not():
    assert [piece.is_heading for piece in pieces("1. Công tác tuyên truyền\n2. Làm ngay.\n- Gạch đầu dòng")] == [
        True,
        False,
        False,
    ]


def test_bars_make_a_table_with_even_rows_and_without_the_divider():
    assert pieces("Bảng:\n| TT | Việc |\n|---|---|\n| 1 |\n\nHết.")[1].rows == (("TT", "Việc"), ("1", ""))


@settings(max_examples=40, deadline=None)
@given(bodies())
def test_pieces_typed_again_are_the_same_pieces(body: tuple[Piece, ...]):
    assert pieces(written(body)) == body


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))))
def test_any_text_becomes_pieces_and_loses_no_letter(text: str):
    kept = "".join(
        piece.label + piece.text + "".join(cell for row in piece.rows for cell in row) for piece in pieces(text)
    )

    letters = [letter for letter in text if letter.isalpha()]
    assert len([letter for letter in kept if letter.isalpha()]) >= len(letters) - text.lower().count("điều") * 4


def test_half_a_million_lines_take_about_eight_times_as_long_as_an_eighth_of_them():
    """Twenty-four times is generous, and far from a square's sixty-four."""

    def spent(lines: int) -> float:
        text, began = "chữ\n" * lines, time.process_time()
        assert len(pieces(text)[0].text) > 2 * lines
        return time.process_time() - began

    assert spent(500_000) < 24 * min(spent(62_500), spent(62_500))
