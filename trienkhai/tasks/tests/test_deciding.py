"""Who decides on a report, and who never does: the submitter, and whoever stands in for the submitter."""

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.orgs.models import Holding, Manner, Role, Unit
from trienkhai.orgs.tests.make import make_account, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions, rules
from trienkhai.tasks.models import Assignment, ProgressReport, State
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_issue
from trienkhai.tasks.tests.play import bring, delegate, reread, strangers

pytestmark = pytest.mark.django_db
ON = at(9).date()


def queue_of(account: Account, verb: str = "approve") -> set[Assignment]:
    return set(rules.awaiting_decision(Account.objects.get(pk=account.pk), ON, verb))


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
