"""Months, quarters, half-years and years: where the next one begins and on which day of it a duty is due."""

from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def start_of(recurrence: str, day: date) -> date:
    """The first day of the period that holds `day`."""
    size = MONTHS[recurrence]
    return date(day.year, (day.month - 1) // size * size + 1, 1)


def next_start(recurrence: str, day: date) -> date:
    """The first day of the period after the one that holds `day`."""
    start = start_of(recurrence, day)
    months = start.year * 12 + start.month - 1 + MONTHS[recurrence]
    return date(months // 12, months % 12 + 1, 1)


def next_open(recurrence: str, day: date, number: int, until: date) -> date | None:
    """The first day of the period after the one that holds `day`; None when what is due in it comes after `until`."""
    start = next_start(recurrence, day)
    return start if due_day(recurrence, start, number) <= until else None


def due_day(recurrence: str, start: date, day: int) -> date:
    """The due day in the period that begins at `start`: its last day, or its day number `day` counted from 1."""
    last = next_start(recurrence, start) - timedelta(days=1)
    return min(start + timedelta(days=day - 1), last) if day else last
