"""The lists of a unit for a year; the standing programmes with what they hold."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from trienkhai.indicators.rules import visible_indicators
from trienkhai.oversight.models import Matter, MatterKind, MatterQuerySet
from trienkhai.people.models import Account
from trienkhai.tasks.links import list_url
from trienkhai.tasks.models import Focus
from trienkhai.tasks.queries import due_soon_day
from trienkhai.tasks.queries.sheets import cell_filter
from trienkhai.tasks.rules import visible_assignments
from trienkhai.tasks.rules_programme import visible_focuses

STANDING = (Focus.Kind.REFORM, Focus.Kind.MOBILISATION)
CELLS = {"tasks": "total", "is_open": "open", "overdue": "open_overdue"}
"""Number → the cell of the list of tasks that holds its rows."""


def kinds_of(rows: MatterQuerySet, year: int) -> list[tuple[Any, list[Matter]]]:
    """The four lists in their order, each with its lines by day. Two queries."""
    found: dict[str, list[Matter]] = {kind: [] for kind in MatterKind.values}
    wanted = rows.filter(due_on__year=year).order_by("due_on", "pk").prefetch_related("proofs__file")
    for row in wanted:
        found[row.kind].append(row)
    return [(MatterKind(kind).label, lines) for kind, lines in found.items()]


@dataclass(frozen=True)
class Standing:
    """A standing programme as the person looking sees it: assignments in all, of these open and overdue; indicators.

    `urls`: the list behind each number of assignments.
    """

    focus: Focus
    tasks: int = 0
    is_open: int = 0
    overdue: int = 0
    indicators: int = 0

    @property
    def urls(self) -> dict[str, str]:
        return {name: list_url(trong_tam=self.focus.pk, o=cell) for name, cell in CELLS.items()}


def standing_programmes(account: Account, on: date) -> list[Standing]:
    """Focuses of administrative reform and mass mobilisation in sight, those in force first; work withdrawn is left
    out. A fixed number of queries, however many there are."""
    rows = visible_focuses(account, on).filter(kind__in=STANDING)
    focuses = list(rows.select_related("unit__present", "owner").distinct()[:200])
    ids = [row.pk for row in focuses]
    soon = due_soon_day(on)
    counted = (
        visible_assignments(account, on)
        .filter(task__focus__in=ids)
        .order_by()
        .values(focus=F("task__focus"))
        .annotate(**{f"n_{name}": Count("pk", filter=cell_filter(cell, on, soon)) for name, cell in CELLS.items()})
    )
    numbers: dict[int, Any] = {row["focus"]: row for row in counted}
    stands = Q(valid_to__gt=on) | Q(valid_to__gte=F("focus__valid_to"))
    measured = dict(
        visible_indicators(account, on)
        .filter(stands, focus__in=ids, valid_from__lte=on)
        .order_by()
        .values("focus")
        .annotate(n=Count("pk"))
        .values_list("focus", "n")
    )
    focuses.sort(key=lambda row: (row.valid_to <= on, row.unit.path or "", row.pk))
    found = []
    for row in focuses:
        told: dict[str, int] = numbers.get(row.pk, {})
        tasks, undone_now, late = (told.get(f"n_{name}", 0) for name in CELLS)
        found.append(Standing(row, tasks, undone_now, late, measured.get(row.pk, 0)))
    return found
