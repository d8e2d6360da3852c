"""Days that count: working days between weekends, holidays and made-up Saturdays, which are data of `norms`."""

from calendar import monthrange
from collections.abc import Container
from datetime import date, timedelta

OPEN_END = date(9999, 12, 31)
"""The day that stands for 'no end' in spans and for 'no deadline' in due days."""

SATURDAY = 5


class DaysOff(Container[date]):
    """Weekends and the holidays given, less the days worked in exchange. `day in days_off` tells."""

    def __init__(self, holidays: frozenset[date] = frozenset(), worked: frozenset[date] = frozenset()) -> None:
        self.holidays, self.worked = holidays, worked

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date) or day in self.worked:
            return False
        return day.weekday() >= SATURDAY or day in self.holidays


def next_working_day(day: date, off: Container[date]) -> date:
    """`day` itself when it is worked, else the first worked day after it."""
    while day in off:
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int, off: Container[date]) -> date:
    """The day that lies `count` worked days after `day` (before it when negative)."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        if day not in off:
            left -= 1
    return day


def months_before(day: date, count: int) -> date:
    """The same day `count` months earlier, or the last of that month where it is shorter."""
    months = day.year * 12 + day.month - 1 - count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
