"""Cells: words in both languages, days, lists, nothing a spreadsheet would run."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from trienkhai.exchange.columns import ON_SCREEN, POSTS, UNITS, Column, Words, read_cell, written
from trienkhai.exchange.tests.make import DAY

pytestmark = pytest.mark.django_db
COLUMNS = {column.name: column for column in UNITS + POSTS}
TEXT = Column("text", "Chữ", "Text")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_on_screen_is_known(language):
    words = Words(DAY)

    with translation.override(language):
        shown = {
            (choices, str(label), code)
            for choices, listed in ON_SCREEN.items()
            for code, label in listed.choices
            if code != "delegated"
        }

    assert {(choices, label, words.code(choices, label)) for choices, label, _code in shown} == shown


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("kind", "Đảng bộ cơ sở", "grassroots_committee"),
        ("kind", "DANG BO CO SO", "grassroots_committee"),
        ("kind", "grassroots committee", "grassroots_committee"),
        ("kind", "grassroots_committee", "grassroots_committee"),
        ("role", "Lãnh đạo", "leader"),
        ("relation", "cơ quan tham mưu", "attached"),
        ("code", 101, "101"),
        ("code", 101.0, "101"),
        ("name", "  Đảng  bộ\nBắc ", "Đảng bộ Bắc"),
        ("aliases", 'Một; "Hai; Ba" ;; Bốn', ["Một", "Hai; Ba", "Bốn"]),
        ("established_on", "03/02/1930", date(1930, 2, 3)),
        ("established_on", datetime(2016, 2, 1), date(2016, 2, 1)),
        ("established_on", "", None),
    ],
)
def test_cell_is_understood(column, cell, value):
    assert read_cell(COLUMNS[column], cell, Words(DAY)) == value


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("name", "=1+1"),
        ("established_on", "=TODAY()"),
        ("established_on", "31/02/2016"),
        ("established_on", 42370),
        ("kind", "Hội quán"),
        ("name", "#REF!"),
        ("name", "Chuông\x07"),
        ("name", "x" * 251),
        ("name", None),
        ("code", "   "),
    ],
)
def test_cell_that_is_none_gets_a_sentence(column, cell):
    with pytest.raises(ValidationError):
        read_cell(COLUMNS[column], cell, Words(DAY))


@pytest.mark.parametrize("text", ["=1+1", "+84 1", "-Một", "@ai", "'=x", "''=x", "'Tên", "＝1", "Tên"])
def test_text_comes_back_and_never_begins_like_a_formula(text):
    cell = written(TEXT, text, Words(DAY))

    assert read_cell(TEXT, cell, Words(DAY)) == text
    assert cell[0] not in "=+-@＝"
