"""Working days between weekends, holidays and made-up Saturdays."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trienkhai.common.days import OPEN_END, DaysOff, add_working_days, months_before, next_working_day

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2017, 9, 1) + timedelta(days=n) for n in range(4))
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_weekends_and_holidays_are_off_and_a_saturday_worked_in_exchange_is_not():
    off = DaysOff(holidays=frozenset({MONDAY, SATURDAY}), worked=frozenset({SATURDAY}))

    assert [day in off for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY)] == [False, False, True, True]
    assert "2017-09-03" not in off
    assert datetime(2017, 9, 3, 10) in off


def test_day_off_moves_to_the_next_worked_day():
    off = DaysOff(holidays=frozenset({MONDAY}))

    assert next_working_day(SATURDAY, off) == MONDAY + timedelta(days=1)
    assert next_working_day(FRIDAY, off) == FRIDAY
    assert next_working_day(OPEN_END, DaysOff()) == OPEN_END


def test_working_days_are_counted_after_the_day_itself_and_backward_too():
    assert add_working_days(FRIDAY, 1, DaysOff()) == MONDAY
    assert add_working_days(MONDAY, -1, DaysOff()) == FRIDAY
    assert add_working_days(SATURDAY, 0, DaysOff()) == SATURDAY


@given(days, st.integers(0, 60), st.frozensets(days, max_size=20))
def test_between_a_day_and_the_one_so_many_working_days_later_lie_so_many_worked_days(day, count, holidays):
    off = DaysOff(holidays)

    end = add_working_days(day, count, off)

    passed = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(each not in off for each in passed) == count
    assert count == 0 or end not in off


def test_months_before_keep_the_day_where_the_month_has_it():
    found = [months_before(day, count) for day, count in ((date(2017, 3, 31), 1), (date(2017, 1, 15), 12), (MONDAY, 0))]

    assert found == [date(2017, 2, 28), date(2016, 1, 15), MONDAY]
    assert months_before(date(2016, 2, 29), 36) == date(2013, 2, 28)
