"""Figures of units by which subjects are drawn: each a list of rows, so that it opens into them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, Q

from trienkhai.common import paths
from trienkhai.common.clock import moment
from trienkhai.common.days import months_before
from trienkhai.inspections.models import Finding, Inspection
from trienkhai.orgs.models import Succession
from trienkhai.tasks.models import Assignment, ProgressReport
from trienkhai.tasks.queries import due_soon_day
from trienkhai.tasks.queries.sheets import cell_filter
from trienkhai.urging.models import Call, Urge


@dataclass
class Figures:
    """`rows`: name of a figure → ids: of assignments, under `findings` of findings. `visited_on`: None for never."""

    rows: dict[str, list[int]] = field(
        default_factory=lambda: {"late": [], "corrected": [], "urged": [], "findings": []}
    )
    visited_on: date | None = None

    def counts(self, rule: Mapping[str, Any], on: date) -> dict[str, int]:
        since = months_before(on, 12 * rule["years"])
        unvisited = self.visited_on is None or self.visited_on < since
        return {name: len(ids) for name, ids in self.rows.items()} | {"unvisited": int(unvisited)}

    @property
    def kept(self) -> dict[str, Any]:
        """As a draw keeps it."""
        return self.rows | {"visited_on": self.visited_on.isoformat() if self.visited_on else ""}


def figures_of(units: Collection[int], rule: Mapping[str, Any], on: date, *, top: str) -> dict[int, Figures]:
    """One row for each of these units, which stand below the path `top`. Seven queries, none of which lists units:
    there may be tens of thousands."""
    found = {pk: Figures() for pk in units}
    since = months_before(on, rule["months"])
    below = paths.within(top, "held_by__path")
    held = Assignment.objects.filter(below)
    late = held.filter(cell_filter("open_overdue", on, due_soon_day(on)))
    returned = ProgressReport.objects.filter(state="returned", decided_at__gte=moment(since, 0)).values("assignment")
    called = Call.objects.filter(on__gte=since).values("assignment")
    stepped = Urge.objects.filter(run__on__gte=since).values("assignment")
    rows = {
        "late": late,
        "corrected": held.filter(pk__in=returned),
        "urged": held.filter(Q(pk__in=called) | Q(pk__in=stepped)),
        "findings": Finding.objects.filter(below, closed_on=None, inspection__concluded_on__isnull=False),
    }
    for name, wanted in rows.items():
        for unit, pk in wanted.order_by("pk").values_list("held_by", "pk"):
            if unit in found:
                found[unit].rows[name].append(pk)
    for unit, day in visits(top).items():
        if unit in found:
            found[unit].visited_on = day
    return found


def visits(top: str) -> dict[int, date]:
    """The day the last inspection of each unit below, or of one it took over from, began."""
    before = Succession.objects.filter(paths.within(top, "successor__path"))
    heirs: dict[int, set[int]] = {}
    for heir, unit in before.values_list("successor", "unit"):
        heirs.setdefault(unit, set()).add(heir)
    wanted = paths.within(top, "unit__path") | Q(unit__in=before.values("unit"))
    rows = Inspection.objects.begun().filter(wanted).order_by().values("unit").annotate(last=Max("began_on"))
    found: dict[int, date] = {}
    for row in rows:
        for heir in heirs.get(row["unit"], set()) | {row["unit"]}:
            found[heir] = max(found.get(heir, row["last"]), row["last"])
    return found
