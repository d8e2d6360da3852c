"""Who uses the powers of the assigner, who prepares and issues, who sees what."""

import pytest

from trienkhai.orgs.models import Post, Role
from trienkhai.orgs.tests.make import make_account, make_holder, make_unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions, rules
from trienkhai.tasks.models import Assignment, Issue, Share, State, Task
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_document, make_issue
from trienkhai.tasks.tests.play import LATER_DUE, bring, strangers

pytestmark = pytest.mark.django_db
ON = at(9).date()


# --- powers of the assigner


@pytest.mark.parametrize("verb", ["extend", "pause", "withdraw"])
def test_power_handed_down_at_issue_may_be_used_by_the_unit_that_approves_and_still_by_the_assigner(verb):
    cast = Cast()
    issue = make_issue(cast, [{"delegates": [verb]}, {}])
    with_power, without = (row for row in Assignment.objects.filter(unit=cast.tree.north1).order_by("task"))
    assert with_power.task.delegates == [verb] and issue

    assert rules.can_do(cast.north_leader, verb, with_power, ON)
    assert rules.can_do(cast.leader, verb, with_power, ON)
    assert not rules.can_do(cast.north_leader, verb, without, ON)
    assert not rules.can_do(cast.south_leader, verb, with_power, ON)


def test_power_to_pause_holds_for_going_on_again():
    cast = Cast()
    make_issue(cast, [{"delegates": ["pause"]}])
    assignment = Assignment.objects.get(unit=cast.tree.north1)

    actions.pause(assignment.pk, reason="Chờ", by=cast.north_leader, at=at(9))

    assert actions.resume(assignment.pk, by=cast.north_leader, at=at(10)).state == State.ASSIGNED


def test_power_handed_down_decides_requests_of_its_kind_alone():
    cast = Cast()
    make_issue(cast, [{"delegates": ["extend"]}])
    assignment = Assignment.objects.get(unit=cast.tree.north1)
    focal = cast.holder_of(assignment)
    longer = actions.ask(assignment.pk, kind="extend", reason="Dài", due_on=LATER_DUE, by=focal, at=at(5))
    other = actions.ask(assignment.pk, kind="transfer", reason="Lạ", unit=cast.tree.south1, by=focal, at=at(5))

    assert rules.can_decide(cast.north_leader, longer, ON)
    assert not rules.can_decide(cast.north_leader, other, ON)
    assert rules.can_decide(cast.leader, other, ON)


# --- who prepares and issues


def prepared(cast: Cast, **fields) -> Issue:
    document = make_document(cast.tree.bloc, **fields)
    rows = [{"title": "Việc", "due_on": DUE}]
    return actions.prepare_issue(document, cast.tree.bloc, rows, selection="grassroots", by=cast.officer, at=at(4))


def test_tracking_officer_prepares_and_submits_and_a_leader_issues():
    cast = Cast()
    issue = prepared(cast)

    assert rules.can_submit_issue(cast.officer, issue, ON) and rules.can_edit_issue(cast.officer, issue, ON)
    assert not rules.can_issue(cast.officer, issue, ON)
    assert rules.can_issue(cast.leader, issue, ON)


def test_people_of_other_units_and_other_roles_neither_prepare_nor_issue():
    cast = Cast()
    issue = prepared(cast)
    others = strangers(cast) | {"leader of the branch": cast.north_leader}
    del others["tracking officer of the assigner"]

    for who, person in others.items():
        assert not rules.can_prepare(person, cast.tree.bloc, ON), who
        assert not rules.can_edit_issue(person, issue, ON), who
        assert not rules.can_submit_issue(person, issue, ON), who
        assert not rules.can_issue(person, issue, ON), who


@pytest.mark.parametrize(
    "paper, may",
    [({}, True), ({"number": ""}, False), ({"issued_on": None}, False), ({"signer_name": ""}, False)],
    ids=["whole", "without a number", "without a date", "without a signer"],
)
def test_officer_with_the_power_issues_only_on_a_paper_that_bears_authority(paper, may):
    cast = Cast()
    issue = prepared(cast, **paper)
    Post.objects.filter(holdings__account=cast.officer).update(may_issue=True)

    assert bool(rules.can_issue(cast.officer, issue, ON)) is may


def test_what_lies_with_the_leader_is_edited_and_returned_by_leaders_alone():
    cast = Cast()
    issue = actions.submit_issue(prepared(cast).pk, by=cast.officer, at=at(5))

    assert not rules.can_edit_issue(cast.officer, issue, ON) and not rules.can_return_issue(cast.officer, issue, ON)
    assert rules.can_edit_issue(cast.leader, issue, ON) and rules.can_return_issue(cast.leader, issue, ON)
    assert not rules.can_submit_issue(cast.officer, issue, ON)


def test_issued_tasks_are_neither_edited_nor_issued_again():
    cast = Cast()
    issue = make_issue(cast)

    for rule in (rules.can_edit_issue, rules.can_submit_issue, rules.can_issue, rules.can_return_issue):
        assert not rule(cast.leader, issue, ON)


# --- sight


def units_seen(account: Account) -> set[str]:
    rows = rules.visible_assignments(account, ON)
    return set(rows.values_list("held_by__present__code", flat=True))


JOINT = {"mode": "joint", "selection": "unit:K.B.1", "coordinating_selection": "unit:K.N.1"}
ALL = {"K.T", "K.B.1", "K.B.2", "K.N.1", "K.N.2"}


def test_each_sees_the_assignments_of_the_own_branch_or_unit_and_the_giver_all_of_them():
    cast = Cast()
    make_issue(cast)

    assert units_seen(cast.leader) == units_seen(cast.officer) == ALL
    assert units_seen(cast.north_leader) == {"K.B.1", "K.B.2"}
    assert units_seen(make_holder(cast.tree.north, Role.INSPECTOR)) == {"K.B.1", "K.B.2"}
    assert units_seen(cast.focal[cast.tree.north1.pk]) == {"K.B.1"}
    for role in (Role.MEMBER, Role.MASS, Role.ADMIN):
        assert units_seen(make_holder(cast.tree.north1, role)) == set()
    assert units_seen(make_account()) == set()


def test_clerk_and_focal_point_of_the_giver_see_what_the_giver_holds_and_not_what_it_gave():
    cast = Cast()
    outside = make_unit(kind="external", relation="external", code="NG", name="Cơ quan Ngoài")
    make_issue(cast, [{"selection": "grassroots + unit:K + unit:NG"}, JOINT])
    everything = ALL | {"K", "NG"}

    for role in (Role.OFFICER, Role.LEADER, Role.INSPECTOR):
        assert units_seen(make_holder(cast.tree.bloc, role)) == everything, role
    for role in (Role.CLERK, Role.FOCAL, Role.SECRETARY):
        person = make_holder(cast.tree.bloc, role)
        assert units_seen(person) == {"K"}, role
        assert not rules.visible_shares(person, ON).exists(), role
    assert outside.pk in set(rules.visible_assignments(cast.leader, ON).values_list("held_by", flat=True))


def test_part_and_watch_open_the_task_to_the_unit_that_has_them():
    cast = Cast()
    task = {"mode": "joint", "selection": "unit:K.B.1", "coordinating_selection": "unit:K.N.1"}
    make_issue(cast, [task, {"selection": "unit:K.B.2", "coordinating_selection": "unit:K.VP"}])
    office = make_holder(cast.tree.office, Role.FOCAL)

    assert units_seen(cast.focal[cast.tree.south1.pk]) == {"K.B.1"}
    assert units_seen(office) == {"K.B.2"}
    assert units_seen(cast.focal[cast.tree.south2.pk]) == set()
    assert set(rules.visible_shares(office, ON)) == set(Share.objects.filter(unit=cast.tree.office))
    assert set(rules.visible_shares(cast.focal[cast.tree.north1.pk], ON)) == set(Share.objects.filter(kind="part"))


def test_wide_and_narrow_reaches_see_the_same_by_either_shape_of_query(monkeypatch):
    cast = Cast()
    make_issue(cast, [{}, {"selection": "unit:K.B.1", "coordinating_selection": "unit:K.N.1"}])
    people = [cast.leader, cast.north_leader, *cast.focal.values()]
    by_ids = [set(rules.visible_assignments(person, ON)) for person in people]

    monkeypatch.setattr(rules, "LISTED_UNITS", 0)

    assert [set(rules.visible_assignments(person, ON)) for person in people] == by_ids


def test_drafts_are_seen_by_those_who_prepare_lead_or_inspect_and_dropped_ones_by_nobody():
    cast = Cast()
    issue = prepared(cast)
    task = issue.tasks.get()
    inspector = make_holder(cast.tree.bloc, Role.INSPECTOR)

    for person in (cast.officer, cast.leader, inspector):
        assert task in rules.visible_tasks(person, ON) and issue in rules.visible_issues(person, ON)
    for person in (cast.north_leader, cast.focal[cast.tree.north1.pk], make_account()):
        assert task not in rules.visible_tasks(person, ON) and issue not in rules.visible_issues(person, ON)

    Task.objects.update(dropped=True)
    assert not rules.visible_tasks(cast.leader, ON).exists()


def test_reports_and_requests_are_seen_with_their_assignment():
    cast = Cast()
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "submitted")
    focal = cast.holder_of(assignment)
    actions.ask(assignment.pk, kind="adjust", reason="Rộng quá", by=focal, at=at(6))

    for person, count in ((focal, 1), (cast.north_leader, 1), (cast.leader, 1), (cast.south_leader, 0)):
        assert rules.visible_reports(person, ON).count() == count
        assert rules.visible_requests(person, ON).count() == count
