"""What the norms of this area say on a day at a place."""

import calendar
from datetime import date, timedelta
from typing import Any

from trienkhai.norms.queries import norm, value

CONTENTS, DAYS = "conduct.contents", "conduct.due_days"
SHOWN, FOLLOWED = "conduct.shown_days", "conduct.followed_days"
STEPS = ("commit", "half", "year")


def contents(on: date, place: str) -> list[str]:
    """What a commitment speaks of."""
    return [str(row) for row in value(CONTENTS, on=on, place=place, default=[])]


def due_days(year: int, place: str) -> dict[str, date]:
    """Step (commit, half, year) → its last day; empty where no norm says."""
    found = value(DAYS, on=date(year, 12, 31), place=place, default={})
    return {step: date(year, *found[step]) for step in STEPS if step in found}


def ahead(on: date) -> timedelta:
    """How long before its day a step stands in the queue of work; without a norm on the day itself."""
    return timedelta(days=int(value(SHOWN, on=on, default=0)))


def followed(on: date) -> timedelta:
    """How long after its day the report on a past year is still asked for; without a norm not at all."""
    return timedelta(days=int(value(FOLLOWED, on=on, default=0)))


def source_of(year: int, place: str) -> dict[str, str]:
    """Where the days come from; empty without a norm."""
    found = norm(DAYS, on=date(year, 12, 31), place=place)
    return {"source": found.source, "grade": found.grade} if found else {}


def days_faults(given: Any) -> list[str]:
    """What is wrong with a norm of due days: month and day of each step."""
    if not isinstance(given, dict):
        return [f"{given}"]
    return [f"{step}: {day}" for step, day in given.items() if step not in STEPS or not _is_day(day)]


def _is_day(day: Any) -> bool:
    if not isinstance(day, list) or len(day) != 2 or not all(isinstance(part, int) for part in day):
        return False
    month, number = day
    return 1 <= month <= 12 and 1 <= number <= calendar.monthrange(2017, month)[1]


def contents_faults(given: Any) -> list[str]:
    sound = isinstance(given, list) and all(isinstance(row, str) and row for row in given)
    return [] if sound else [f"{given}"]


def shown_faults(given: Any) -> list[str]:
    sound = isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= 366
    return [] if sound else [f"{given}"]
