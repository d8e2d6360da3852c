"""Partnerships and their papers; opinions asked, answered, withdrawn."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.notices.actions import tell
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks import rules_coordinating as rules
from trienkhai.tasks.models import CoordinationPaper, Opinion, Partnership
from trienkhai.tasks.rules import HOLDERS


@transaction.atomic
def open_partnership(
    unit: Unit,
    partner: Unit,
    *,
    valid_from: date,
    valid_to: date = OPEN_END,
    basis: str = "",
    by: Account,
    at: datetime,
) -> Partnership:
    """A body outside the tree stands at the agency of `unit` from that day; `valid_to`: the first day after its end.

    Raises ValidationError (a unit of the tree, days that run backward or overlap) or Refused.
    """
    locked = Unit.objects.select_for_update(of=("self",)).select_related("present").get(pk=unit.pk)
    verdict = rules.can_keep_partners(by, locked, day_of(at)).require()
    if not partner.external:
        raise ValidationError({"partner": _("A partner is a body outside the tree.")})
    if valid_to <= valid_from:
        raise ValidationError({"valid_to": _("The last day lies before the first.")})
    rows = Partnership.objects.filter(unit=locked, partner=partner)
    if rows.filter(valid_from__lt=valid_to, valid_to__gt=valid_from).exists():
        raise ValidationError({"valid_from": _("The two are partners already in these days.")})
    made = Partnership.objects.create(
        unit=locked, partner=partner, valid_from=valid_from, valid_to=valid_to, basis=basis.strip()
    )
    _noted("partnership.opened", made, verdict, by, at, partner=partner.code, valid_from=str(valid_from))
    return made


@transaction.atomic
def end_partnership(partnership_id: int, *, last_day: date, basis: str, by: Account, at: datetime) -> Partnership:
    """Its last day, on the ground of a decision. The past stays readable; nothing new is added after it."""
    rows = Partnership.objects.select_for_update(of=("self",)).select_related("unit__present", "partner__present")
    found = rows.get(pk=partnership_id)
    verdict = rules.can_end_partnership(by, found, day_of(at)).require()
    if last_day < found.valid_from:
        raise ValidationError({"last_day": _("The last day lies before the first.")})
    if last_day >= OPEN_END:
        raise ValidationError({"last_day": _("This day lies too far away.")})
    if not basis.strip():
        raise ValidationError({"basis": _("Name the decision that ends it.")})
    found.valid_to, found.end_basis = last_day + timedelta(days=1), basis.strip()
    found.save(update_fields=["valid_to", "end_basis"])
    _noted("partnership.ended", found, verdict, by, at, last_day=str(last_day))
    return found


@transaction.atomic
def add_paper(
    partnership_id: int,
    document: Document,
    *,
    kind: str,
    valid_from: date | None = None,
    opinion: Opinion | None = None,
    by: Account,
    at: datetime,
) -> CoordinationPaper:
    """A document of the register becomes the regulation of a partnership, or a joint conclusion of both.

    valid_from: else the document's day. A regulation ends the one before it. opinion: what a conclusion closes.
    Raises ValidationError (a paper the person does not see, one that is there already) or Refused.
    """
    found = _partnership(partnership_id)
    day = day_of(at)
    verdict = rules.can_add_paper(by, found, day).require()
    if kind not in CoordinationPaper.Kind.values:
        raise ValidationError({"kind": _("Choose what the paper is.")})
    if not visible_documents(by, day).filter(pk=document.pk).exists():
        raise ValidationError({"document": _("Choose a document of the register that you see.")})
    if opinion and opinion.partnership_id != found.pk:
        raise ValidationError({"opinion": _("This request belongs to another partner.")})
    if found.papers.filter(document=document).exists():
        raise ValidationError({"document": _("This document is among the papers already.")})
    begins = valid_from or document.issued_on or day
    if kind == CoordinationPaper.Kind.REGULATION:
        earlier = found.papers.filter(kind=kind, valid_to__gt=begins)
        if earlier.filter(valid_from__gte=begins).exists():
            raise ValidationError({"valid_from": _("A later regulation is in force already.")})
        earlier.update(valid_to=begins)
    made = CoordinationPaper.objects.create(
        partnership=found, kind=kind, document=document, opinion=opinion, valid_from=begins, by=by, at=at
    )
    _noted("partnership.paper_added", found, verdict, by, at, kind=kind, document=document.pk)
    return made


def _partnership(pk: int) -> Partnership:
    rows = Partnership.objects.select_for_update(of=("self",)).select_related("unit__present", "partner__present")
    return rows.get(pk=pk)


@transaction.atomic
def ask_opinion(
    asker: Unit,
    asked: Unit,
    *,
    subject: str,
    question: str = "",
    due_on: date,
    document: Document | None = None,
    by: Account,
    at: datetime,
) -> Opinion:
    """Ask a partner or a unit of the tree for its opinion; those who answer for it are told.

    A body outside the tree is asked through a partnership that holds that day.
    Raises ValidationError or Refused; nothing is then stored.
    """
    day = day_of(at)
    partnership = _partnership_with(asker, asked, day) if asked.external else None
    if partnership:
        verdict = rules.can_ask_partner(by, asker, partnership, day).require()
    else:
        verdict = rules.can_ask(by, asker, day).require()
    if asked.pk == asker.pk:
        raise ValidationError({"asked": _("A unit does not ask itself.")})
    if not subject.strip():
        raise ValidationError({"subject": _("Say what the opinion is asked on.")})
    if due_on < day:
        raise ValidationError({"due_on": _("The day lies in the past.")})
    if document and not visible_documents(by, day).filter(pk=document.pk).exists():
        raise ValidationError({"document": _("Choose a document of the register that you see.")})
    made = Opinion.objects.create(
        asker=asker,
        asked=asked,
        partnership=partnership,
        subject=subject.strip(),
        question=question.strip(),
        document=document,
        due_on=due_on,
        by=by,
        principal=_principal(verdict),
        at=at,
        on=day,
    )
    act = _noted("opinion.asked", made, verdict, by, at, asked=asked.code, due_on=str(due_on))
    words = {"unit": asker.short_name, "due": f"{due_on:%d/%m/%Y}"}
    tell(asked.pk, HOLDERS, "opinion_asked", url=_url(made), at=at, act=act.pk, **words)
    return made


def _partnership_with(asker: Unit, asked: Unit, day: date) -> Partnership:
    """The partnership through which a body outside is asked: one that holds, of the branch of the asker."""
    rows = Partnership.objects.select_for_update(of=("self",)).select_related("unit__present").filter(partner=asked)
    known = sorted(rows, key=lambda row: (row.holds_on(day), paths.is_within(row.unit.path or "", asker.path or "")))
    if not known:
        raise Refused(_("This body is no partner: name first at whose agency it stands."))
    return known[-1]


def _principal(verdict: Verdict) -> Account | None:
    principal = verdict.holding.principal if verdict.holding else None
    return principal.account if principal else None


def _url(opinion: Opinion) -> str:
    return reverse("tasks:opinion", args=[opinion.pk])


def _noted(
    verb: str,
    target: Partnership | Opinion,
    verdict: Verdict,
    by: Account,
    at: datetime,
    *,
    reason: str = "",
    **data: Any,
) -> Act:
    """The act, which names the units and keeps what a person wrote apart."""
    if isinstance(target, Partnership):
        label = f"{target.unit.short_name} – {target.partner.short_name}"
    else:
        label = f"{target.asker.short_name} – {target.asked.short_name}, #{target.pk}"
    said = {"reason": reason.strip()} if reason.strip() else None
    return record(verb, target, by=actor(by, verdict.holding), at=at, label=label, personal=said, **data)


def _opinion(pk: int) -> Opinion:
    rows = Opinion.objects.select_for_update(of=("self",)).select_related("asker__present", "asked__present")
    return rows.get(pk=pk)


@transaction.atomic
def answer_opinion(
    opinion_id: int, *, answer: str, document: Document | None = None, by: Account, at: datetime
) -> Opinion:
    """The unit that was asked answers, or the asker records the answer from the paper in which it came.

    An answer by paper counts for the day of the paper. A late answer is taken. The asker is told.
    Raises ValidationError or Refused.
    """
    opinion, day = _opinion(opinion_id), day_of(at)
    verdict = rules.can_answer_opinion(by, opinion, day, from_paper=document is not None).require()
    if not answer.strip():
        raise ValidationError({"answer": _("Say what the answer is.")})
    if document and not visible_documents(by, day).filter(pk=document.pk).exists():
        raise ValidationError({"document": _("Choose a document of the register that you see.")})
    answered = document.issued_on if document and document.issued_on else day
    if not opinion.on <= answered <= day:
        raise ValidationError({"document": _("The paper is dated before the request or in the future.")})
    opinion.answer, opinion.answer_document, opinion.answered_on = answer.strip(), document, answered
    opinion.answered_by, opinion.answered_for = by, _principal(verdict)
    opinion.save(update_fields=["answer", "answer_document", "answered_on", "answered_by", "answered_for"])
    late = opinion.late_on(day)
    paper = document.pk if document else None
    act = _noted("opinion.answered", opinion, verdict, by, at, late=late, document=paper)
    words = {"unit": opinion.asked.short_name}
    tell(opinion.asker_id, rules.ASKERS, "opinion_answered", url=_url(opinion), at=at, act=act.pk, **words)
    return opinion


@transaction.atomic
def withdraw_opinion(opinion_id: int, *, reason: str, by: Account, at: datetime) -> Opinion:
    """The asker no longer needs it; the unit that was asked is told."""
    opinion, day = _opinion(opinion_id), day_of(at)
    verdict = rules.can_withdraw_opinion(by, opinion, day).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    opinion.withdrawn_on, opinion.withdrawn_reason = day, reason.strip()
    opinion.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    act = _noted("opinion.withdrawn", opinion, verdict, by, at, reason=reason)
    words = {"unit": opinion.asker.short_name}
    tell(opinion.asked_id, HOLDERS, "opinion_withdrawn", url=_url(opinion), at=at, act=act.pk, **words)
    return opinion
