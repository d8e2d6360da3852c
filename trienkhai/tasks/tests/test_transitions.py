"""The table of transitions, each row by the person whose verb it is and refused to everybody else."""

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import OPEN_STATES, ProgressReport, State, StateSpan
from trienkhai.tasks.rules import can_do
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_issue
from trienkhai.tasks.tests.play import CALLS, Outside, bring, footprint, reread, right_person, strangers
from trienkhai.tasks.transitions import VERBS

pytestmark = pytest.mark.django_db
INSIDE = [verb for verb in VERBS if verb != "confirm"]
ROWS = [(verb, source) for verb in INSIDE for source in VERBS[verb].sources]
NO_ROWS = [(verb, state) for verb in VERBS for state in State.values if state not in VERBS[verb].sources]
TARGETS = {
    "acknowledge": "acknowledged",
    "update": "in_progress",
    "submit": "submitted",
    "approve": "done",
    "return": "returned",
    "pause": "paused",
    "resume": "acknowledged",
    "withdraw": "withdrawn",
    "reopen": "returned",
}


@pytest.mark.parametrize("verb, source", ROWS)
def test_row_of_the_table_leads_to_its_state_and_leaves_one_act(verb, source):
    cast = Cast()
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), source)
    acts, spans = Act.objects.count(), StateSpan.objects.filter(assignment=assignment).count()

    CALLS[verb](assignment.pk, by=right_person(cast, assignment, verb), at=at(9))

    after = reread(assignment)
    assert after.state == TARGETS.get(verb, source)
    act = Act.objects.latest("pk")
    assert Act.objects.count() == acts + 1
    assert (act.verb, act.target_id, act.at) == (VERBS[verb].done, assignment.pk, at(9))
    assert act.actor_id == right_person(cast, assignment, verb).pk and act.holding_id
    assert after.act == act.pk
    if (verb, source) != ("update", "in_progress"):
        last = StateSpan.objects.filter(assignment=assignment).latest("pk")
        assert StateSpan.objects.filter(assignment=assignment).count() == spans + 1
        assert (last.state, last.from_on, last.to_on) == (source, assignment.since_on, at(9).date())
        assert last.act == assignment.act
        assert after.since_on == at(9).date()
    assert recount() == []


@pytest.mark.parametrize("verb, state", NO_ROWS)
def test_what_is_no_row_of_the_table_is_refused_and_leaves_nothing(verb, state):
    cast = Cast()
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), state)
    before = footprint()

    with pytest.raises(Refused):
        CALLS[verb](assignment.pk, by=right_person(cast, assignment, verb), at=at(9))

    assert footprint() == before


@pytest.mark.parametrize("verb", INSIDE)
def test_verb_is_refused_to_everybody_whose_it_is_not(verb):
    cast = Cast()
    source = VERBS[verb].sources[0]
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), source)
    right = right_person(cast, assignment, verb)
    wrong = strangers(cast) | {
        "holder": cast.holder_of(assignment),
        "leader of the branch": cast.north_leader,
        "leader of the assigner": cast.leader,
    }
    before = footprint()

    for who, person in wrong.items():
        if person == right:
            continue
        assert not can_do(person, verb, assignment, at(9).date()), who
        with pytest.raises(Refused):
            CALLS[verb](assignment.pk, by=person, at=at(9))

    assert footprint() == before
    assert can_do(right, verb, assignment, at(9).date())


@pytest.mark.parametrize("role", [Role.FOCAL, Role.LEADER, Role.SECRETARY])
def test_each_role_that_answers_for_the_unit_carries_its_work(role):
    cast = Cast()
    assignment = assignment_of(make_issue(cast), cast.tree.north1)
    person = make_holder(cast.tree.north1, role)

    for verb in ("acknowledge", "update", "submit"):
        CALLS[verb](assignment.pk, by=person, at=at(5))

    assert reread(assignment).state == State.SUBMITTED


@pytest.mark.parametrize(
    "verb", ["acknowledge", "update", "submit", "approve", "return", "pause", "extend", "withdraw"]
)
def test_moment_before_the_present_state_is_refused(verb):
    cast = Cast()
    source = VERBS[verb].sources[-1] if verb == "update" else VERBS[verb].sources[0]
    assignment = bring(cast, assignment_of(make_issue(cast, when=at(10)), cast.tree.north1), source, at(12))
    before = footprint()

    with pytest.raises(Refused, match=r"ngày|day"):
        CALLS[verb](assignment.pk, by=right_person(cast, assignment, verb), at=at(9))

    assert footprint() == before
    CALLS[verb](assignment.pk, by=right_person(cast, assignment, verb), at=at(12))


@pytest.mark.parametrize("source", [state for state in OPEN_STATES if state != State.PAUSED])
def test_pause_and_resume_come_back_to_the_state_before(source):
    cast = Cast()
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), source)

    actions.pause(assignment.pk, reason="Chờ", by=cast.leader, at=at(9))
    assert reread(assignment).state == State.PAUSED
    actions.resume(assignment.pk, by=cast.leader, at=at(10))

    after = reread(assignment)
    assert (after.state, after.paused_from) == (source, "")
    assert after.submitted_on == assignment.submitted_on


def test_withdrawing_cancels_the_report_that_awaits_approval():
    cast = Cast()
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "submitted")

    actions.withdraw(assignment.pk, reason="Giao nhầm", by=cast.leader, at=at(9))

    assert ProgressReport.objects.get(assignment=assignment).state == "cancelled"
    assert reread(assignment).submitted_on is None


def test_returned_and_reopened_reports_take_the_day_of_submission_back():
    cast = Cast()
    issue = make_issue(cast)
    returned = bring(cast, assignment_of(issue, cast.tree.north1), "returned")
    done = bring(cast, assignment_of(issue, cast.tree.north2), "done")
    assert done.submitted_on == at(5).date()

    actions.reopen(done.pk, reason="Chưa đạt", by=cast.north_leader, at=at(9))

    for assignment in (returned, reread(done)):
        assert (assignment.state, assignment.submitted_on) == (State.RETURNED, None)
        assert ProgressReport.objects.get(assignment=assignment).state == "returned"


def test_task_from_outside_is_closed_by_the_document_that_confirms_it_and_judged_by_the_day_of_submission():
    cast = Cast()
    outside = Outside(cast)
    assignment = outside.submitted(at(30, 6))
    acts = Act.objects.count()

    actions.confirm_from_outside(assignment.pk, outside.document, by=cast.leader, at=at(1, 9))

    done = reread(assignment)
    assert (done.state, done.submitted_on) == (State.DONE, DUE)
    report = ProgressReport.objects.get(assignment=assignment)
    assert (report.state, report.confirmed_in, report.decided_by) == ("approved", outside.document, cast.leader)
    assert Act.objects.count() == acts + 1
    assert Act.objects.latest("pk").data["document"] == outside.document.pk
    assert recount() == []


def test_task_from_outside_is_confirmed_only_by_a_leader_of_the_unit_that_holds_it():
    cast = Cast()
    outside = Outside(cast)
    assignment = outside.submitted(at(9))
    before = footprint()

    for person in (outside.focal, cast.officer, cast.north_leader, outside.desk):
        with pytest.raises(Refused):
            actions.confirm_from_outside(assignment.pk, outside.document, by=person, at=at(10))

    assert footprint() == before


def test_task_from_inside_is_not_closed_by_a_confirming_document():
    cast = Cast()
    assignment = bring(cast, assignment_of(make_issue(cast), cast.tree.north1), "submitted")
    leader = make_holder(cast.tree.north1, Role.LEADER)

    with pytest.raises(Refused):
        CALLS["confirm"](assignment.pk, by=leader, at=at(9))
