"""Months, quarters, half-years and years: where the next one begins, on which day of it a duty is due, how one is named
in an address.
"""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_NAMED = re.compile(r"(?P<year>20\d\d)(-Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?")
_YEARS = re.compile(r"(20\d\d)-(20\d\d)")


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


def named_days(code: str) -> tuple[date, date] | None:
    """The first and the last day of a year, quarter, month or span of years named as 2017, 2017-Q2, 2017-06 or
    2015-2020; None for no such.
    """
    if years := _YEARS.fullmatch(code):
        first, last = int(years[1]), int(years[2])
        return (date(first, 1, 1), date(last, 12, 31)) if first <= last else None
    found = _NAMED.fullmatch(code)
    if not found:
        return None
    month = int(found["month"] or 3 * int(found["quarter"] or 1) - 2)
    start = date(int(found["year"]), month, 1)
    size = "month" if found["month"] else "quarter" if found["quarter"] else "year"
    return start, next_start(size, start) - timedelta(days=1)


def period_name(code: str) -> str:
    """Năm 2017, Quý II/2017, Tháng 6/2017, các năm 2015–2020."""
    if _YEARS.fullmatch(code) and named_days(code):
        return _("years %(first)s–%(last)s") % {"first": code[:4], "last": code[5:]}
    found = _NAMED.fullmatch(code)
    if not found:
        return ""
    if found["month"]:
        return _("month %(month)s/%(year)s") % {"month": int(found["month"]), "year": found["year"]}
    if found["quarter"]:
        quarter = ("I", "II", "III", "IV")[int(found["quarter"]) - 1]
        return _("quarter %(quarter)s/%(year)s") % {"quarter": quarter, "year": found["year"]}
    return _("year %(year)s") % {"year": found["year"]}


def codes_of_year(year: int) -> list[str]:
    """The year, its quarters, its months, as addresses name them."""
    months = [f"{year}-{month:02d}" for month in range(1, 13)]
    return [str(year), *(f"{year}-Q{quarter}" for quarter in range(1, 5)), *months]
