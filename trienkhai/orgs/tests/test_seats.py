"""How many spans hold one day, against a count of every day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trienkhai.orgs.seats import covered, fullest

FIRST = date(2017, 1, 1)
days = st.integers(0, 30).map(lambda number: FIRST + timedelta(days=number))
spans = st.lists(st.tuples(days, days), max_size=6)


def every_day(start: date, end: date) -> list[date]:
    return [start + timedelta(days=number) for number in range((end - start).days)]


@given(spans, days, st.integers(1, 20))
def test_the_fullest_day_is_that_of_a_count_of_every_day(rows, first, length):
    end = first + timedelta(days=length)
    counts = {day: sum(start <= day < stop for start, stop in rows) for day in every_day(first, end)}

    most, day = fullest(rows, first, end)

    assert most == max(counts.values()) == counts[day]
    assert day == min(other for other, count in counts.items() if count == most)


@given(spans, days, st.integers(0, 20))
def test_days_are_covered_when_each_lies_in_a_span(rows, first, length):
    end = first + timedelta(days=length)

    found = covered(rows, first, end)

    assert found == all(any(start <= day < stop for start, stop in rows) for day in every_day(first, end))
