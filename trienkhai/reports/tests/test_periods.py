"""Days of periods: cut-off, due day, days off, names."""

from datetime import date

import pytest

from trienkhai.common.days import DaysOff
from trienkhai.reports import periods
from trienkhai.reports.periods import DayRule, figures_from, moved, official_name, span_of

D = date
OFF = DaysOff(frozenset({D(2017, 5, 1), D(2017, 5, 2), D(2017, 9, 4)}))


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        ("month", D(2017, 2, 10), D(2017, 2, 1), D(2017, 2, 28)),
        ("quarter", D(2017, 8, 31), D(2017, 7, 1), D(2017, 9, 30)),
        ("half", D(2017, 7, 1), D(2017, 7, 1), D(2017, 12, 31)),
        ("nine_months", D(2017, 3, 1), D(2017, 1, 1), D(2017, 9, 30)),
        ("nine_months", D(2017, 11, 1), D(2018, 1, 1), D(2018, 9, 30)),
        ("year", D(2017, 12, 31), D(2017, 1, 1), D(2017, 12, 31)),
    ],
)
def test_span(kind, day, first, last):
    assert span_of(kind, day) == (first, last)


def test_figures_go_from_the_day_after_one_cut_off_to_the_next():
    rule = DayRule(14)

    assert (figures_from(rule, D(2017, 7, 1)), rule.of(D(2017, 9, 30))) == (D(2017, 6, 15), D(2017, 9, 14))
    assert figures_from(rule, D(2017, 1, 1)) == D(2016, 12, 15)
    assert DayRule(0).of(D(2017, 2, 28)) == D(2017, 2, 28) and DayRule(31).of(D(2017, 2, 28)) == D(2017, 2, 28)
    assert DayRule(5, 1).of(D(2017, 12, 31)) == D(2018, 1, 5)


@pytest.mark.parametrize(
    ("day", "moves", "found"),
    [
        (D(2017, 5, 1), "after", D(2017, 5, 3)),
        (D(2017, 5, 1), "before", D(2017, 4, 28)),
        (D(2017, 5, 1), "no", D(2017, 5, 1)),
        (D(2017, 9, 2), "after", D(2017, 9, 5)),
        (D(2017, 5, 4), "after", D(2017, 5, 4)),
    ],
)
def test_a_due_day_on_a_day_off_moves_as_the_form_says(day, moves, found):
    assert moved(day, moves, OFF) == found


def test_periods_follow_one_another_and_go_back():
    start = D(2017, 1, 1)
    for kind in periods.MONTHS:
        assert periods.start_before(kind, periods.next_start(kind, start)) == start


def test_names_on_paper():
    assert official_name("quarter", D(2017, 7, 1), D(2017, 9, 30)) == "quý III/2017"
    assert official_name("nine_months", D(2017, 1, 1), D(2017, 9, 30)) == "9 tháng đầu năm 2017"
    assert official_name("half", D(2017, 7, 1), D(2017, 12, 31)) == "6 tháng cuối năm 2017"
