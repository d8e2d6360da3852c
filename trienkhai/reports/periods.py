"""Periods of reporting: their days, names, the one before, and the cut-off and due day that a form's rule gives."""

from calendar import monthrange
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from trienkhai.common.days import next_working_day

MONTHS = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}
ONCE = "once"
DAY = timedelta(days=1)
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class DayRule:
    """Day `day` (0: the last) of the period's last month, or of the month `months` after it.

    Source: Nghị định 09/2019/NĐ-CP cuts figures off on day 14 of the last month; an office sets its own (grade B).
    """

    day: int
    months: int = 0

    def of(self, ends_on: date) -> date:
        month = ends_on.year * 12 + ends_on.month - 1 + self.months
        year, number = month // 12, month % 12 + 1
        last = monthrange(year, number)[1]
        return date(year, number, min(self.day or last, last))


def span_of(kind: str, day: date) -> tuple[date, date]:
    """First and last day of the period that holds `day`; nine months begin with the year, and from October on the
    next year's are meant.
    """
    size = MONTHS[kind]
    if kind == "nine_months":
        year = day.year + (day.month > 9)
        return date(year, 1, 1), date(year, 9, 30)
    start = date(day.year, (day.month - 1) // size * size + 1, 1)
    return start, _months_on(start, size) - DAY


def next_start(kind: str, start: date) -> date:
    """The first day of the period after the one that begins at `start`."""
    return _months_on(start, 12 if kind == "nine_months" else MONTHS[kind])


def start_before(kind: str, start: date) -> date:
    return _months_on(start, -12 if kind == "nine_months" else -MONTHS[kind])


def year_before(start: date) -> date:
    return _months_on(start, -12)


def figures_from(cut: DayRule, starts_on: date) -> date:
    """The first day whose figures belong to the period: the day after the cut-off of what lies before it."""
    return cut.of(starts_on - DAY) + DAY


def moved(day: date, moves: str, off: Container[date]) -> date:
    """A due day on a day off: `after` the next working day, `before` the last one before it, else the day itself."""
    if moves == "after":
        return next_working_day(day, off)
    while moves == "before" and day in off:
        day -= DAY
    return day


def _months_on(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)


def official_name(kind: str, starts_on: date, ends_on: date) -> str:
    """As papers name the period, in Vietnamese."""
    year = starts_on.year
    if kind == "month":
        return f"tháng {starts_on.month}/{year}"
    if kind == "quarter":
        return f"quý {ROMAN[(starts_on.month - 1) // 3]}/{year}"
    if kind == "half":
        return f"6 tháng {'đầu' if starts_on.month == 1 else 'cuối'} năm {year}"
    if kind == "nine_months":
        return f"9 tháng đầu năm {year}"
    if kind == "year":
        return f"năm {year}"
    return f"từ {starts_on:%d/%m/%Y} đến {ends_on:%d/%m/%Y}"
