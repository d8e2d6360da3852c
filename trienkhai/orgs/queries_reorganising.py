"""What pages tell of reorganisation files: counts by step and class, files of a unit, what is open when a unit ends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from trienkhai.orgs import succession
from trienkhai.orgs.actions.reorganising import UNITS, Plan, Planned, planned_until, stored_id, targets
from trienkhai.orgs.models import Reorganisation, Step, StepKind, Unit
from trienkhai.orgs.moves import Leaver, leavers
from trienkhai.orgs.rules import Reach
from trienkhai.orgs.succession import Ending, Kind

MOVED = {
    "ladders": gettext_lazy("ladders of urging"),
    "assignments": gettext_lazy("tasks"),
}
"""Classes that go along with a unit that moves and that no unit leaves open when it ends."""


def class_labels() -> dict[str, str | Promise]:
    return {UNITS: pgettext("class", "units")} | MOVED | {kind.name: kind.label for kind in succession.kinds()}


@dataclass(frozen=True)
class Counted:
    """An outcome as a table: `classes` are the columns in use, `rows` (step, (column, count) …), `totals` likewise."""

    classes: list[str | Promise]
    rows: list[tuple[dict[str, Any], list[tuple[str | Promise, int]]]]
    totals: list[tuple[str | Promise, int]]


def counted(outcome: dict[str, Any]) -> Counted:
    steps = outcome.get("steps", [])
    labels = class_labels()
    order = [*labels, *sorted({name for row in steps for name in row["counts"]} - set(labels))]
    used = [name for name in order if any(row["counts"].get(name) for row in steps)]
    columns = [labels.get(name, name) for name in used]
    rows = [(row, [(labels.get(name, name), row["counts"].get(name, 0)) for name in used]) for row in steps]
    totals = [sum(row["counts"].get(name, 0) for row in steps) for name in used]
    return Counted(columns, rows, list(zip(columns, totals, strict=True)))


def with_counts(files: QuerySet[Reorganisation]) -> QuerySet[Reorganisation]:
    """For a list: the office's name, who prepared it, how many steps; the latest day first."""
    rows = files.select_related("office__present", "prepared_by").annotate(step_count=Count("steps"))
    return rows.order_by("-effective_on", "-pk")


def files_of(unit: Unit) -> QuerySet[Reorganisation]:
    """Files that name the unit or by which it was made, moved or ended."""
    return Reorganisation.objects.filter(pk__in=Step.objects.filter(units=unit).values("reorganisation"))


@dataclass(frozen=True)
class Open:
    """One class of what units leave open: how many in all, and the rows as a person divides them."""

    kind: Kind
    count: int
    choice: str
    choices: Sequence[tuple[str, str | Promise]]
    objects: list[tuple[int, str]]


def plan_before(step: Step) -> Plan:
    return planned_until(step.reorganisation, step.position)


def ended_by(step: Step) -> list[str]:
    """Units that the step ends; the one that stays and gives a part away counts too."""
    given = step.payload
    return given.get("units", []) if step.kind == StepKind.MERGE else [given.get("unit", "")]


def open_at(step: Step, chosen: dict[str, str], reach: Reach) -> list[Open]:
    """What the stored units that the step ends have open today, by class; classes without any left out. `reach`: where
    the person who divides them sees the work."""
    endings = _endings(step)
    found = []
    stays = bool(step.payload.get("stays"))
    for kind in succession.parts() if stays else succession.kinds():
        count = sum(kind.count(ending) for ending in endings)
        if count:
            choice = chosen.get(kind.name, succession.KEEP if stays else kind.choices[0])
            divided = choice == succession.DIVIDE
            objects = (
                [row for end in endings for row in kind.objects(end, reach.covers(end.unit.path))] if divided else []
            )
            offered = [(name, succession.CHOICES[name]) for name in choices_of(step, kind)]
            found.append(Open(kind, count, choice, offered, objects))
    return found


def _endings(step: Step) -> list[Ending]:
    """Of the stored units among those that the step ends; one that an earlier step makes has nothing open."""
    ids = [pk for key in ended_by(step) if (pk := stored_id(key))]
    units = Unit.objects.filter(pk__in=ids).select_related("present").order_by("pk")
    file = step.reorganisation
    return [Ending(unit, file.office, file.effective_on) for unit in units]


def leaving(step: Step) -> list[Leaver]:
    """Whose posts end with the units, by name."""
    if step.payload.get("stays"):
        return []
    return [row for ending in _endings(step) for row in leavers(ending)]


def choices_of(step: Step, kind: Kind) -> list[str]:
    """A merger leaves everything to one unit: nothing is divided there. A unit that stays keeps or divides."""
    if step.payload.get("stays"):
        return [succession.KEEP, succession.DIVIDE]
    return [name for name in kind.choices if step.kind != StepKind.MERGE or name != succession.DIVIDE]


def takers(step: Step, plan: Plan) -> list[tuple[str, str]]:
    """Units that may take over in a division by list: those of the split; else successor, unit above, neighbours."""
    if step.kind == StepKind.SPLIT:
        rows = step.payload.get("into", [])
        names = [plan.label(row["key"]) if row.get("key") else f"{row['name']} ({row['code']})" for row in rows]
        return list(zip(targets(step), names, strict=True))
    unit = plan.get(step.payload.get("unit", ""))
    if unit is None:
        return []
    keys = [step.payload.get("successor", ""), unit.parent, *(row.key for row in plan.children(unit.parent))]
    return [(key, plan.label(key)) for key in dict.fromkeys(keys) if key and key != unit.key]


def children_of_split(step: Step, plan: Plan) -> list[Planned]:
    """Units below the one that is split, which its list has to divide."""
    return [row for row in plan.children(step.payload.get("unit", "")) if row.key not in targets(step)]


def titles(keys: Iterable[str], plan: Plan) -> str:
    return "; ".join(plan.label(key) for key in keys) or _("no unit")


__all__ = [
    "Counted",
    "Open",
    "children_of_split",
    "class_labels",
    "counted",
    "ended_by",
    "files_of",
    "leaving",
    "open_at",
    "plan_before",
    "takers",
    "titles",
    "with_counts",
]
