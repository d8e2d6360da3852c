"""A reorganisation file is carried out: each kind of step, one transaction, the same counts as the trial."""

from datetime import timedelta

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import end_holding, reorganising
from trienkhai.orgs.actions.reorganising import key_of
from trienkhai.orgs.models import Holding, Reorganisation, Role, Step, Unit, UnitPlace, UnitVersion
from trienkhai.orgs.queries import subtree, unit_by_code, version_on
from trienkhai.orgs.tests.make import Tree, make_holder
from trienkhai.orgs.tests.make_reorganising import AT, TODAY, Office, dissolve, fresh, merge, move, new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

BEFORE = TODAY - timedelta(days=1)


@pytest.fixture
def tree() -> Tree:
    return Tree()


def test_establish_rename_change_and_move_are_done_in_their_order(tree: Tree):
    office = Office(tree.bloc)
    file = office.file()
    made = office.step(
        file, "establish", {"new": new("K.D", "Đảng bộ Đông", "upper_committee"), "parent": key_of(tree.bloc)}
    )
    office.step(
        file, "rename", {"unit": key_of(tree.north), "name": "Đảng bộ Bắc mới", "short_name": "Bắc mới", "symbol": ""}
    )
    office.step(file, "change", {"unit": key_of(tree.north1), "kind": "grassroots_cell", "code": "K.D.1"})
    office.step(file, *move(f"s{made.pk}.0", tree.north1, tree.south1))

    office.carry_out(file)

    east = unit_by_code("K.D")
    assert east is not None and east.path.startswith(tree.bloc.path)
    assert fresh(tree.north).name == "Đảng bộ Bắc mới"
    moved = fresh(tree.north1)
    assert (moved.code, moved.present.kind, moved.present.parent) == ("K.D.1", "grassroots_cell", east)
    assert fresh(tree.south1).path.startswith(east.path)
    assert tree.north1 in subtree(tree.north, BEFORE) and tree.north1 not in subtree(tree.north, TODAY)
    assert version_on(tree.north, BEFORE).name == "Đảng bộ Bắc"


def test_merge_into_a_new_unit_takes_the_children_along_and_ends_the_old_ones(tree: Tree):
    office = Office(tree.bloc)
    made = new("K.BN", "Đảng bộ Bắc Nam", "upper_committee")
    file = office.carry_out(office.file(merge(tree.north, tree.south, new=made, parent=key_of(tree.bloc))))

    merged = unit_by_code("K.BN")
    assert {unit.code for unit in Unit.objects.filter(present__parent=merged)} == {"K.B.1", "K.B.2", "K.N.1", "K.N.2"}
    assert (fresh(tree.north).closed_on, fresh(tree.south).closed_on) == (TODAY, TODAY)
    assert file.outcome["steps"][0]["counts"]["units"] == 6


def test_merge_into_a_standing_unit(tree: Tree):
    office = Office(tree.bloc)
    office.carry_out(office.file(merge(tree.north2, into=tree.north1)))

    assert fresh(tree.north2).closed_on == TODAY and fresh(tree.north1).closed_on > TODAY


def test_split_gives_each_child_to_the_unit_of_its_list(tree: Tree):
    office = Office(tree.bloc)
    into = [{"code": "K.B.I", "name": "Đảng bộ Bắc I"}, {"key": key_of(tree.south)}]
    children = {key_of(tree.north1): 0, key_of(tree.north2): 1}
    office.carry_out(office.file(("split", {"unit": key_of(tree.north), "into": into, "children": children})))

    first = unit_by_code("K.B.I")
    assert (fresh(tree.north1).present.parent, fresh(tree.north2).present.parent) == (first, tree.south)
    assert first.present.kind == "upper_committee" and fresh(tree.north).closed_on == TODAY


def test_dissolved_unit_leaves_to_the_one_above_and_its_code_is_free_for_a_later_step(tree: Tree):
    office = Office(tree.bloc)
    again = ("establish", {"new": new("K.T", "Chi bộ Trực mới"), "parent": key_of(tree.bloc)})
    office.carry_out(office.file(dissolve(tree.direct), again))

    assert fresh(tree.direct).closed_on == TODAY
    assert unit_by_code("K.T").name == "Chi bộ Trực mới"
    assert version_on(tree.direct, BEFORE).code == "K.T"


def test_code_given_up_by_one_unit_is_taken_by_another_in_the_same_file(tree: Tree):
    office = Office(tree.bloc)
    first = ("change", {"unit": key_of(tree.north), "code": "K.X"})
    second = ("change", {"unit": key_of(tree.south), "code": "K.B"})
    office.carry_out(office.file(first, second))

    assert (fresh(tree.north).code, fresh(tree.south).code) == ("K.X", "K.B")


def test_trial_changes_nothing_and_tells_what_would_come(tree: Tree):
    office = Office(tree.bloc)
    file = office.file(merge(tree.north2, into=tree.north1), move(tree.south, tree.north1))
    held = (Unit.objects.count(), UnitVersion.objects.count(), UnitPlace.objects.count(), Act.objects.count())

    tried = reorganising.try_reorganisation(file.pk, by=office.admin, at=AT)

    assert [row["counts"] for row in tried.outcome["steps"]] == [{"units": 1}, {"units": 1}]
    assert held == (Unit.objects.count(), UnitVersion.objects.count(), UnitPlace.objects.count(), Act.objects.count())
    assert fresh(tree.north1).present.parent == tree.north


def test_one_act_tells_of_the_whole_file_beside_those_of_the_units(tree: Tree):
    office = Office(tree.bloc)
    file = office.carry_out(office.file(merge(tree.north2, into=tree.north1), move(tree.south, tree.north1)))

    act = Act.objects.get(verb="reorganisation.carried_out")
    assert (act.pk, act.count, act.data["counts"]) == (file.act, 2, {"units": 2})
    assert Act.objects.filter(verb__in=["unit.ended", "unit.moved"]).count() == 2


def test_carrying_out_twice_is_refused_and_changes_nothing(tree: Tree):
    office = Office(tree.bloc)
    file = office.carry_out(office.file(merge(tree.north2, into=tree.north1)))
    acts = Act.objects.count()

    with pytest.raises(Refused, match="Only a submitted file"):
        reorganising.approve_and_carry_out(file.pk, by=office.leader, at=AT)

    assert Act.objects.count() == acts and reorganising.carry_out_due(AT) == 0


def test_fault_in_the_last_step_leaves_nothing_of_the_first(tree: Tree):
    """Too many levels are found only by doing it: the trial tells the step."""
    office = Office(tree.bloc)
    file = office.file(("rename", {"unit": key_of(tree.south), "name": "Tên mới"}))
    above = key_of(tree.north1)
    for number in range(6):
        step = office.step(file, "establish", {"new": new(f"K.S.{number}"), "parent": above})
        above = f"s{step.pk}.0"

    with pytest.raises(reorganising.NotSettled, match="Step 7: A tree has at most eight levels"):
        office.submit(file)

    assert fresh(tree.south).name == "Đảng bộ Nam" and not unit_by_code("K.S.0")


def test_who_submitted_does_not_approve_whatever_posts_are_held(tree: Tree):
    office = Office(tree.bloc)
    make_holder(tree.bloc, "leader", account=office.admin)
    file = office.submit(office.file(move(tree.south, tree.north1)))

    with pytest.raises(Refused, match="does not decide"):
        reorganising.approve_and_carry_out(file.pk, by=office.admin, at=AT)


def test_leader_of_a_branch_does_not_approve_for_the_office(tree: Tree):
    office = Office(tree.bloc)
    file = office.submit(office.file(move(tree.south, tree.north1)))

    with pytest.raises(Refused, match="leader of the office"):
        reorganising.approve_and_carry_out(file.pk, by=make_holder(tree.north, "leader"), at=AT)


def test_file_with_a_later_day_is_approved_now_and_carried_out_on_its_day(tree: Tree):
    office = Office(tree.bloc)
    later = TODAY + timedelta(days=10)
    file = office.submit(office.file(move(tree.south, tree.north1), effective_on=later))
    approved = reorganising.approve_and_carry_out(file.pk, by=office.leader, at=AT)

    assert approved.state == "approved" and fresh(tree.north1).present.parent == tree.north
    assert reorganising.carry_out_due(AT + timedelta(days=9)) == 0
    assert reorganising.carry_out_due(AT + timedelta(days=10)) == 1
    assert reorganising.carry_out_due(AT + timedelta(days=10)) == 0
    done = Reorganisation.objects.get()
    assert (done.state, done.outcome) == ("carried_out", approved.outcome)
    assert version_on(tree.north1, later).parent == tree.south
    assert version_on(tree.north1, later - timedelta(days=1)).parent == tree.north


def test_file_that_fails_on_its_day_is_returned_with_the_reason_and_the_next_is_carried_out(tree: Tree):
    office = Office(tree.bloc)
    later = TODAY + timedelta(days=10)
    first = office.submit(office.file(move(tree.south, tree.north1), effective_on=later))
    second = office.submit(office.file(move(tree.south, tree.north2), effective_on=later))
    for file in (first, second):
        reorganising.approve_and_carry_out(file.pk, by=office.leader, at=AT)
    Unit.objects.filter(pk=tree.north1.pk).update(closed_on=TODAY)

    assert reorganising.carry_out_due(AT + timedelta(days=10)) == 1

    first.refresh_from_db()
    assert first.state == "returned" and "Step 1" in first.reason and "K.B.1" in first.reason
    assert fresh(tree.north2).present.parent == tree.south


def test_returned_file_is_changed_and_submitted_again(tree: Tree):
    office = Office(tree.bloc)
    file = office.submit(office.file(move(tree.south, tree.north1)))
    reorganising.return_reorganisation(file.pk, reason="Chuyển cả Bắc Hai", by=office.leader, at=AT)
    step = Step.objects.get()

    reorganising.change_step(step.pk, move(tree.south, tree.north1, tree.north2)[1], by=office.admin, at=AT)
    office.carry_out(file)

    assert fresh(tree.north2).present.parent == tree.south


def test_draft_without_a_future_is_set_aside_and_stays_to_be_read(tree: Tree):
    office = Office(tree.bloc)
    file = office.file(move(tree.south, tree.north1))

    reorganising.set_aside(file.pk, reason="Chọn phương án khác", by=office.admin, at=AT)

    with pytest.raises(Refused, match="draft or a returned"):
        office.submit(file)
    assert file.steps.count() == 1


def test_units_know_the_files_that_name_them_and_those_they_come_from(tree: Tree):
    office = Office(tree.bloc)
    made = new("K.BN", "Đảng bộ Bắc Nam", "upper_committee")
    file = office.carry_out(office.file(merge(tree.north, tree.south, new=made, parent=key_of(tree.bloc))))

    for unit in (tree.north, tree.south, unit_by_code("K.BN"), tree.north1):
        assert list(Reorganisation.objects.filter(steps__units=unit).distinct()) == [file]


def test_steps_are_ordered_and_removed(tree: Tree):
    office = Office(tree.bloc)
    file = office.file(move(tree.south, tree.north1), dissolve(tree.direct), merge(tree.south1, into=tree.south2))
    first, _second, third = file.steps.all()

    reorganising.shift_step(third.pk, -1, by=office.admin, at=AT)
    reorganising.remove_step(first.pk, by=office.admin, at=AT)

    assert list(file.steps.values_list("position", "kind")) == [(1, "merge"), (2, "dissolve")]


def test_an_appointment_that_lies_ahead_is_to_be_taken_back_and_then_stands_in_the_way_no_more(tree: Tree):
    office = Office(tree.bloc)
    make_holder(tree.north1, Role.OFFICER, valid_from=TODAY + timedelta(days=30))
    ahead = Holding.objects.get(post__unit=tree.north1)
    file = office.file(dissolve(tree.north1, tree.north2))
    with pytest.raises(Refused, match="take that back first"):
        office.submit(file)

    end_holding(ahead.pk, on=ahead.valid_from, by=office.admin, at=AT)
    done = office.carry_out(file)

    assert done.outcome["questions"] == [] and fresh(tree.north1).closed_on == TODAY
