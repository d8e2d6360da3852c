"""A proposal is written, passed on, answered, made a task, withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END, add_working_days
from trienkhai.common.folding import fold, squeeze
from trienkhai.common.verdict import Verdict
from trienkhai.documents.actions.locking import hold_document
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.feedback import rules
from trienkhai.feedback.actions.holding import hold_units, tell_person
from trienkhai.feedback.models import Outcome, Proposal, ProposalStep, Sort
from trienkhai.feedback.norms import ANSWER_DAYS
from trienkhai.norms.queries import days_off, value
from trienkhai.notices.actions import tell
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.orgs.queries import standing_for
from trienkhai.people.models import Account
from trienkhai.tasks.actions import prepare_issue


@dataclass(frozen=True)
class Wish:
    """What is proposed."""

    title: str
    text: str
    sort: str = Sort.PROPOSAL


def due_day(to: Unit, on: date) -> date:
    """The last day to answer by the norm in force there; the open end where none says any."""
    days = value(ANSWER_DAYS, on=on, place=to.path or "")
    if days is None:
        return OPEN_END
    return add_working_days(on, int(days), days_off(on, date(on.year + 1, 12, 31)))


@transaction.atomic
def propose(unit: Unit, to: Unit, wish: Wish, *, for_unit: bool = False, by: Account, at: datetime) -> Proposal:
    """A proposal of the person, or of `unit` in whose name the person speaks, to that unit or one above.

    Raises Refused, ValidationError by field.
    """
    on, held = day_of(at), hold_units(unit, to)
    unit, to = held[unit.pk], held[to.pk]
    verdict = rules.can_propose(by, unit, to, for_unit, on).require()
    title = squeeze(wish.title)
    if not title or not wish.text.strip():
        raise ValidationError({"text" if title else "title": _("Say what you propose.")})
    due = due_day(to, on)
    made = Proposal(
        unit=unit, by=by, for_unit=for_unit, sort=wish.sort, title=title, text=wish.text.strip(), sent_to=to,
        held_by=to, sent_at=at, due_on=due, first_due_on=due, search_text=fold(title)[:320],
    )  # fmt: skip
    made.clean_fields(exclude={field.name for field in Proposal._meta.fields} - {"sort", "title"})
    made.save()
    act = _record("proposal.sent", made, verdict, by, at)
    tell(to.pk, rules.HANDLERS, "proposal_sent", url=_url(made), at=at, act=act.pk, unit=unit.short_name)
    return made


def _url(proposal: Proposal) -> str:
    return reverse("feedback:proposal", args=[proposal.pk])


def _record(verb: str, proposal: Proposal, verdict: Verdict, by: Account, at: datetime, **data: Any) -> Act:
    """The act names the proposal by its number: its words are for those who see it."""
    path = proposal.held_by.path or ""
    who = actor(by, verdict.holding)
    return record(verb, proposal, by=who, at=at, unit_path=path, label=_("no. %(n)d") % {"n": proposal.pk}, **data)


def _locked(proposal_id: int) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("held_by__present", "unit__present")
    return rows.get(pk=proposal_id)


def _tell_proposer(kind: str, proposal: Proposal, act: Act, at: datetime) -> None:
    """Who wrote it, alone; where a unit proposed, those who speak for it or for the unit that took over from it."""
    params = {"unit": proposal.held_by.short_name, "number": proposal.pk}
    if proposal.for_unit:
        unit = standing_for(proposal.unit, day_of(at))
        tell(unit.pk, rules.SPEAKERS, kind, url=_url(proposal), at=at, act=act.pk, **params)
        return
    unit_id = proposal.unit_id
    tell_person(proposal.by_id, kind, first=unit_id, url=_url(proposal), at=at, act=act.pk, **params)


@transaction.atomic
def pass_on(proposal_id: int, to: Unit, *, reason: str, by: Account, at: datetime) -> Proposal:
    """To a unit that can answer it; the time to answer runs anew there. The proposer is told. Raises Refused."""
    to = hold_units(to, Unit.objects.get(proposals_held=proposal_id))[to.pk]
    proposal, on = _locked(proposal_id), day_of(at)
    verdict = rules.can_pass_on(by, proposal, on).require()
    rules.can_pass_to(proposal, to, on).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    ProposalStep.objects.create(
        proposal=proposal, source=proposal.held_by, target=to, reason=reason.strip(), by=by, at=at, on=on,
        due_on=proposal.due_on,
    )  # fmt: skip
    act = _record("proposal.passed_on", proposal, verdict, by, at, to=to.name)
    proposal.held_by, proposal.due_on = to, due_day(to, on)
    proposal.save(update_fields=["held_by", "due_on"])
    tell(to.pk, rules.HANDLERS, "proposal_sent", url=_url(proposal), at=at, act=act.pk, unit=proposal.unit.short_name)
    _tell_proposer("proposal_passed", proposal, act, at)
    return proposal


@transaction.atomic
def answer(
    proposal_id: int, outcome: str, reason: str, *, document: Document | None = None, by: Account, at: datetime
) -> Proposal:
    """Taken, in part or not, always with a reason; `document`: the one that carries it. The proposer is told.

    Raises Refused, ValidationError by field.
    """
    on = day_of(at)
    document = _held(document, by, on) if document else None
    proposal = _locked(proposal_id)
    verdict = rules.can_answer(by, proposal, on).require()
    _check_answer(outcome, reason, document)
    _store_answer(proposal, outcome, reason, document, by, at)
    act = _record("proposal.answered", proposal, verdict, by, at, outcome=outcome)
    _tell_proposer("proposal_answered", proposal, act, at)
    return proposal


def _held(document: Document, by: Account, on: date) -> Document:
    """Before the proposal, as whoever locks it away does. Raises Refused when that was faster."""
    seen = visible_documents(by, on).filter(pk=document.pk)
    if not seen.exists():
        raise ValidationError({"document": _("Choose one of the values shown.")})
    return hold_document(Document.objects.filter(pk=document.pk, pk__in=seen.values("pk")))


def _check_answer(outcome: str, reason: str, document: Document | None) -> None:
    if outcome not in (Outcome.TAKEN, Outcome.PARTLY, Outcome.NOT_TAKEN):
        raise ValidationError({"outcome": _("Choose one of the values shown.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if document is not None and outcome == Outcome.NOT_TAKEN:
        raise ValidationError({"document": _("What is not taken is carried by no document.")})


def _store_answer(
    proposal: Proposal, outcome: str, reason: str, document: Document | None, by: Account, at: datetime
) -> None:
    proposal.outcome, proposal.answer, proposal.document = outcome, reason.strip(), document
    proposal.answered_by, proposal.answered_at, proposal.answered_on = by, at, day_of(at)
    proposal.save(update_fields=["outcome", "answer", "document", "answered_by", "answered_at", "answered_on"])


@transaction.atomic
def take_as_task(
    proposal_id: int, document: Document, *, reason: str, outcome: str = Outcome.TAKEN, by: Account, at: datetime
) -> Proposal:
    """Taken and prepared as a task of that document, in one act; the sheet of tasks is then issued like any other.

    Raises Refused (also where the person may not prepare tasks for the unit), ValidationError by field.
    """
    on = day_of(at)
    document, proposal = _held(document, by, on), _locked(proposal_id)
    verdict = rules.can_answer(by, proposal, on).require()
    _check_answer(outcome, reason, document)
    if outcome == Outcome.NOT_TAKEN:
        raise ValidationError({"outcome": _("What is not taken becomes no task.")})
    proposal.issue = prepare_issue(document, proposal.held_by, [{"title": proposal.title}], by=by, at=at)
    proposal.save(update_fields=["issue"])
    _store_answer(proposal, outcome, reason, document, by, at)
    act = _record("proposal.answered", proposal, verdict, by, at, outcome=outcome, issue=proposal.issue_id)
    _tell_proposer("proposal_answered", proposal, act, at)
    return proposal


@transaction.atomic
def withdraw(proposal_id: int, *, by: Account, at: datetime) -> Proposal:
    """By who wrote it, while nobody has answered. Raises Refused."""
    proposal = _locked(proposal_id)
    verdict = rules.can_withdraw(by, proposal).require()
    proposal.outcome, proposal.answered_at, proposal.answered_on = Outcome.WITHDRAWN, at, day_of(at)
    proposal.save(update_fields=["outcome", "answered_at", "answered_on"])
    _record("proposal.withdrawn", proposal, verdict, by, at)
    return proposal
