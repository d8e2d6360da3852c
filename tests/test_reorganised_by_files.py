"""Any sequence of reorganisation files leaves the organisation whole, on every day of its past too."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.reorganising import DAY, World, require_order, standing
from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import reorganising
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Reorganisation, Unit, UnitPlace, UnitVersion
from trienkhai.orgs.tests.make_reorganising import Office, dissolve, merge, move, new
from trienkhai.tasks.tests.make import at

WHEN = at(20, 2)
KINDS = ("move", "move", "merge", "merge_new", "dissolve", "split", "part", "establish", "change")
step = st.tuples(st.sampled_from(KINDS), st.integers(0, 11), st.integers(0, 11))
files = st.lists(st.tuples(st.lists(step, min_size=1, max_size=3), st.booleans()), min_size=1, max_size=3)


class Player:
    """Makes files of steps on whatever stands, carries out those that may be, takes some back."""

    def __init__(self) -> None:
        self.world = World()
        self.office, self.number = Office(self.world.tree.bloc), 0

    def play(self, steps: list[tuple[str, int, int]], back: bool) -> None:
        file = self.office.file(at=WHEN, effective_on=DAY)
        for kind, one, other in steps:
            self.office.step(file, *self.payload(kind, one, other), at=WHEN)
        before = shape()
        with suppress(Refused):
            self.office.carry_out(file, WHEN)
            if back:
                reorganising.take_back_reorganisation(file.pk, reason="Thử", by=self.office.leader, at=WHEN)
        if Reorganisation.objects.get(pk=file.pk).state != Reorganisation.State.CARRIED_OUT:
            assert shape() == before

    def payload(self, kind: str, one: int, other: int) -> tuple[str, dict[str, Any]]:
        above = {unit.pk: unit.present.parent_id for unit in standing() if unit.present}
        units = [unit for unit in standing() if not unit.external and above[unit.pk]]
        unit, second = units[one % len(units)], units[other % len(units)]
        self.number += 1
        words = new(f"M.{self.number}", kind="grassroots_committee")
        if kind in ("split", "part"):
            into = [{"code": f"M.{self.number}.{half}", "name": f"Chi bộ M {half}"} for half in "ab"]
            children = {key_of(child): place % 2 for place, child in enumerate(units) if above[child.pk] == unit.pk}
            if kind == "part":
                children = {key: number for key, number in children.items() if number}
            given = {"unit": key_of(unit), "into": into, "children": children}
            return "split", given | ({"stays": True} if kind == "part" else {})
        return {
            "move": lambda: move(second, unit),
            "merge": lambda: merge(unit, into=second),
            "merge_new": lambda: merge(unit, second, new=words, parent=key_of(self.world.tree.bloc)),
            "dissolve": lambda: dissolve(unit, second if other % 2 else ""),
            "establish": lambda: ("establish", {"new": words, "parent": key_of(unit)}),
            "change": lambda: ("change", {"unit": key_of(unit), "code": f"M.{self.number}"}),
        }[kind]()


def shape() -> list[Any]:
    """The tree as it is stored."""
    units = list(Unit.objects.order_by("pk").values_list("pk", "path", "closed_on", "present"))
    places = list(
        UnitPlace.objects.order_by("unit", "valid_from").values_list("unit", "path", "valid_from", "valid_to")
    )
    return [units, places]


def require_tree(on: date) -> None:
    """That day every unit had one place and one version, and stood directly below the unit named in it."""
    paths = dict(UnitPlace.objects.filter(valid_from__lte=on, valid_to__gt=on).values_list("unit", "path"))
    rows = UnitVersion.objects.filter(valid_from__lte=on, valid_to__gt=on, unit__closed_on__gt=on)
    versions = list(rows.values_list("unit", "parent"))
    assert len(versions) == len(dict(versions)) and {unit for unit, _parent in versions} <= set(paths)
    for unit, parent in versions:
        assert paths[unit] == (paths[parent] if parent else "") + f"{unit:08}"


class AnyFiles(TestCase):
    @settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(files)
    def test_keep_the_organisation_whole(self, sequence: list[tuple[list[tuple[str, int, int]], bool]]) -> None:
        player = Player()

        for steps, back in sequence:
            player.play(steps, back)
            require_order()
            for day in (DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)):
                require_tree(day)
