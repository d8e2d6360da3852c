"""How values are written on screens."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from trienkhai.common.days import OPEN_END
from trienkhai.common.templatetags import show


def shown(template: str, query: str = "", **values) -> str:
    return Template(template).render(Context({"request": RequestFactory().get(f"/?{query}"), **values}))


def test_day_is_written_as_offices_write_it_in_local_time():
    assert show.day(date(2017, 4, 2)) == "02/04/2017"
    assert show.day(datetime(2017, 4, 2, 18, 0, tzinfo=UTC)) == "03/04/2017"
    assert show.day(None) == ""


def test_open_end_is_written_in_words():
    with translation.override("en"):
        assert show.day(OPEN_END) == "no deadline"
    assert "9999" not in show.day(OPEN_END)


def test_moment_is_local():
    assert show.moment(datetime(2017, 4, 2, 18, 5, tzinfo=UTC)) == "03/04/2017 01:05"
    assert show.moment(None) == ""


@pytest.mark.parametrize("language, number, part", [("vi", "21.914", "73,2 %"), ("en", "21,914", "73.2 %")])
def test_numbers_and_shares_follow_the_language(language, number, part):
    with translation.override(language):
        assert show.num(21_914) == number
        assert show.share(16_052, 21_914) == part


def test_share_without_a_denominator_and_an_absent_number_are_a_dash():
    assert show.share(3, 0) == show.share(None, 5) == show.num(None) == show.num("") == "–"
    assert show.num(0) == "0"


def test_get_reads_a_mapping_and_is_silent_otherwise():
    assert show.get({7: "x"}, 7) == "x"
    assert show.get({}, 7) is None
    assert show.get(None, 7) is None


def test_query_keeps_the_filter_and_an_empty_value_takes_its_key_away():
    assert shown("{% query page=2 %}", "q=ngh%C4%A9+quy%E1%BA%BFt&page=1") == "?q=ngh%C4%A9+quy%E1%BA%BFt&amp;page=2"
    assert shown("{% query state='' page=none %}", "state=open&page=3&cell=late", none=None) == "?cell=late"
    assert shown("{% query state='open' %}", "unit=1&unit=2") == "?unit=1&amp;unit=2&amp;state=open"


def test_cells_of_a_row_are_set_apart_by_a_dot_and_other_text_stays():
    assert show.cells_apart("1 | Văn phòng |  | Quý III") == "1 · Văn phòng · Quý III"
    assert show.cells_apart("Trước ngày 30/6") == "Trước ngày 30/6"
