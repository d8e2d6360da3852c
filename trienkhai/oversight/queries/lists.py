"""The lists of a unit for a year; the standing programmes with what they hold."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from trienkhai.indicators.models import Indicator
from trienkhai.oversight.models import Matter, MatterKind, MatterQuerySet
from trienkhai.tasks.models import OPEN_STATES, Assignment, Focus

STANDING = (Focus.Kind.REFORM, Focus.Kind.MOBILISATION)


def kinds_of(rows: MatterQuerySet, year: int) -> list[tuple[Any, list[Matter]]]:
    """The four lists in their order, each with its lines by day. Two queries."""
    found: dict[str, list[Matter]] = {kind: [] for kind in MatterKind.values}
    wanted = rows.filter(due_on__year=year).order_by("due_on", "pk").prefetch_related("proofs__file")
    for row in wanted:
        found[row.kind].append(row)
    return [(MatterKind(kind).label, lines) for kind, lines in found.items()]


@dataclass(frozen=True)
class Standing:
    """A standing programme: assignments in all, of these open and overdue; indicators."""

    focus: Focus
    tasks: int = 0
    is_open: int = 0
    overdue: int = 0
    indicators: int = 0


def standing_programmes(rows: Any, on: date) -> list[Standing]:
    """Focuses of administrative reform and mass mobilisation, those in force first. Three queries."""
    focuses = list(rows.filter(kind__in=STANDING).select_related("unit__present", "owner").distinct()[:200])
    ids = [row.pk for row in focuses]
    undone = Q(state__in=OPEN_STATES)
    counted = (
        Assignment.objects.filter(task__focus__in=ids)
        .order_by()
        .values(focus=F("task__focus"))
        .annotate(
            n_all=Count("pk"),
            n_open=Count("pk", filter=undone),
            n_overdue=Count("pk", filter=undone & Q(due_on__lt=on)),
        )
    )
    numbers: dict[int, Any] = {row["focus"]: row for row in counted}
    measured = dict(
        Indicator.objects.filter(focus__in=ids)
        .order_by()
        .values("focus")
        .annotate(n=Count("pk"))
        .values_list("focus", "n")
    )
    focuses.sort(key=lambda row: (row.valid_to <= on, row.unit.path or "", row.pk))
    found = []
    for row in focuses:
        told: dict[str, int] = numbers.get(row.pk, {})
        tasks, undone_now, late = (told.get(name, 0) for name in ("n_all", "n_open", "n_overdue"))
        found.append(Standing(row, tasks, undone_now, late, measured.get(row.pk, 0)))
    return found
