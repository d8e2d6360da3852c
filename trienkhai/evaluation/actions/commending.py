"""A commendation is proposed with evidence, gets opinions, is decided with a number or refused with a reason."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents.models import Document
from trienkhai.evaluation import climbing, rules_commending
from trienkhai.evaluation.actions.locking import said
from trienkhai.evaluation.climbing_commending import behind
from trienkhai.evaluation.models import (
    Commendation,
    CommendationOpinion,
    CommendationPaper,
    CommendationState,
    Sheet,
    Step,
)
from trienkhai.evaluation.norms import forms_of
from trienkhai.notices.actions import tell
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account


def _note(verb: str, row: Commendation, verdict: Verdict, by: Account, at: datetime, **data: Any) -> Act:
    path = row.decider.path or ""
    label = f"{row.unit.short_name} {row.year}"
    return record(
        f"commendation.{verb}", row, by=actor(by, verdict.holding), at=at, unit_path=path, label=label, **data
    )


def _locked(pk: int) -> Commendation:
    rows = Commendation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present", "decider__present").get(pk=pk)


@transaction.atomic
def propose_commendation(
    unit: Unit,
    *,
    kind: str,
    name: str,
    form: str,
    year: int,
    achievement: str,
    sheet: Sheet | None = None,
    by: Account,
    at: datetime,
) -> Commendation:
    """Propose a cell, an organisation or a person to the unit above. Raises Refused; ValidationError by field.

    sheet: a decided evaluation that the proposal rests on.
    """
    words = said(achievement, "achievement", _("Say for what."))
    verdict = rules_commending.can_propose(by, unit, day_of(at)).require()
    decider = rules_commending.decider_for(unit)
    if decider is None:
        raise Refused(_("No unit stands above this one."))
    who = squeeze(name)[:250]
    if not who:
        raise ValidationError({"name": _("Say who is commended.")})
    if form not in forms_of(day_of(at), decider.path or ""):
        raise ValidationError({"form": _("No such form of commendation is known.")})
    if not 1990 <= year <= day_of(at).year:
        raise ValidationError({"year": _("The year lies ahead or too far back.")})
    if sheet is not None and sheet.step != Step.DECIDED:
        raise ValidationError({"sheet": _("This evaluation is not decided.")})
    row = Commendation.objects.create(
        unit=unit, decider=decider, kind=kind, name=who, form=form, year=year, achievement=words, sheet=sheet,
        proposed_by=by, proposed_at=at,
    )  # fmt: skip
    act = _note("proposed", row, verdict, by, at, kind=kind, form=form)
    url = reverse("evaluation:commendation", args=[row.pk])
    told: dict[str, Any] = {"url": url, "at": at, "act": act.pk, "unit": unit.short_name}
    tell(decider.pk, climbing.EVALUATORS, "commendation_proposed", **told)
    deciding = climbing.acting_unit(decider, climbing.DECIDERS, behind(row, day_of(at)), day_of(at))
    if deciding != decider:
        tell(deciding.pk, climbing.DECIDERS, "commendation_proposed", **told)
    return row


@transaction.atomic
def add_evidence(commendation_id: int, document: Document, *, by: Account, at: datetime) -> CommendationPaper:
    """A document of the system, once. Raises Refused."""
    row = _locked(commendation_id)
    verdict = rules_commending.can_change(by, row, day_of(at)).require()
    paper, made = CommendationPaper.objects.get_or_create(commendation=row, document=document)
    if made:
        _note("evidence_added", row, verdict, by, at, document=document.pk)
    return paper


@transaction.atomic
def give_opinion(commendation_id: int, *, text: str, by: Account, at: datetime) -> CommendationOpinion:
    words = said(text, "text", _("An opinion has words."))
    row = _locked(commendation_id)
    verdict = rules_commending.can_give_opinion(by, row, day_of(at)).require()
    label = actor(by, verdict.holding).post_label
    opinion = CommendationOpinion.objects.create(commendation=row, text=words, by=by, post_label=label, at=at)
    _note("opinion_given", row, verdict, by, at)
    return opinion


@transaction.atomic
def commend(commendation_id: int, *, number: str, decided_on: date, by: Account, at: datetime) -> Commendation:
    """Decide with number and day: it stands in the register. Raises Refused, ValidationError by field."""
    row = _locked(commendation_id)
    verdict = rules_commending.can_decide(by, row, day_of(at)).require()
    words = squeeze(number)[:40]
    if not words:
        raise ValidationError({"number": _("A decision has a number.")})
    if not row.proposed_at or not day_of(row.proposed_at) <= decided_on <= day_of(at):
        raise ValidationError({"decided_on": _("The day lies between the proposal and today.")})
    row.state, row.number, row.decided_on, row.decided_by = CommendationState.DECIDED, words, decided_on, by
    row.save()
    _tell(row, _note("decided", row, verdict, by, at, number=words, on=str(decided_on)), at)
    return row


@transaction.atomic
def refuse_commendation(commendation_id: int, *, reason: str, by: Account, at: datetime) -> Commendation:
    words = said(reason, "reason", _("Say why."))
    row = _locked(commendation_id)
    verdict = rules_commending.can_decide(by, row, day_of(at)).require()
    row.state, row.reason, row.decided_by = CommendationState.REFUSED, words, by
    row.save()
    _tell(row, _note("refused", row, verdict, by, at, personal={"reason": words}), at)
    return row


def _tell(row: Commendation, act: Act, at: datetime) -> None:
    url = reverse("evaluation:commendation", args=[row.pk])
    told = {"unit": row.decider.short_name}
    tell(row.unit_id, climbing.HEADS, "commendation_answered", url=url, at=at, act=act.pk, **told)
