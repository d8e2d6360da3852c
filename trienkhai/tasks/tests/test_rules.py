"""Who sees what, who decides, and who never does."""

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.orgs.models import Holding, Manner, Post, Role, Unit
from trienkhai.orgs.tests.make import make_account, make_holder, make_unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions, rules
from trienkhai.tasks.models import Assignment, Issue, ProgressReport, Share, State, Task
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_document, make_issue
from trienkhai.tasks.tests.play import LATER_DUE, bring, delegate, reread, strangers

pytestmark = pytest.mark.django_db
ON = at(9).date()


def queue_of(account: Account, verb: str = "approve") -> set[Assignment]:
    return set(rules.awaiting_decision(Account.objects.get(pk=account.pk), ON, verb))


# --- who decides


def test_report_waits_for_the_leader_of_the_unit_it_answers_to_and_for_nobody_else():
    cast = Cast()
    waiting = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "submitted")

    assert queue_of(cast.north_leader) == {waiting}
    for person in (cast.leader, cast.south_leader, cast.officer, cast.holder_of(waiting), *strangers(cast).values()):
        assert queue_of(person) == set()


def test_leader_who_submitted_never_approves_and_the_next_level_does():
    cast = Cast()
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "acknowledged")
    make_holder(cast.tree.north1, Role.FOCAL, account=cast.north_leader)

    actions.submit_report(assignment.pk, text="Đã xong", by=cast.north_leader, at=at(6))

    waiting = reread(assignment)
    assert rules.deciding_unit(waiting, {cast.north_leader.pk}, ON) == cast.tree.bloc
    assert queue_of(cast.north_leader) == set() and queue_of(cast.leader) == {waiting}
    for verb in (actions.approve, lambda pk, **who: actions.return_report(pk, reason="Lạ", **who)):
        with pytest.raises(Refused):
            verb(assignment.pk, by=cast.north_leader, at=at(9))
    assert actions.approve(assignment.pk, by=cast.leader, at=at(9)).state == State.DONE


def test_second_leader_of_the_unit_decides_before_the_next_level():
    cast = Cast()
    second = make_holder(cast.tree.north, Role.LEADER)
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "acknowledged")
    make_holder(cast.tree.north1, Role.FOCAL, account=cast.north_leader)

    actions.submit_report(assignment.pk, text="Đã xong", by=cast.north_leader, at=at(6))

    assert queue_of(second) == {reread(assignment)} and queue_of(cast.leader) == set()
    with pytest.raises(Refused):
        actions.approve(assignment.pk, by=cast.leader, at=at(9))


def test_leader_of_both_levels_who_submitted_leaves_the_report_to_somebody_else():
    cast = Cast()
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "acknowledged")
    for unit, role in ((cast.tree.north1, Role.FOCAL), (cast.tree.bloc, Role.LEADER)):
        make_holder(unit, role, account=cast.north_leader)

    actions.submit_report(assignment.pk, text="Đã xong", by=cast.north_leader, at=at(6))

    assert queue_of(cast.north_leader) == set()
    assert queue_of(cast.leader) == {reread(assignment)}


def test_unit_without_a_leader_leaves_the_decision_to_the_next_above():
    cast = Cast()
    Holding.objects.filter(account=cast.north_leader).update(valid_to=ON)
    waiting = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "submitted")

    assert rules.deciding_unit(waiting, (), ON) == cast.tree.bloc
    assert queue_of(cast.leader) == {waiting}
    assert actions.approve(waiting.pk, by=cast.leader, at=at(9)).state == State.DONE


def test_where_nobody_at_all_leads_the_topmost_unit_is_named():
    cast = Cast()
    Holding.objects.filter(post__role=Role.LEADER).update(valid_to=ON)
    waiting = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "submitted")

    assert rules.deciding_unit(waiting, (), ON) == cast.tree.bloc
    verdict = rules.can_do(cast.leader, "approve", waiting, ON)
    assert not verdict and cast.tree.bloc.name in verdict.reason


def test_deputy_approves_only_when_that_act_was_delegated_and_the_act_names_the_principal():
    cast = Cast()
    able, barred = delegate(cast.north_leader, "approve"), delegate(cast.north_leader, "acknowledge")
    waiting = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "submitted")

    assert queue_of(able) == {waiting} and queue_of(barred) == set()
    assert queue_of(able, "return") == set()
    with pytest.raises(Refused):
        actions.approve(waiting.pk, by=barred, at=at(9))
    with pytest.raises(Refused):
        actions.approve_matching(Assignment.objects.all(), selection="tất cả", by=barred, at=at(9))

    actions.approve(waiting.pk, by=able, at=at(9))

    act = Act.objects.latest("pk")
    assert act.actor_id == able.pk
    assert cast.north_leader.name in act.principal


def test_deputy_for_other_acts_does_not_stand_in_the_way_of_the_next_level():
    cast = Cast()
    delegate(cast.north_leader, "acknowledge")
    make_holder(cast.tree.north1, Role.FOCAL, account=cast.north_leader)
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "acknowledged")

    actions.submit_report(assignment.pk, text="Đã xong", by=cast.north_leader, at=at(6))

    assert queue_of(cast.leader) == {reread(assignment)}
    assert actions.approve(assignment.pk, by=cast.leader, at=at(9)).state == State.DONE


def test_deputy_of_the_holder_acknowledges_and_reports_many_only_when_delegated():
    cast = Cast()
    rows = Assignment.objects.filter(task__issue=make_issue(cast, [{}, {}]))
    focal = cast.focal[cast.tree.north1.pk]
    able, barred = delegate(focal, "acknowledge"), delegate(focal, "update")

    with pytest.raises(Refused):
        actions.acknowledge_all(rows, selection="tất cả", by=barred, at=at(5))
    assert actions.acknowledge_all(rows, selection="tất cả", by=able, at=at(5)) == 2
    with pytest.raises(Refused):
        actions.report_several(rows, text="Đã xong", selection="tất cả", by=able, at=at(6))
    assert focal.name in Act.objects.latest("pk").principal


def submitted_by(cast: Cast, leader: Account, *, deputy: Account | None = None) -> Assignment:
    """The north's assignment, reported by its leader who is the unit's focal point too, or by a deputy of that post."""
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "acknowledged")
    make_holder(cast.tree.north1, Role.FOCAL, account=leader)
    if deputy:
        post = Holding.objects.get(account=leader, post__role=Role.FOCAL)
        fields = {"manner": Manner.DELEGATED, "principal": post, "valid_from": date(2017, 1, 1)}
        Holding.objects.create(post=post.post, account=deputy, **fields)
    actions.submit_report(assignment.pk, text="Đã xong", by=deputy or leader, at=at(6))
    return reread(assignment)


def test_deputy_never_approves_in_the_name_of_the_leader_who_submitted():
    cast = Cast()
    deputy = delegate(cast.north_leader)

    waiting = submitted_by(cast, cast.north_leader)

    assert queue_of(deputy) == set() and queue_of(cast.leader) == {waiting}
    for verb in ("approve", "return"):
        with override("en"):
            verdict = rules.can_do(deputy, verb, waiting, ON)
        assert not verdict and "in the name of" in str(verdict.reason)
    with pytest.raises(Refused):
        actions.approve_matching(Assignment.objects.all(), selection="tất cả", by=deputy, at=at(9))
    assert actions.approve(waiting.pk, by=cast.leader, at=at(9)).state == State.DONE


def test_neither_the_principal_nor_another_deputy_approves_what_a_deputy_submitted_in_that_name():
    cast = Cast()
    reporter, other = make_account(), delegate(cast.north_leader)

    waiting = submitted_by(cast, cast.north_leader, deputy=reporter)

    assert waiting.reports.get().principal == cast.north_leader
    assert queue_of(cast.north_leader) == queue_of(other) == queue_of(reporter) == set()
    assert not rules.can_do(cast.north_leader, "approve", waiting, ON)
    assert not rules.can_do(other, "approve", waiting, ON)
    assert queue_of(cast.leader) == {waiting} and rules.can_do(cast.leader, "approve", waiting, ON)


def test_deputy_of_another_leader_of_the_unit_approves():
    cast = Cast()
    second = make_holder(cast.tree.north, Role.LEADER)
    deputy = delegate(second, "approve")

    waiting = submitted_by(cast, cast.north_leader)

    assert queue_of(deputy) == queue_of(second) == {waiting} and queue_of(cast.leader) == set()
    assert actions.approve(waiting.pk, by=deputy, at=at(9)).state == State.DONE


def test_deputy_who_leads_the_next_level_too_decides_by_that_post():
    cast = Cast()
    deputy = delegate(cast.north_leader)
    make_holder(cast.tree.bloc, Role.LEADER, account=deputy)

    waiting = submitted_by(cast, cast.north_leader)

    assert queue_of(deputy) == {waiting}
    actions.approve(waiting.pk, by=deputy, at=at(9))
    assert Act.objects.latest("pk").principal == ""


def test_many_reports_at_once_keep_in_whose_name_each_was_submitted():
    cast = Cast()
    north, south = cast.focal[cast.tree.north1.pk], cast.focal[cast.tree.south1.pk]
    deputy = delegate(north)
    make_holder(cast.tree.south1, Role.FOCAL, account=deputy)
    rows = Assignment.objects.filter(task__issue=make_issue(cast))
    for person in (north, south):
        actions.acknowledge_all(rows, selection="tất cả", by=person, at=at(5))

    actions.report_several(rows, text="Đã xong", selection="tất cả", by=deputy, at=at(6))

    names = dict(ProgressReport.objects.values_list("assignment__held_by__present__code", "principal"))
    assert names == {"K.B.1": north.pk, "K.N.1": None}


POSTS = ("K", "K.B", "K.N", "K.B.1", "K.T")
MANNERS = ("own", "all", "some", "other", "gone")
someone = st.integers(0, 3)
leaders = st.lists(st.tuples(st.sampled_from(POSTS), someone, st.sampled_from(MANNERS), someone), max_size=6)
submissions = st.tuples(*[st.tuples(someone, someone)] * 3)


class QueueSaysWhatTheRuleSays(TestCase):
    """People lead, or stand in for each other; each row is reported by one of them, perhaps in another's name."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(leaders, submissions)
    def test_for_everybody_and_every_submitted_row(self, posts, submitters) -> None:
        cast = Cast()
        people = [make_account() for _ in range(4)]
        for code, who, how, principal in posts:
            self._give(Unit.objects.get(present__code=code), people[who], how, people[principal])
        issue = make_issue(cast)
        for unit, (who, principal) in zip((cast.tree.north1, cast.tree.direct, cast.tree.south1), submitters):
            self._report_for(unit, people[who], people[principal])
            bring(cast, assignment_of(issue, unit), "acknowledged")
            actions.submit_report(assignment_of(issue, unit).pk, text="Đã xong", by=people[who], at=at(6))

        for person in [*people, cast.leader, cast.north_leader, cast.south_leader]:
            for verb in ("approve", "return"):
                may = {row for row in self._rows() if rules.can_do(person, verb, row, ON)}
                assert queue_of(person, verb) == may

    def _report_for(self, unit: Unit, person: Account, principal: Account) -> None:
        make_holder(unit, Role.FOCAL, account=principal)
        if person != principal:
            holding = Holding.objects.get(account=principal, post__unit=unit, post__role=Role.FOCAL)
            fields = {"manner": Manner.DELEGATED, "principal": holding, "valid_from": date(2017, 1, 1)}
            Holding.objects.create(post=holding.post, account=person, **fields)

    def _give(self, unit: Unit, person: Account, how: str, principal: Account) -> None:
        if how in ("own", "gone") or person == principal:
            make_holder(unit, Role.LEADER, account=person, **({"valid_to": ON} if how == "gone" else {}))
            return
        make_holder(unit, Role.LEADER, account=principal)
        holding = Holding.objects.filter(account=principal, post__unit=unit).latest("pk")
        acts = {"all": [], "some": ["approve"], "other": ["extend"]}[how]
        fields = {"manner": Manner.DELEGATED, "principal": holding, "acts": acts, "valid_from": date(2017, 1, 1)}
        Holding.objects.create(post=holding.post, account=person, **fields)

    def _rows(self):
        return Assignment.objects.select_related("task__assigner", "held_by", "answers_to")


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
