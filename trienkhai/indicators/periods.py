"""The periods of an indicator: where each begins and ends, and how it is called."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.indicators.models import Indicator, PeriodKind
from trienkhai.tasks.periods import next_start, start_of

ROMAN = ("I", "II", "III", "IV")
MOST = 400


@dataclass(frozen=True, order=True)
class Period:
    """From `start` to `end`, its last day."""

    start: date
    end: date
    kind: str

    @property
    def label(self) -> str:
        """Tháng 3/2017, quý I/2017, 6 tháng đầu năm 2017, năm 2017, nhiệm kỳ 2015–2020."""
        year, month = self.start.year, self.start.month
        if self.kind == PeriodKind.MONTH:
            return _("Month %(n)s/%(year)s") % {"n": month, "year": year}
        if self.kind == PeriodKind.QUARTER:
            return _("Quarter %(n)s/%(year)s") % {"n": ROMAN[month // 3], "year": year}
        if self.kind == PeriodKind.HALF:
            return (_("First half of %(year)s") if month < 7 else _("Second half of %(year)s")) % {"year": year}
        if self.kind == PeriodKind.YEAR:
            return _("Year %(year)s") % {"year": year}
        return _("Term %(from)s–%(to)s") % {"from": year, "to": self.end.year}


def period_of(indicator: Indicator, day: date) -> Period:
    """The period of the indicator that holds `day`; that of the term is its whole span, in the last year of the
    calendar all that is left of it.
    """
    if indicator.period == PeriodKind.TERM:
        return Period(indicator.valid_from, indicator.valid_to - timedelta(days=1), indicator.period)
    start = start_of(indicator.period, day)
    if start.year == OPEN_END.year:
        return Period(start, OPEN_END, indicator.period)
    return Period(start, next_start(indicator.period, start) - timedelta(days=1), indicator.period)


def period_at(indicator: Indicator, start: date) -> Period | None:
    """The period that begins on that day, within the life of the indicator; None when there is none."""
    period = period_of(indicator, start)
    return period if period.start == start and lives_in(indicator, period) else None


def lives_in(indicator: Indicator, period: Period) -> bool:
    return indicator.valid_from <= period.end and indicator.valid_to > period.start


def periods_between(indicator: Indicator, first: date, last: date) -> Iterator[Period]:
    """The periods of the indicator that lie wholly or partly in [first, last], within its life; 400 at most."""
    day = max(first, indicator.valid_from)
    for _number in range(MOST):
        period = period_of(indicator, day)
        if period.start > last or not lives_in(indicator, period):
            return
        yield period
        if period.end >= OPEN_END - timedelta(days=1):
            return
        day = period.end + timedelta(days=1)


def previous(indicator: Indicator, period: Period) -> Period | None:
    if period.start <= indicator.valid_from:
        return None
    return period_of(indicator, period.start - timedelta(days=1))


def same_year(one: Period, other: Period) -> bool:
    return one.start.year == other.start.year
