"""What the holding unit does: acknowledge, report, ask, answer its part."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents.models import Document, StoredFile
from trienkhai.notices.actions import tell
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Role, Unit
from trienkhai.people.models import Account
from trienkhai.tasks import ledger, proving, rules
from trienkhai.tasks.actions.beginning import allow, begin, noted, url_of
from trienkhai.tasks.actions.children import settle_children
from trienkhai.tasks.models import (
    Assignment,
    Evidence,
    ProgressReport,
    ReportState,
    Request,
    RequestKind,
    Share,
    State,
    Wait,
)
from trienkhai.tasks.transitions import VERBS


@transaction.atomic
def acknowledge(assignment_id: int, *, by: Account, at: datetime) -> Assignment:
    """The unit takes note that the assignment is its own. Raises Refused."""
    assignment, verdict = begin(assignment_id, "acknowledge", by=by, at=at)
    act = noted(VERBS["acknowledge"].done, assignment, actor(by, verdict.holding), at)
    ledger.shift([assignment.pk], ledger.Change(state=State.ACKNOWLEDGED), on=day_of(at), act=act.pk)
    return Assignment.objects.get(pk=assignment.pk)


def check_report(percent: int, text: str) -> None:
    if not 0 <= percent <= 100:
        raise ValidationError({"percent": _("The share done lies between 0 and 100 %.")})
    if not text.strip():
        raise ValidationError({"text": _("Say what was done.")})


@transaction.atomic
def update_progress(
    assignment_id: int,
    *,
    percent: int,
    text: str,
    bottleneck: str = "",
    proposal: str = "",
    files: Sequence[StoredFile] = (),
    token: str = "",
    by: Account,
    at: datetime,
) -> ProgressReport:
    """Say how far the work is, without claiming completion.

    percent: 0 to 100 of the whole assignment. token: of the form; the same form sent again has one effect.
    Raises ValidationError or Refused; nothing is then stored.
    """
    check_report(percent, text)
    assignment = ledger.lock([assignment_id])[0]
    if earlier := _sent_before(assignment_id, token):
        return earlier
    verdict = allow(assignment, "update", by=by, at=at)
    report = _store_report(
        assignment, ReportState.PROGRESS, percent, text, bottleneck, proposal, files, token, by, verdict, at
    )
    old = {"percent": assignment.percent, "state": assignment.state}
    act = noted(VERBS["update"].done, assignment, actor(by, verdict.holding), at, old=old, percent=percent)
    if assignment.state == State.IN_PROGRESS:
        Assignment.objects.filter(pk=assignment.pk).update(percent=percent, act=act.pk)
    else:
        change = ledger.Change(state=State.IN_PROGRESS, percent=percent)
        ledger.shift([assignment.pk], change, on=day_of(at), act=act.pk)
    return report


@transaction.atomic
def submit_report(
    assignment_id: int,
    *,
    text: str,
    bottleneck: str = "",
    proposal: str = "",
    files: Sequence[StoredFile] = (),
    children: str = "",
    token: str = "",
    by: Account,
    at: datetime,
) -> ProgressReport:
    """Report the assignment complete to the unit it answers to; its leaders are told.

    A report is a claim until it is approved; it stands for the day of `at`, by which on-time is judged.
    children: what becomes of open work below that serves it, one of `CHILDREN`.
    Raises ValidationError or Refused; nothing is then stored. The same form sent again has one effect.
    """
    check_report(100, text)
    assignment = ledger.lock([assignment_id])[0]
    if earlier := _sent_before(assignment_id, token):
        return earlier
    verdict = allow(assignment, "submit", by=by, at=at)
    proving.require_proof([assignment.pk], files=files)
    settle_children(assignment, children, reason=text, by=by, at=at)
    Wait.objects.filter(assignment=assignment, ended_on=None).update(ended_on=day_of(at), ended_by=by)
    report = _store_report(
        assignment, ReportState.SUBMITTED, 100, text, bottleneck, proposal, files, token, by, verdict, at
    )
    act = noted(VERBS["submit"].done, assignment, actor(by, verdict.holding), at, report=report.pk)
    change = ledger.Change(state=State.SUBMITTED, submitted_on=day_of(at), percent=100)
    ledger.shift([assignment.pk], change, on=day_of(at), act=act.pk)
    tell(
        assignment.answers_to_id,
        [Role.LEADER],
        "report_submitted",
        url=url_of(assignment),
        at=at,
        act=act.pk,
        unit=assignment.held_by.short_name,
        task=assignment.task.title,
    )
    return report


def _sent_before(assignment_id: int, token: str) -> ProgressReport | None:
    if not token:
        return None
    return ProgressReport.objects.filter(assignment_id=assignment_id, form_token=token).first()


def _store_report(
    assignment: Assignment,
    state: str,
    percent: int,
    text: str,
    bottleneck: str,
    proposal: str,
    files: Sequence[StoredFile],
    token: str,
    by: Account,
    verdict: Verdict,
    at: datetime,
) -> ProgressReport:
    principal = verdict.holding.principal if verdict.holding else None
    report = ProgressReport.objects.create(
        assignment=assignment,
        state=state,
        percent=percent,
        text=text.strip(),
        bottleneck=bottleneck.strip(),
        proposal=proposal.strip(),
        by=by,
        principal=principal.account if principal else None,
        post_label=actor(by, verdict.holding).post_label,
        at=at,
        on=day_of(at),
        form_token=token,
    )
    Evidence.objects.bulk_create(Evidence(report=report, file=file) for file in files)
    return report


@transaction.atomic
def confirm_from_outside(assignment_id: int, document: Document, *, by: Account, at: datetime) -> Assignment:
    """Close a task given from outside by the document in which its giver confirmed it.

    On time is judged by the day the report was submitted, not by the day of the confirming paper.
    """
    assignment, verdict = begin(assignment_id, "confirm", by=by, at=at)
    act = noted(VERBS["confirm"].done, assignment, actor(by, verdict.holding), at, document=document.pk)
    ProgressReport.objects.filter(assignment=assignment, state=ReportState.SUBMITTED).update(
        state=ReportState.APPROVED, decided_by=by, decided_at=at, confirmed_in=document
    )
    ledger.shift([assignment.pk], ledger.Change(state=State.DONE), on=day_of(at), act=act.pk)
    return Assignment.objects.get(pk=assignment.pk)


@transaction.atomic
def ask(
    assignment_id: int,
    *,
    kind: str,
    reason: str,
    due_on: date | None = None,
    unit: Unit | None = None,
    by: Account,
    at: datetime,
) -> Request:
    """Ask for another day, other content or another unit. Work goes on until it is decided; silence changes nothing.

    Raises ValidationError (no reason; a day that is no extension; already asked) or Refused.
    """
    assignment = ledger.lock([assignment_id])[0]
    verdict = rules.can_request(by, assignment, day_of(at)).require()
    if kind not in RequestKind.values or not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if kind == RequestKind.EXTEND and (due_on is None or due_on <= assignment.due_on or due_on < day_of(at)):
        raise ValidationError({"due_on": _("The day asked for lies after the present due day and not in the past.")})
    if kind == RequestKind.TRANSFER and (unit is None or unit.pk == assignment.held_by_id):
        raise ValidationError({"unit": _("Name the other unit.")})
    if assignment.requests.filter(kind=kind, outcome="open").exists():
        raise Refused(_("This has already been asked and is not yet decided."))
    principal = verdict.holding.principal if verdict.holding else None
    request = Request.objects.create(
        assignment=assignment,
        kind=kind,
        reason=reason.strip(),
        proposed_due_on=due_on,
        proposed_unit=unit,
        by=by,
        principal=principal.account if principal else None,
        at=at,
    )
    act = noted(
        "request.made",
        assignment,
        actor(by, verdict.holding),
        at,
        kind=kind,
        request=request.pk,
        due_on=str(due_on) if due_on else None,
    )
    _tell_deciders(assignment, kind, act.pk, at)
    return request


def _tell_deciders(assignment: Assignment, kind: str, act: int, at: datetime) -> None:
    """A request goes to the assigner, and to the unit to which it handed the power to decide this."""
    told = {assignment.task.assigner_id: [Role.LEADER, Role.OFFICER]}
    if kind in assignment.task.delegates:
        told.setdefault(assignment.answers_to_id, [Role.LEADER])
    words = {"unit": assignment.held_by.short_name, "task": assignment.task.title}
    for unit, roles in told.items():
        tell(unit, roles, "request_made", url=url_of(assignment), at=at, act=act, **words)


@transaction.atomic
def answer_part(share_id: int, *, answer: str, by: Account, at: datetime) -> Share:
    """A co-ordinating unit answers its part; the lead is told. Counted apart from assignments."""
    share = (
        Share.objects.select_for_update(of=("self",))
        .select_related("unit__present", "task__document", "assignment")
        .get(pk=share_id)
    )
    verdict = rules.can_answer_part(by, share, day_of(at)).require()
    if not answer.strip():
        raise ValidationError({"answer": _("Say what was done.")})
    share.answer, share.answered_on, share.answered_by = answer.strip(), day_of(at), by
    share.save(update_fields=["answer", "answered_on", "answered_by"])
    late = bool(share.due_on and day_of(at) > share.due_on)
    act = noted("part.answered", share, actor(by, verdict.holding), at, late=late)
    if share.assignment:
        tell(
            share.assignment.held_by_id,
            [Role.FOCAL, Role.LEADER],
            "part_answered",
            url=url_of(share.assignment),
            at=at,
            act=act.pk,
            unit=share.unit.short_name,
            task=share.task.title,
        )
    return share
