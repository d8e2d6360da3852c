"""Chốt số liệu: at each month's end the sheet of every unit is stored, and never changes afterwards."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import takewhile

from django.db import transaction
from django.db.models import Max, Min

from trienkhai.audit.actions import SYSTEM, record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.locks import Turn, takes_turn
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Issue, Sheet
from trienkhai.tasks.periods import next_start
from trienkhai.tasks.queries import Cells, due_soon_day, sheets_on
from trienkhai.tasks.queries.closed import MONTH_ENDS, STORED, digest_of


def close_months(*, on: date, at: datetime) -> int:
    """Store the month-end sheets that are due by `on`, each month once, whatever workers run; returns how many months.

    From the month in which the first tasks were issued; past days are read from spans, so a worker that was off for
    months stores what it would have stored in time. A month is one transaction with one act; a month before the last
    stored one is never touched again.
    """
    return sum(_close(month_end, at) for month_end in list(_open_months(on)))


def _open_months(on: date) -> Iterator[date]:
    """The last days of months before `on` that have no sheets yet, oldest first."""
    last = MONTH_ENDS.order_by("-on").values_list("on", flat=True).first()
    first = Issue.objects.filter(state=Issue.State.ISSUED).aggregate(at=Min("issued_at"))["at"]
    if first is None:
        return
    start = next_start("month", last + timedelta(days=1) if last else day_of(first))
    while start <= on:
        yield start - timedelta(days=1)
        start = next_start("month", start)


@transaction.atomic
def _close(day: date, at: datetime) -> bool:
    """Store the sheets of that month's end; False when there is nothing to store, or another worker does."""
    if not takes_turn(Turn.MONTH_END) or MONTH_ENDS.filter(on__gte=day).exists():
        return False
    sheets = sheets_on(day, due_soon_day(day))
    if not sheets:
        return False
    cells = {unit: asdict(sheets[unit]) for unit in sorted(sheets)}
    act = record(
        STORED,
        by=SYSTEM,
        at=at,
        unit_path=_above_all(sheets),
        label=f"{day:%d/%m/%Y}",
        count=len(cells),
        digest=digest_of(cells.items()),
        on=str(day),
    )
    Sheet.objects.bulk_create(
        (Sheet(unit_id=unit, on=day, kind=Sheet.Kind.MONTH_END, cells=row, act=act.pk) for unit, row in cells.items()),
        batch_size=2000,
    )
    return True


def _above_all(sheets: dict[int, Cells]) -> str:
    """The path of the nearest unit above all of these, '' for none: in whose log the act stands."""
    ends = Unit.objects.filter(pk__in=sheets.keys()).aggregate(low=Min("path"), high=Max("path"))
    pairs = zip(paths.ids(ends["low"] or ""), paths.ids(ends["high"] or ""), strict=False)
    shared = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return (ends["low"] or "")[: shared * paths.WIDTH]
