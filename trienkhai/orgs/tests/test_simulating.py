"""The tree that is computed from a draft is the tree that comes of carrying it out."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trienkhai.orgs.actions.reorganising import examined, key_of
from trienkhai.orgs.models import Reorganisation, Unit
from trienkhai.orgs.simulating import Forest, changes, concerned, present_tree, tree_after
from trienkhai.orgs.tests.make import Tree
from trienkhai.orgs.tests.make_reorganising import TODAY, Office, dissolve, fresh, merge, move, new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def simulated(file: Reorganisation) -> Forest:
    plan = examined(file, TODAY)
    assert plan.faults == []
    return tree_after(present_tree(fresh(file.office), TODAY), plan)


def shape(tree: Forest) -> set[tuple[Any, ...]]:
    """Every unit with its words and, by code, what stands above it: keys of new units differ."""
    codes = {key: spot.code for key, spot in tree.spots.items()}
    return {
        (spot.code, spot.name, spot.kind, spot.relation, spot.sector, codes.get(spot.parent, ""), tree.levels[spot.key])
        for spot in tree.spots.values()
    }


def split(unit: Unit, **children: int) -> tuple[str, dict[str, Any]]:
    into = [{"code": "K.X", "name": "Đảng bộ Một"}, {"code": "K.Y", "name": "Đảng bộ Hai"}]
    return "split", {"unit": key_of(unit), "into": into, "children": children}


def steps_of(tree: Tree) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    return {
        "establish": [("establish", {"new": new("K.M"), "parent": key_of(tree.north)})],
        "rename": [("rename", {"unit": key_of(tree.north), "name": "Đảng bộ Phương Bắc"})],
        "change": [("change", {"unit": key_of(tree.north2), "kind": "grassroots_committee", "code": "K.B.9"})],
        "move": [move(tree.south, tree.north)],
        "merge into": [merge(tree.north, into=tree.south)],
        "merge anew": [merge(tree.north, tree.south, new=new("K.C", kind="upper_committee"), parent=key_of(tree.bloc))],
        "split": [split(tree.north, **{key_of(tree.north1): 0, key_of(tree.north2): 1})],
        "part": [
            (
                "split",
                {
                    "unit": key_of(tree.north),
                    "into": [{"code": "K.Z", "name": "Đảng bộ Tách"}],
                    "children": {key_of(tree.north1): 0},
                    "stays": True,
                },
            )
        ],
        "dissolve": [move(tree.bloc, tree.south1, tree.south2), dissolve(tree.south)],
    }


KINDS = ("establish", "rename", "change", "move", "merge into", "merge anew", "split", "part", "dissolve")


@pytest.mark.parametrize("name", KINDS)
def test_tree_computed_from_a_draft_equals_the_tree_carried_out(name: str):
    tree = Tree()
    office = Office(tree.bloc)
    file = office.file(*steps_of(tree)[name])

    before = simulated(file)
    office.carry_out(file)

    assert shape(before) == shape(present_tree(fresh(tree.bloc), TODAY))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.permutations(KINDS).flatmap(lambda row: st.integers(2, 4).map(lambda n: row[:n])))
def test_any_order_of_steps_that_fits_gives_the_same_tree_computed_and_carried_out(names: list[str]):
    with transaction.atomic():
        tree = Tree()
        office = Office(tree.bloc)
        file = office.file(*(step for name in names for step in steps_of(tree)[name]))
        if not examined(file, TODAY).faults:
            before = simulated(file)
            office.carry_out(file)
            assert shape(before) == shape(present_tree(fresh(tree.bloc), TODAY))
        transaction.set_rollback(True)


def test_changes_name_what_ends_is_new_moves_and_is_renamed_and_whom_it_concerns():
    tree = Tree()
    file = Office(tree.bloc).file(
        merge(tree.north2, into=tree.north1),
        move(tree.bloc, tree.south1),
        ("rename", {"unit": key_of(tree.direct), "name": "Đảng bộ Trực thuộc"}),
        ("establish", {"new": new("K.M"), "parent": key_of(tree.south2)}),
    )
    before = present_tree(fresh(tree.bloc), TODAY)
    after = simulated(file)

    told = {change.spot.code: change.marks for change in changes(before, after)}

    assert told == {"K.B.2": ("ended",), "K.N.1": ("moved",), "K.T": ("renamed",), "K.M": ("new",)}
    codes = [before.spots[key].code for key in concerned(before, after)]
    assert codes == ["K.B", "K.B.2", "K.N", "K.N.1", "K.N.2", "K.T"]


def test_tree_is_computed_by_two_queries_and_writes_nothing(django_assert_num_queries: Any):
    tree = Tree()
    office = fresh(tree.bloc)
    present_tree(office, TODAY)

    with django_assert_num_queries(2):
        found = present_tree(office, TODAY)

    assert found.levels[key_of(tree.north1)] == 3 and len(found.spots) == Unit.objects.count()
