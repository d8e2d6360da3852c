"""Where periods begin and on which day of them a duty is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.tasks.models import Recurrence
from trienkhai.tasks.periods import MONTHS, due_day, named_days, next_start, period_name, start_of

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
kinds = st.sampled_from(sorted(MONTHS))


def test_every_recurrence_has_its_length():
    assert set(MONTHS) == set(Recurrence.values) - {""}


@pytest.mark.parametrize(
    "kind, start, after",
    [
        ("month", date(2017, 12, 1), date(2018, 1, 1)),
        ("quarter", date(2017, 10, 1), date(2018, 1, 1)),
        ("half", date(2017, 7, 1), date(2018, 1, 1)),
        ("year", date(2017, 1, 1), date(2018, 1, 1)),
    ],
)
def test_period_that_holds_the_fifth_of_december(kind, start, after):
    day = date(2017, 12, 5)

    assert (start_of(kind, day), next_start(kind, day)) == (start, after)


@given(kinds, days)
def test_periods_follow_each_other_without_a_gap(kind, day):
    start, after = start_of(kind, day), next_start(kind, day)

    assert start <= day < after
    assert start_of(kind, after) == after
    assert next_start(kind, after - timedelta(days=1)) == after


@pytest.mark.parametrize(
    "kind, start, number, due",
    [
        ("month", date(2017, 2, 1), 0, date(2017, 2, 28)),
        ("month", date(2016, 2, 1), 31, date(2016, 2, 29)),
        ("month", date(2017, 3, 1), 20, date(2017, 3, 20)),
        ("quarter", date(2017, 4, 1), 0, date(2017, 6, 30)),
        ("quarter", date(2017, 4, 1), 31, date(2017, 5, 1)),
        ("half", date(2017, 7, 1), 0, date(2017, 12, 31)),
        ("year", date(2017, 1, 1), 1, date(2017, 1, 1)),
        ("year", date(2017, 1, 1), 366, date(2017, 12, 31)),
    ],
)
def test_due_day_is_the_last_of_the_period_or_its_day_of_that_number(kind, start, number, due):
    assert due_day(kind, start, number) == due


@given(kinds, days, st.integers(0, 366))
def test_due_day_lies_in_its_period(kind, day, number):
    start = start_of(kind, day)

    assert start <= due_day(kind, start, number) < next_start(kind, start)


@pytest.mark.parametrize(
    "code, days",
    [
        ("2015-2020", (date(2015, 1, 1), date(2020, 12, 31))),
        ("2017-2017", (date(2017, 1, 1), date(2017, 12, 31))),
        ("2017-12", (date(2017, 12, 1), date(2017, 12, 31))),
        ("2020-2015", None),
        ("2015-202", None),
        ("1015-2020", None),
    ],
)
def test_an_address_names_a_span_of_years(code, days):
    assert named_days(code) == days
    assert bool(period_name(code)) == (days is not None)
