"""A unit stays and gives a part of itself away: units below it, work by list; all else it keeps, with a holder."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.reorganising import DAY, World, require_order, tables, without_history
from trienkhai.orgs import succession
from trienkhai.orgs.actions import reorganising
from trienkhai.orgs.actions.reorganising import examined, key_of
from trienkhai.orgs.models import Reorganisation, Unit
from trienkhai.orgs.queries import unit_by_code
from trienkhai.orgs.succession import Ending
from trienkhai.orgs.tests.make import Tree
from trienkhai.orgs.tests.make_reorganising import TODAY, Office, fresh
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import Cast, at, make_issue

pytestmark = pytest.mark.django_db
WHEN = at(20, 2)


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def part_of(unit: Unit, *into: dict[str, str], **children: int) -> tuple[str, dict[str, Any]]:
    rows = list(into) or [{"code": "K.Z", "name": "Đảng bộ Tách"}]
    return "split", {"unit": key_of(unit), "into": rows, "children": children, "stays": True}


def faults(file: Reorganisation) -> str:
    return " ".join(str(fault) for fault in examined(file, TODAY).faults)


def test_what_the_list_names_leaves_and_the_unit_keeps_the_rest():
    cast = Cast()
    make_issue(cast, [{}, {}])
    tree = cast.tree
    given_away, kept = Assignment.objects.filter(held_by=tree.direct).order_by("pk")
    office = Office(tree.bloc)
    file = office.file(part_of(tree.direct))
    step = file.steps.get()
    listed = {"assignments": {str(given_away.pk): f"s{step.pk}.0"}}
    reorganising.choose(step.pk, {"assignments": "divide"}, listed, by=office.admin, at=WHEN)

    done = office.carry_out(file)

    new = unit_by_code("K.Z")
    assert done.outcome["steps"][0]["counts"] == {"assignments": 1, "units": 1}
    assert fresh(tree.direct).closed_on > TODAY and new.present.parent == tree.bloc
    for row, holder in ((given_away, new), (kept, tree.direct)):
        row.refresh_from_db()
        assert row.held_by == holder
    assert recount() == []


def test_units_below_that_are_listed_leave_and_the_others_stay():
    tree = Tree()
    office = Office(tree.bloc)

    done = office.carry_out(office.file(part_of(tree.north, **{key_of(tree.north2): 0})))

    above = {unit.code: fresh(unit).present.parent.code for unit in (tree.north1, tree.north2)}
    assert above == {"K.B.1": "K.B", "K.B.2": "K.Z"}
    assert done.outcome["steps"][0]["counts"] == {"units": 2}


def test_posts_and_terms_of_the_unit_go_on():
    cast = Cast()
    office = Office(cast.tree.bloc)
    file = office.file(part_of(cast.tree.direct))

    office.carry_out(file)

    assert cast.focal[cast.tree.direct.pk].holdings.get().valid_to.year == 9999


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [({"assignments": "close"}, "no choice"), ({"terms": "divide"}, "no choice"), ({"gibberish": "keep"}, "no choice")],
)
def test_a_unit_that_stays_keeps_or_divides_and_nothing_else(choices: dict[str, str], sentence: str, in_english: None):
    tree = Tree()
    office = Office(tree.bloc)
    file = office.file(part_of(tree.direct))
    reorganising.choose(file.steps.get().pk, choices, {}, by=office.admin, at=WHEN)

    with pytest.raises(reorganising.NotSettled, match=sentence):
        office.submit(file)


def test_wrong_parts_are_told_before(in_english: None):
    tree = Tree()
    office = Office(tree.bloc)
    wrong = {
        "at least one other": part_of(tree.north, {"key": key_of(tree.north)}),
        "decides the file": part_of(tree.bloc),
        "to none of the new units": part_of(tree.north, **{key_of(tree.north1): 4}),
        "would stand below itself": part_of(tree.north, {"key": key_of(tree.north1)}, **{key_of(tree.north1): 0}),
        "belongs to": part_of(tree.north, {"code": "K.T", "name": "Đảng bộ Trùng"}),
    }

    for sentence, step in wrong.items():
        assert sentence in faults(office.file(step))


def test_taken_back_everything_is_as_before():
    world = World()
    office = Office(world.tree.bloc)
    unit = world.tree.direct
    file = office.file(part_of(unit), at=WHEN, effective_on=DAY)
    give_all(office, file, unit, range(100))
    before = tables()

    office.carry_out(file, WHEN)
    reorganising.take_back_reorganisation(file.pk, reason="Thử", by=office.leader, at=WHEN)

    left_out = ("orgs.Reorganisation", "notices.Notice")
    after = without_history(tables())
    assert {name: rows for name, rows in after.items() if name not in left_out} == {
        name: rows for name, rows in without_history(before).items() if name not in left_out
    }


def give_all(office: Office, file: Reorganisation, unit: Unit, chosen: Any) -> dict[str, int]:
    """Of each class that may be divided the chosen ones, by place, to the new unit; how many of each."""
    step = file.steps.get()
    ending = Ending(unit, office.unit, DAY, stays=True)
    division: dict[str, dict[str, str]] = {}
    for kind in succession.parts():
        ids = kind.ids(ending)
        division[kind.name] = {str(pk): f"s{step.pk}.0" for place, pk in enumerate(ids) if place in chosen}
    choices = dict.fromkeys(division, "divide")
    reorganising.choose(step.pk, choices, division, by=office.admin, at=WHEN)
    return {name: len(rows) for name, rows in division.items() if rows}


class AnyPart(TestCase):
    @settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 4), st.sets(st.integers(0, 4)))
    def test_leaves_nothing_without_a_holder_and_gives_away_what_the_list_says(self, place: int, chosen: set[int]):
        world = World()
        office, unit = Office(world.tree.bloc), world.units[place]
        file = office.file(part_of(unit), at=WHEN, effective_on=DAY)
        listed = give_all(office, file, unit, chosen)
        ending = Ending(unit, office.unit, DAY, stays=True)
        had = {kind.name: kind.count(ending) for kind in succession.parts()}

        done = office.carry_out(file, WHEN)

        counts = done.outcome["steps"][0]["counts"]
        assert counts == listed | {"units": 1}
        assert {kind.name: kind.count(ending) + counts.get(kind.name, 0) for kind in succession.parts()} == had
        require_order()
