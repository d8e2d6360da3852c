"""Members as numbers: told where they are, summed over a branch, with the units that have told nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from trienkhai.common import paths
from trienkhai.norms.queries import value
from trienkhai.orgs.models import MemberCount, Relation, Unit, UnitPlace, UnitQuerySet, UnitVersion
from trienkhai.orgs.queries import subtree

NAMED = 30


def counting_units(unit: Unit, on: date) -> UnitQuerySet:
    """Units of the branch that told their own numbers that day: of a kind that has members, with none such below."""
    kinds = value("members.unit_kinds", on=on, default=[])
    here = {"kind__in": kinds, "relation": Relation.SUBORDINATE, "valid_from__lte": on, "valid_to__gt": on}
    own = UnitVersion.objects.filter(unit=OuterRef("pk"), **here)
    below = UnitVersion.objects.filter(parent=OuterRef("pk"), unit__closed_on__gt=on, **here)
    return subtree(unit, on).standing(on).filter(Exists(own), ~Exists(below))


def tells_itself(unit: Unit, on: date) -> bool:
    return counting_units(unit, on).filter(pk=unit.pk).exists()


def last_counts(unit_ids: Any, on: date) -> QuerySet[MemberCount]:
    """The last number of each class on or before the day, of each of these units."""
    newer = MemberCount.objects.filter(
        unit=OuterRef("unit"), kind=OuterRef("kind"), counted_on__lte=on, counted_on__gt=OuterRef("counted_on")
    )
    return MemberCount.objects.filter(~Exists(newer), unit__in=unit_ids, counted_on__lte=on)


@dataclass
class Members:
    """Numbers of a branch on a day. `told` of `units` have told; the oldest and the newest day they told for."""

    numbers: dict[str, int]
    units: int = 0
    told: int = 0
    oldest: date | None = None
    newest: date | None = None

    @property
    def missing(self) -> int:
        return self.units - self.told

    @property
    def total(self) -> int:
        return sum(self.numbers.values())

    def add(self, days: dict[str, tuple[int, date]]) -> None:
        """One unit with the last number of each class, and the day it was told for; nothing when it told none."""
        self.units += 1
        self.told += bool(days)
        for name, (number, day) in days.items():
            if name in self.numbers:
                self.numbers[name] += number
            self.oldest, self.newest = min(self.oldest or day, day), max(self.newest or day, day)


@dataclass
class Line:
    """One of the units directly below, as it was called that day, with the numbers of its branch."""

    unit: UnitVersion
    members: Members


def members_by_branch(unit: Unit, on: date) -> tuple[Members, list[Line]]:
    """The numbers of the whole branch, and of the branch of each unit directly below, by name.

    Five queries and the norms, however many units there are.
    """
    kinds, classes = value("members.unit_kinds", on=on, default=[]), value("members.classes", on=on, default={})
    units = counting_units(unit, on)
    last: dict[int, dict[str, tuple[int, date]]] = {}
    for pk, name, number, day in last_counts(units.values("pk"), on).values_list(
        "unit", "kind", "number", "counted_on"
    ):
        last.setdefault(pk, {})[name] = number, day
    here = {"relation": Relation.SUBORDINATE, "valid_from__lte": on, "valid_to__gt": on, "unit__closed_on__gt": on}
    below = UnitVersion.objects.filter(parent=unit, kind__in=kinds, **here).order_by("sort_key", "pk")
    lines = {row.unit_id: Line(row, Members(dict.fromkeys(classes, 0))) for row in below}
    whole = Members(dict.fromkeys(classes, 0))
    places = UnitPlace.objects.filter(unit__in=units.values("pk"), valid_from__lte=on, valid_to__gt=on)
    for pk, path in places.values_list("unit", "path"):
        whole.add(last.get(pk, {}))
        if line := next((lines[above] for above in paths.ids(path) if above in lines), None):
            line.members.add(last.get(pk, {}))
    return whole, list(lines.values())


def silent_units(unit: Unit, on: date) -> list[Unit]:
    """The first units of the branch that have told no number, by name."""
    told = MemberCount.objects.filter(unit=OuterRef("pk"), counted_on__lte=on)
    rows = counting_units(unit, on).filter(~Exists(told)).select_related("present")
    return list(rows.order_by("present__sort_key", "pk")[:NAMED])
