"""What stands against a reorganisation file is told before anything is done, with the step and the unit."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import change_unit, reorganising
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Unit
from trienkhai.orgs.tests.make import Tree, make_holder, make_unit
from trienkhai.orgs.tests.make_reorganising import AT, TODAY, Office, dissolve, fresh, merge, move, new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def tree() -> Tree:
    return Tree()


def told(tree: Tree, *steps: tuple[str, dict[str, Any]], **fields: Any) -> list[str]:
    """What is told of a file of the bloc with these steps."""
    file = Office(tree.bloc).file(*steps, **fields)
    return [str(fault) for fault in reorganising.examined(file, TODAY).faults]


def test_sound_file_has_nothing_against_it(tree: Tree):
    assert told(tree, move(tree.south, tree.north1), merge(tree.north2, into=tree.direct)) == []


def test_file_without_a_step(tree: Tree):
    assert told(tree) == ["The file has no step yet."]


def test_unit_that_would_stand_below_itself(tree: Tree):
    assert told(tree, move(tree.north1, tree.north)) == ["Step 1: “Đảng bộ Bắc (K.B)” would stand below itself."]


def test_circle_made_by_two_steps_is_told_at_the_second(tree: Tree):
    steps = (move(tree.north1, tree.south), move(tree.south1, tree.north))

    assert told(tree, *steps) == ["Step 2: “Đảng bộ Bắc (K.B)” would stand below itself."]


def test_unit_changed_after_the_effective_day_is_its_own_ancestor_on_no_day(tree: Tree):
    """A version of a later day would overlap, and the file's circle would hold on some days only."""
    admin = make_holder(tree.bloc, "administrator")
    change_unit(tree.south.pk, {"parent": fresh(tree.north1)}, by=admin, at=AT + timedelta(days=5))

    assert told(tree, move(tree.south1, tree.direct), move(tree.direct, tree.south)) == [
        "Step 2: “Đảng bộ Nam (K.N)” was changed on 25/06/2017, after the day on which the file takes effect."
    ]


def test_subtree_that_moved_on_a_later_day_stops_the_trial(tree: Tree):
    """The unit named was not changed later, but one below it was."""
    office = Office(tree.bloc)
    file = office.file(move(tree.direct, tree.north))
    change_unit(tree.north1.pk, {"parent": fresh(tree.north2)}, by=office.admin, at=AT + timedelta(days=5))

    with pytest.raises(reorganising.NotSettled, match="Step 1: The unit has been changed on a later day"):
        office.submit(file)


def test_effective_day_before_that_of_an_earlier_file_of_the_branch(tree: Tree):
    office = Office(tree.bloc)
    office.carry_out(office.file(move(tree.south, tree.north1)))
    waiting = office.submit(
        office.file(move(tree.south, tree.north2), title="Đợt hai", effective_on=TODAY + timedelta(30))
    )
    reorganising.approve_and_carry_out(waiting.pk, by=office.leader, at=AT)

    assert told(tree, dissolve(tree.direct)) == [
        "The file “Đợt hai” takes effect in the same branch on 20/07/2017; this one cannot do so before it. Choose "
        "that day or a later one."
    ]


def test_effective_day_that_has_passed(tree: Tree):
    office = Office(tree.bloc)
    file = office.file(move(tree.south, tree.north1))

    with pytest.raises(Refused, match="takes effect, 20/06/2017, has passed"):
        office.submit(file, AT + timedelta(days=1))
    with pytest.raises(ValidationError, match="must not have passed"):
        office.file(effective_on=TODAY - timedelta(days=1))


def test_code_that_another_unit_bears(tree: Tree):
    taken = ("establish", {"new": new("K.N"), "parent": key_of(tree.bloc)})
    changed = ("change", {"unit": key_of(tree.north), "code": "K.T"})

    assert told(tree, taken, changed) == [
        "Step 1: the code “K.N” belongs to “Đảng bộ Nam”.",
        "Step 2: the code “K.T” belongs to “Đảng bộ Trực”.",
    ]


def test_code_used_twice_in_the_file(tree: Tree):
    steps = [("establish", {"new": new("K.M", name), "parent": key_of(tree.bloc)}) for name in ("Chi bộ A", "Chi bộ B")]

    assert told(tree, *steps) == ["Step 2: the code “K.M” belongs to “Chi bộ A”."]


def test_code_is_free_only_after_the_step_that_frees_it(tree: Tree):
    take = ("change", {"unit": key_of(tree.south), "code": "K.B"})
    free = ("change", {"unit": key_of(tree.north), "code": "K.X"})

    assert told(tree, take, free)[0] == "Step 1: the code “K.B” belongs to “Đảng bộ Bắc”."


def test_unit_outside_the_branch_of_the_office(tree: Tree):
    file = Office(tree.north).file(move(tree.north, tree.south1))

    assert [str(fault) for fault in reorganising.examined(file, TODAY).faults] == [
        "Step 1: “Đảng bộ Nam Một (K.N.1)” stands outside the branch of Đảng bộ Bắc."
    ]


def test_split_without_a_complete_list_names_what_it_leaves_out(tree: Tree):
    into = [{"code": "K.B.I", "name": "Bắc I"}, {"code": "K.B.J", "name": "Bắc II"}]
    half = {"unit": key_of(tree.north), "into": into, "children": {key_of(tree.north1): 1}}

    assert told(tree, ("split", half)) == [
        "Step 1: the list leaves out “Chi bộ Bắc Hai (K.B.2)”, which stand below “Đảng bộ Bắc (K.B)”."
    ]


def test_split_into_one_is_no_split(tree: Tree):
    one = {"unit": key_of(tree.direct), "into": [{"code": "K.T.I", "name": "Trực I"}], "children": {}}

    assert told(tree, ("split", one)) == ["Step 1: a unit is split into at least two others."]


def test_dissolved_unit_with_units_below_it(tree: Tree):
    assert told(tree, dissolve(tree.south)) == [
        "Step 1: units stand below “Đảng bộ Nam (K.N)”: “Đảng bộ Nam Một (K.N.1)”; “Đảng bộ Nam Hai (K.N.2)”. "
        "Move them first."
    ]
    assert told(tree, move(tree.north, tree.south1, tree.south2), dissolve(tree.south)) == []


def test_step_that_names_a_unit_ended_by_an_earlier_step(tree: Tree):
    steps = (dissolve(tree.direct), ("rename", {"unit": key_of(tree.direct), "name": "Trực mới"}))

    assert told(tree, *steps) == ["Step 2: “Đảng bộ Trực (K.T)” no longer stands: step 1 ends it."]


def test_unit_that_ended_before_the_file(tree: Tree):
    Unit.objects.filter(pk=tree.direct.pk).update(closed_on=TODAY)

    assert told(tree, move(tree.north, tree.direct)) == ["Step 1: “Đảng bộ Trực (K.T)” does not stand on that day."]


def test_step_that_names_a_unit_made_only_later_or_never(tree: Tree):
    assert told(tree, move("s0.0", tree.north1)) == ["Step 1: it names a unit that no earlier step makes."]


def test_merger_of_a_single_unit_or_into_itself(tree: Tree):
    sentence = "a merger needs at least two units, and the one that takes over is not among those that end."
    steps = (
        merge(tree.north1, new=new("K.M"), parent=key_of(tree.north)),
        merge(tree.south1, tree.south2, into=tree.south1),
    )

    assert told(tree, *steps) == [f"Step 1: {sentence}", f"Step 2: {sentence}"]


def test_unit_that_takes_over_stands_below_the_one_that_ends(tree: Tree):
    assert told(tree, merge(tree.south, into=tree.south1)) == [
        "Step 1: “Đảng bộ Nam Một (K.N.1)” stands below “Đảng bộ Nam (K.N)”: move it first."
    ]


def test_office_does_not_end_itself(tree: Tree):
    tops = make_unit(kind="bloc", code="R")

    file = Office(tops).file(dissolve(tops))
    assert [fault.position for fault in reorganising.examined(file, TODAY).faults] == [1, 1]


def test_kind_sector_and_empty_name_are_told(tree: Tree):
    steps = [
        ("establish", {"new": new("K.M", kind="castle"), "parent": key_of(tree.bloc)}),
        ("rename", {"unit": key_of(tree.north), "name": " "}),
        ("change", {"unit": key_of(tree.south), "sector": "moon"}),
        ("rename", {"unit": key_of(tree.direct), "name": "Đảng bộ Trực"}),
    ]

    assert told(tree, *steps) == [
        "Step 1: There is no kind or sector “castle”.",
        "Step 2: A unit needs a name of at most 250 characters.",
        "Step 3: There is no kind or sector “moon”.",
        "Step 4: nothing changes for “Đảng bộ Trực (K.T)”.",
    ]


def test_every_fault_of_a_file_is_told_at_once(tree: Tree):
    faults = told(tree, move(tree.north1, tree.north), dissolve(tree.south), move("s9.0", tree.direct))

    assert [fault[:6] for fault in faults] == ["Step 1", "Step 2", "Step 3"]
