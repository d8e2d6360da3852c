"""What stands beside the figures of a board and is counted live: silent work, the trend, steps without an approver."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from trienkhai.dashboards.links import EVERYTHING, Scope
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.queries import Cells, count_up_to, counted_at, silent_filter, steps_without_approver
from trienkhai.tasks.queries.closed import MONTH_ENDS, ClosedMonth, cells_from, closed_days, closed_month
from trienkhai.tasks.queries.past import first_given, sheet_as_of
from trienkhai.tasks.queries.sheets import due_within

MONTHS = 6
"""How many closed months are offered to be compared."""
TREND_MONTHS = 12
EMPTY = Cells()


@dataclass(frozen=True)
class Background:
    """What is counted live and shown after the figures. silent: at most 1,001; None on a past day."""

    silent: int | None
    points: list[tuple[date, Cells]]
    without_approver: list[Unit]
    closed: list[date]
    month: ClosedMonth | None


def background_of(unit: Unit, on: date, scope: Scope = EVERYTHING, month: date | None = None) -> Background:
    """Silent work, the last month ends (stored, else counted from the past), steps that have nobody to approve.

    month: the last day of a stored month, which is then set beside what is counted for it now; that reads every
    assignment, so it is done for who asks.
    """
    silent = Assignment.objects.filter(counted_at(unit)).filter(silent_filter(on), due_within("due_on", scope.days))
    if (tasks := scope.tasks) is not None:
        silent = silent.filter(task__in=tasks)
    closed = [] if scope.limits else closed_days(MONTHS)
    beside = closed_month(unit, month) if month in closed and month else None
    return Background(count_up_to(silent), trend(unit, on, scope), steps_without_approver(unit, on), closed, beside)


def past_background_of(unit: Unit, on: date, scope: Scope) -> Background:
    """For a past day: the month ends before it; and where it was itself closed, what was stored that day."""
    beside = None if scope.limits else closed_month(unit, on)
    return Background(None, trend(unit, on, scope), [], [on] if beside else [], beside)


def trend(unit: Unit, on: date, scope: Scope = EVERYTHING) -> list[tuple[date, Cells]]:
    """The sheet at the last twelve month ends and on the day itself, within the scope; without days before the first
    issue and those on which nothing was counted.

    For all that was given the stored sheets alone count up to the last month that was stored: a unit without one had
    nothing then. What is not stored is counted from spans, two queries a day, each by the tree of its day.
    """
    scope = replace(scope, now=None)
    first = first_given(unit, on)
    days = [day for day in month_ends(on, TREND_MONTHS) if first and day >= first]
    stored, closed = ({}, date.min) if scope.limits else _stored(unit, days)
    found = [
        (day, stored.get(day, EMPTY) if day <= closed else sheet_as_of(unit, day, scope.question))
        for day in [*days, on]
    ]
    return [(day, cells) for day, cells in found if cells.total]


def _stored(unit: Unit, days: list[date]) -> tuple[dict[date, Cells], date]:
    """The unit's stored month ends among these days, and the last day that was stored for anybody."""
    last = MONTH_ENDS.order_by("-on").values_list("on", flat=True).first() or date.min
    rows = MONTH_ENDS.filter(unit=unit, on__in=days)
    return {row.on: cells_from(row.cells) for row in rows}, last


def month_ends(on: date, count: int) -> list[date]:
    """The last days of the `count` months before the month of `on`, oldest first."""
    days, first = [], on.replace(day=1)
    for _month in range(count):
        days.append(first - timedelta(days=1))
        first = days[-1].replace(day=1)
    return days[::-1]
