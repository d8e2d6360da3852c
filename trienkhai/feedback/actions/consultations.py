"""A consultation on a draft is opened, opinions are given clause by clause, each is answered, it is closed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from trienkhai.documents.actions.locking import hold_document
from trienkhai.documents.models import Document, Draft
from trienkhai.feedback import rules_consulting as rules
from trienkhai.feedback.actions.holding import hold_units
from trienkhai.feedback.models import Asked, ClauseOpinion, Consultation, Passage, Reply, Stance
from trienkhai.feedback.queries.passages import WHOLE, Words, clauses_of, stamp_of
from trienkhai.feedback.rules import SPEAKERS
from trienkhai.notices.actions import tell
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.orgs.queries import standing_for
from trienkhai.people.models import Account


@dataclass(frozen=True)
class Question:
    """What is asked, of whom, until when. `clauses`: numbers of those asked about, from 0; None for all of them.

    `stamp`: of the source as the person saw it, '' where nobody looked at it before.
    """

    due_on: date
    units: Sequence[Unit]
    text: str = ""
    clauses: Collection[int] | None = None
    stamp: str = ""


@dataclass(frozen=True)
class Said:
    """What a unit says of one clause."""

    stance: str
    wording: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Opinions:
    """All that a unit says: by passage. `base`: the version that the writer began from."""

    said: Mapping[int, Said] = field(default_factory=dict)
    base: int = 0


@transaction.atomic
def open_consultation(
    unit: Unit, source: Draft | Document, question: Question, *, by: Account, at: datetime
) -> Consultation:
    """Put the clauses of a draft or a document before units. Each is told.

    Raises Refused; ValidationError by field.
    """
    on, units = day_of(at), hold_units(unit, *question.units)
    held = _held(source, unit, by, on)
    unit, question = units[unit.pk], replace(question, units=[units[one.pk] for one in question.units])
    verdict = rules.can_consult(by, unit, on).require()
    _check_question(question, unit, on)
    clauses = _chosen(held, question)
    made = Consultation.objects.create(
        unit=unit,
        draft=held if isinstance(held, Draft) else None,
        document=held if isinstance(held, Document) else None,
        title=_title_of(held),
        question=question.text.strip(),
        due_on=question.due_on,
        opened_by=by,
        opened_at=at,
        opened_on=on,
    )
    passages = [Words(WHOLE, ""), *clauses]
    Passage.objects.bulk_create(
        Passage(consultation=made, position=number, label=one.label, text=one.text)
        for number, one in enumerate(passages)
    )
    Asked.objects.bulk_create(Asked(consultation=made, unit=one) for one in question.units)
    act = note("consultation.opened", made, verdict, by, at, count=len(question.units))
    words = {"unit": unit.short_name, "due": f"{question.due_on:%d/%m/%Y}"}
    for one in question.units:
        tell(one.pk, SPEAKERS, "consultation_opened", url=url_of(made), at=at, act=act.pk, **words)
    return made


def _held(source: Draft | Document, unit: Unit, by: Account, on: date) -> Draft | Document:
    """The source, locked until the end: whoever locks a document away waits. Raises Refused."""
    if isinstance(source, Document):
        seen = rules.consulted_documents(by, on).filter(owner=unit).values("pk")
        return hold_document(Document.objects.filter(pk=source.pk, pk__in=seen))
    own = rules.consulted_drafts(by, on).filter(unit=unit).values("pk")
    rows = Draft.objects.select_for_update(of=("self",), no_key=True)
    held = rows.filter(pk=source.pk, pk__in=own).first()
    if held is None:
        raise Refused(_("The draft was issued or put aside; make a copy to go on writing."))
    return held


def _check_question(question: Question, unit: Unit, on: date) -> None:
    if question.due_on < on:
        raise ValidationError({"due_on": _("The day lies in the past.")})
    if not question.units:
        raise ValidationError({"units": _("Name the units you ask.")})
    for one in question.units:
        if one.pk == unit.pk:
            raise ValidationError({"units": _("A unit does not ask itself.")})
        if one.external or one.path is None or one.closed_on <= on:
            raise ValidationError({"units": _("%(unit)s cannot be asked here today.") % {"unit": one}})


def _chosen(source: Draft | Document, question: Question) -> list[Words]:
    if question.stamp and question.stamp != stamp_of(source):
        raise ValidationError({"clauses": _("The text was changed in the meantime: look at the clauses once more.")})
    clauses = clauses_of(source)
    if not clauses:
        raise Refused(_("There is no text to give an opinion on yet."))
    if question.clauses is None:
        return clauses
    chosen = [one for number, one in enumerate(clauses) if number in set(question.clauses)]
    if not chosen:
        raise ValidationError({"clauses": _("Choose at least one clause.")})
    return chosen


def _title_of(source: Draft | Document) -> str:
    if isinstance(source, Draft):
        return source.title
    return squeeze(f"{source.doc_type} {source.symbol} {source.title}")[:1000]


def url_of(consultation: Consultation) -> str:
    return reverse("feedback:consultation", args=[consultation.pk])


def note(verb: str, consultation: Consultation, verdict: Verdict, by: Account, at: datetime, **data: Any) -> Act:
    """The act names it by its number: what is being drafted is not for the log."""
    path, label = consultation.unit.path or "", _("no. %(n)d") % {"n": consultation.pk}
    return record(verb, consultation, by=actor(by, verdict.holding), at=at, unit_path=path, label=label, **data)


def locked_consultation(consultation_id: int) -> Consultation:
    """Opinions, answers and the closing wait for each other."""
    rows = Consultation.objects.select_for_update(of=("self",)).select_related("unit__present")
    return rows.get(pk=consultation_id)


@transaction.atomic
def store_opinions(asked_id: int, opinions: Opinions, *, send: bool = False, by: Account, at: datetime) -> Asked:
    """Store what the unit says so far, in place of what stood; with `send` it is given, and stands.

    Raises Refused; ValidationError: by field `said_<passage>` for a clause, without one for the whole, with the code
    `overtaken` when another person stored something since.
    """
    on = day_of(at)
    consultation = locked_consultation(Asked.objects.values_list("consultation", flat=True).get(pk=asked_id))
    asked = Asked.objects.select_related("unit__present").get(pk=asked_id)
    asked.consultation = consultation
    verdict = rules.can_opine(by, asked, on).require()
    if asked.version != opinions.base:
        sentence = _("Another person of your unit has stored opinions in the meantime; nothing has been stored now.")
        raise ValidationError(sentence, code="overtaken")
    _check_said(consultation, opinions.said)
    if send and not opinions.said:
        raise ValidationError(_("Say at least whether you agree with the draft as a whole."))
    asked.opinions.all().delete()
    ClauseOpinion.objects.bulk_create(
        ClauseOpinion(
            asked=asked, passage_id=pk, stance=one.stance, wording=one.wording.strip(), reason=one.reason.strip()
        )
        for pk, one in sorted(opinions.said.items())
    )
    asked.version += 1
    if send:
        asked.sent_by, asked.sent_on = by, on
    asked.save(update_fields=["version", "sent_by", "sent_on"])
    verb = "consultation.opinions_sent" if send else "consultation.opinions_stored"
    act = note(verb, consultation, verdict, by, at, unit=asked.unit.name)
    if send:
        words = {"unit": asked.unit.short_name, "number": consultation.pk}
        url = url_of(consultation)
        tell(consultation.unit_id, rules.ASKERS, "consultation_opined", url=url, at=at, act=act.pk, **words)
    return asked


def _check_said(consultation: Consultation, said: Mapping[int, Said]) -> None:
    known = set(consultation.passages.values_list("pk", flat=True))
    faults = {}
    for pk, one in said.items():
        if pk not in known or one.stance not in Stance.values:
            raise ValidationError(_("Choose one of the values shown."))
        if one.stance == Stance.AGREES and one.wording.strip():
            faults[f"said_{pk}"] = _("Whoever agrees gives no other wording.")
        elif one.stance == Stance.OTHER and not one.wording.strip():
            faults[f"said_{pk}"] = _("Say which wording you want.")
        elif one.stance == Stance.OTHER and not one.reason.strip():
            faults[f"said_{pk}"] = _("Say why.")
    if faults:
        raise ValidationError(faults)


@transaction.atomic
def reply(opinion_id: int, outcome: str, reason: str, *, by: Account, at: datetime) -> ClauseOpinion:
    """Taken, in part or not; why is said for all that is not taken as it stands. It may be changed until the closing.

    Raises Refused, ValidationError by field.
    """
    on = day_of(at)
    ids = ClauseOpinion.objects.values_list("asked__consultation", flat=True)
    consultation = locked_consultation(ids.get(pk=opinion_id))
    opinion = ClauseOpinion.objects.select_related("asked__unit__present").get(pk=opinion_id)
    opinion.asked.consultation = consultation
    verdict = rules.can_reply(by, opinion, on).require()
    if outcome not in Reply.values:
        raise ValidationError({"reply": _("Choose one of the values shown.")})
    if outcome != Reply.TAKEN and not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    opinion.reply, opinion.reply_reason, opinion.replied_by, opinion.replied_on = outcome, reason.strip(), by, on
    opinion.save(update_fields=["reply", "reply_reason", "replied_by", "replied_on"])
    note("consultation.replied", consultation, verdict, by, at, unit=opinion.asked.unit.name, outcome=outcome)
    return opinion


@transaction.atomic
def close_consultation(consultation_id: int, *, reason: str = "", by: Account, at: datetime) -> Consultation:
    """Nothing is taken in or answered any more; all who were asked are told. `reason`: needed before the day, while
    somebody has sent nothing. Raises Refused, ValidationError by field.
    """
    consultation, on = locked_consultation(consultation_id), day_of(at)
    verdict = rules.can_close(by, consultation, on).require()
    if rules.needs_reason_to_close(consultation, on) and not reason.strip():
        raise ValidationError({"reason": _("Units may still send their opinions until the day: say why it ends now.")})
    consultation.closed_by, consultation.closed_on, consultation.closing_reason = by, on, reason.strip()
    consultation.save(update_fields=["closed_by", "closed_on", "closing_reason"])
    act = note("consultation.closed", consultation, verdict, by, at)
    words = {"unit": consultation.unit.short_name, "number": consultation.pk}
    for asked in consultation.asked.filter(released_on=None).select_related("unit").order_by("pk"):
        kind = "consultation_closed" if asked.sent_on else "consultation_missed"
        unit = standing_for(asked.unit, on)
        tell(unit.pk, SPEAKERS, kind, url=url_of(consultation), at=at, act=act.pk, **words)
    return consultation
