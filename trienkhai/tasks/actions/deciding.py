"""What is decided from above: approve and return; extend, pause, resume, withdraw, reopen; requests."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.notices.actions import tell
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks import ledger, moves, rules
from trienkhai.tasks.actions.beginning import begin, check_moment, noted, url_of
from trienkhai.tasks.models import (
    Assignment,
    ProgressReport,
    ReportState,
    Request,
    RequestKind,
    RequestOutcome,
    State,
)
from trienkhai.tasks.transitions import BEFORE_PAUSE, VERBS

DOERS = (Role.FOCAL, Role.SECRETARY)


@transaction.atomic
def approve(assignment_id: int, *, remark: str = "", by: Account, at: datetime) -> Assignment:
    """The unit it answers to accepts the report: the assignment is done, on time if the report came by the due day.

    Of two people who approve at once exactly one wins; the other is refused. Raises Refused.
    """
    assignment, verdict = begin(assignment_id, "approve", by=by, at=at)
    return _decide(
        assignment, verdict, ReportState.APPROVED, ledger.Change(state=State.DONE), "approve", remark, by, at
    )


@transaction.atomic
def return_report(assignment_id: int, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Send the report back with a reason; the work is open again and the day of submission is taken back."""
    need_reason(reason)
    assignment, verdict = begin(assignment_id, "return", by=by, at=at)
    change = ledger.Change(state=State.RETURNED, submitted_on=None)
    return _decide(assignment, verdict, ReportState.RETURNED, change, "return", reason, by, at)


def need_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})


def _decide(
    assignment: Assignment,
    verdict: Verdict,
    outcome: str,
    change: ledger.Change,
    verb: str,
    words: str,
    by: Account,
    at: datetime,
) -> Assignment:
    act = noted(
        VERBS[verb].done,
        assignment,
        actor(by, verdict.holding),
        at,
        unit_path=assignment.held_by.path or "",
        reason=words,
    )
    changed = ProgressReport.objects.filter(assignment=assignment, state=ReportState.SUBMITTED).update(
        state=outcome, decided_by=by, decided_at=at, decision=words.strip()
    )
    if changed != 1:
        raise Refused(_("There is no report awaiting approval."))
    ledger.shift([assignment.pk], change, on=day_of(at), act=act.pk)
    _tell_holder(assignment, f"report_{outcome}", act.pk, at)
    assignment.state, assignment.since_on, assignment.act = str(change.state), day_of(at), act.pk
    if change.submitted_on is None:
        assignment.submitted_on = None
    return assignment


def _tell_holder(assignment: Assignment, kind: str, act: int, at: datetime) -> None:
    tell(assignment.held_by_id, DOERS, kind, url=url_of(assignment), at=at, act=act, task=assignment.task.title)


def _change(
    assignment_id: int, verb: str, change: ledger.Change, *, reason: str, by: Account, at: datetime
) -> Assignment:
    """A verb that needs nothing but a reason: lock, ask, record, shift, tell."""
    if VERBS[verb].needs_reason:
        need_reason(reason)
    assignment, verdict = begin(assignment_id, verb, by=by, at=at)
    act = noted(
        VERBS[verb].done,
        assignment,
        actor(by, verdict.holding),
        at,
        unit_path=assignment.held_by.path or "",
        reason=reason,
        old=assignment.state,
    )
    ledger.shift([assignment.pk], change, on=day_of(at), act=act.pk)
    _tell_holder(assignment, VERBS[verb].done.replace(".", "_"), act.pk, at)
    return Assignment.objects.get(pk=assignment.pk)


@transaction.atomic
def pause(assignment_id: int, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Let an assignment rest for a reason that lies elsewhere. It stays open and its due day stands."""
    return _change(assignment_id, "pause", ledger.Change(state=State.PAUSED), reason=reason, by=by, at=at)


@transaction.atomic
def resume(assignment_id: int, *, reason: str = "", by: Account, at: datetime) -> Assignment:
    """Go on, in the state before the pause."""
    return _change(assignment_id, "resume", ledger.Change(state=BEFORE_PAUSE), reason=reason, by=by, at=at)


@transaction.atomic
def withdraw(assignment_id: int, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Take an assignment back: it leaves the denominator. A report awaiting approval is cancelled with it."""
    change = ledger.Change(state=State.WITHDRAWN, submitted_on=None)
    assignment = _change(assignment_id, "withdraw", change, reason=reason, by=by, at=at)
    ProgressReport.objects.filter(assignment=assignment, state=ReportState.SUBMITTED).update(
        state=ReportState.CANCELLED, decided_by=by, decided_at=at, decision=reason.strip()
    )
    return assignment


@transaction.atomic
def reopen(assignment_id: int, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Take back the approval: the work is open again, and the approved report becomes a returned one."""
    change = ledger.Change(state=State.RETURNED, submitted_on=None)
    assignment = _change(assignment_id, "reopen", change, reason=reason, by=by, at=at)
    ProgressReport.objects.filter(assignment=assignment, state=ReportState.APPROVED).update(
        state=ReportState.RETURNED, decided_by=by, decided_at=at, decision=reason.strip()
    )
    return assignment


@transaction.atomic
def extend(assignment_id: int, due_on: date, *, reason: str, by: Account, at: datetime) -> Assignment:
    """Set a later due day; the first one is kept for statistics. Raises ValidationError for an earlier or past day."""
    need_reason(reason)
    assignment, verdict = begin(assignment_id, "extend", by=by, at=at)
    _check_later(assignment, due_on, at)
    act = noted(
        VERBS["extend"].done,
        assignment,
        actor(by, verdict.holding),
        at,
        unit_path=assignment.held_by.path or "",
        reason=reason,
        old=str(assignment.due_on),
        new=str(due_on),
    )
    ledger.shift([assignment.pk], ledger.Change(due_on=due_on), on=day_of(at), act=act.pk)
    _tell_holder(assignment, "assignment_extended", act.pk, at)
    return Assignment.objects.get(pk=assignment.pk)


def _check_later(assignment: Assignment, due_on: date, at: datetime) -> None:
    if due_on <= assignment.due_on or due_on < day_of(at):
        raise ValidationError({"due_on": _("The new day lies after the present due day and not in the past.")})


@transaction.atomic
def decide_request(
    request_id: int, *, grant: bool, answer: str = "", due_on: date | None = None, by: Account, at: datetime
) -> Request:
    """Grant or refuse what a unit asked; the decider may set another day than the one asked for.

    A granted extension sets the day, a granted transfer lets the other unit hold the assignment; a granted adjustment
    is recorded with its answer. A refusal needs an answer. Raises ValidationError or Refused.
    """
    assignment_id = Request.objects.values_list("assignment_id", flat=True).get(pk=request_id)
    assignment = ledger.lock([assignment_id])[0]
    check_moment(assignment, at)
    request = (
        Request.objects.select_for_update(of=("self",)).select_related("proposed_unit__present").get(pk=request_id)
    )
    request.assignment = assignment
    verdict = rules.can_decide(by, request, day_of(at)).require()
    if not grant:
        need_reason(answer)
    request.outcome = RequestOutcome.GRANTED if grant else RequestOutcome.REFUSED
    request.answer, request.decided_by, request.decided_at = answer.strip(), by, at
    request.save(update_fields=["outcome", "answer", "decided_by", "decided_at"])
    new_day = due_on or request.proposed_due_on or assignment.due_on
    act = noted(
        f"request.{request.outcome}",
        assignment,
        actor(by, verdict.holding),
        at,
        unit_path=assignment.held_by.path or "",
        request=request.pk,
        kind=request.kind,
        reason=answer,
        **(_old_and_new(request, new_day) if grant else {}),
    )
    _tell_holder(assignment, f"request_{request.outcome}", act.pk, at)
    if grant and request.kind == RequestKind.EXTEND:
        _check_later(assignment, new_day, at)
        ledger.shift([assignment.pk], ledger.Change(due_on=new_day), on=day_of(at), act=act.pk)
    if grant and request.kind == RequestKind.TRANSFER and request.proposed_unit:
        moves.hand_over([assignment.pk], request.proposed_unit, on=day_of(at), act=act.pk)
        _tell_new_holder(assignment, request.proposed_unit, act.pk, at)
    return request


def _old_and_new(request: Request, new_day: date) -> dict[str, Any]:
    """What a grant changes, for its act: the due day, or the code of the unit that holds the assignment."""
    if request.kind == RequestKind.EXTEND:
        return {"old": str(request.assignment.due_on), "new": str(new_day)}
    if request.kind == RequestKind.TRANSFER and request.proposed_unit:
        return {"old": request.assignment.held_by.code, "new": request.proposed_unit.code}
    return {}


def _tell_new_holder(assignment: Assignment, unit: Unit, act: int, at: datetime) -> None:
    document = str(assignment.task.document)
    tell(unit.pk, DOERS, "tasks_issued", url=url_of(assignment), at=at, act=act, count=1, document=document)
