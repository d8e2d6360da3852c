"""What was ever inspected at a unit and at those from which it took over."""

from dataclasses import dataclass, field

from trienkhai.inspections.models import Finding, Inspection, InspectionQuerySet
from trienkhai.orgs.models import Succession, Unit


@dataclass
class History:
    """`units`: the unit and those before it, itself first. `open_rows`: open findings that it answers for now."""

    units: list[Unit]
    inspections: list[Inspection] = field(default_factory=list)
    open_rows: list[Finding] = field(default_factory=list)


def predecessors(unit: Unit) -> set[int]:
    """Ids of all units from which it took something over, through any number of reorganisations."""
    found: set[int] = set()
    ahead = {unit.pk}
    while ahead:
        rows = Succession.objects.filter(successor__in=ahead).values_list("unit", flat=True)
        ahead = set(rows) - found - {unit.pk}
        found |= ahead
    return found


def history_of(unit: Unit, seen: InspectionQuerySet) -> History:
    """seen: the inspections that the person sees. Findings: of inspections concluded, still open."""
    ids = {unit.pk} | predecessors(unit)
    units = {row.pk: row for row in Unit.objects.filter(pk__in=ids).select_related("present")}
    rows = seen.filter(unit__in=ids) | seen.filter(held_by=unit)
    inspections = rows.distinct().select_related("unit__present", "held_by__present", "item__programme__unit__present")
    findings = Finding.objects.filter(held_by=unit, closed_on=None, inspection__in=seen, inspection__state="concluded")
    return History(
        [units.pop(unit.pk), *sorted(units.values(), key=lambda one: one.pk)],
        list(inspections.order_by("-began_on", "-pk")),
        list(findings.select_related("inspection__item", "inspection__unit__present", "task").order_by("due_on", "pk")),
    )
