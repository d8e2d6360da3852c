"""Who asks for opinions on a draft, who gives them, who answers them."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import YES, Verdict, no, yes
from trienkhai.documents.models import Document, Draft
from trienkhai.documents.rules import visible_documents
from trienkhai.documents.rules_drafting import visible_drafts
from trienkhai.feedback.models import Asked, ClauseOpinion, Consultation, Stance
from trienkhai.feedback.rules import SPEAKERS
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.rules import earlier_units, holding_at, reach_of
from trienkhai.people.models import Account

ASKERS = (Role.LEADER, Role.OFFICER, Role.SECRETARY)


def asking_ids(account: Account, on: date) -> set[int]:
    """Units for which the person asks others and answers what they say."""
    return {grant.unit_id for grant in reach_of(account, on).of(*ASKERS).able("prepare").grants}


def asking_units(account: Account, on: date) -> list[Unit]:
    rows = Unit.objects.filter(pk__in=asking_ids(account, on), path__isnull=False)
    return list(rows.select_related("present").order_by("path"))


def speaking_ids(account: Account, on: date) -> set[int]:
    """Units in whose name the person gives opinions."""
    return {grant.unit_id for grant in reach_of(account, on).of(*SPEAKERS).able("answer").grants}


def _reading_ids(account: Account, on: date) -> set[int]:
    """Units whose opinions the person reads: those, and units from which they took over."""
    return speaking_ids(account, on) | earlier_units(account, on, *SPEAKERS)


def consulted_drafts(account: Account, on: date) -> QuerySet[Draft]:
    """Drafts still written at units for which the person asks."""
    return visible_drafts(account, on).filter(unit__in=asking_ids(account, on), state="open")


def consulted_documents(account: Account, on: date) -> QuerySet[Document]:
    """Documents that units for which the person asks keep as their own: others are not theirs to hand round."""
    return visible_documents(account, on).filter(owner__in=asking_ids(account, on))


def can_consult(account: Account, unit: Unit, on: date) -> Verdict:
    holding = holding_at(account, unit, ASKERS, on, "prepare")
    return yes(holding) if holding else no(_("A leader or an officer of %(unit)s asks for opinions.") % {"unit": unit})


def _overseen(account: Account, on: date) -> Q:
    """Consultations that the person sees with all their opinions: of the own unit, an inspector's branch."""
    condition = Q(unit__in=asking_ids(account, on) | earlier_units(account, on, *ASKERS))
    inspecting = reach_of(account, on).of(Role.INSPECTOR)
    return condition | inspecting.q("unit__path") if inspecting.grants else condition


def visible_consultations(account: Account, on: date) -> QuerySet[Consultation]:
    asked = Asked.objects.filter(unit__in=_reading_ids(account, on)).values("consultation")
    return Consultation.objects.filter(_overseen(account, on) | Q(pk__in=asked))


def oversees(account: Account, consultation: Consultation, on: date) -> bool:
    return Consultation.objects.filter(_overseen(account, on), pk=consultation.pk).exists()


def visible_asked(account: Account, on: date) -> QuerySet[Asked]:
    """Whoever asks sees all who were asked; who was asked sees the own unit."""
    overseen = Consultation.objects.filter(_overseen(account, on)).values("pk")
    return Asked.objects.filter(Q(consultation__in=overseen) | Q(unit__in=_reading_ids(account, on)))


def visible_opinions(account: Account, on: date) -> QuerySet[ClauseOpinion]:
    """Opinions that were sent, to whoever asked and to the unit that gave them: others do not copy them."""
    return ClauseOpinion.objects.filter(asked__in=visible_asked(account, on), asked__sent_on__isnull=False)


def wanted_opinions(account: Account, on: date) -> QuerySet[Asked]:
    """Open consultations in which the person's units have not given their opinion."""
    rows = Asked.objects.filter(unit__in=speaking_ids(account, on), sent_on=None, released_on=None)
    return rows.filter(consultation__closed_on=None)


def unanswered_opinions(account: Account, on: date) -> QuerySet[ClauseOpinion]:
    """Other wordings that wait for an answer of the person's units."""
    asking = asking_ids(account, on)
    rows = ClauseOpinion.objects.filter(asked__consultation__unit__in=asking, asked__consultation__closed_on=None)
    return rows.filter(stance=Stance.OTHER, reply="", asked__sent_on__isnull=False).exclude(asked__sent_by=account)


def consultations_to_answer(account: Account, on: date) -> QuerySet[Consultation]:
    """Those with opinions that wait for an answer of the person's units."""
    waiting = unanswered_opinions(account, on).values("asked__consultation")
    return visible_consultations(account, on).filter(pk__in=waiting)


def taken_in(consultation: Consultation) -> Verdict:
    """No, with the sentence for whoever would still say or answer something."""
    if consultation.withdrawn:
        said = _("This consultation was withdrawn on %(day)s: opinions are read, none is given or answered any more.")
        return no(said % {"day": f"{consultation.closed_on:%d/%m/%Y}"})
    return YES if consultation.is_open else no(_("This consultation is closed."))


def can_opine(account: Account, asked: Asked, on: date) -> Verdict:
    """Late too, as long as the consultation is open; once."""
    if not (still := taken_in(asked.consultation)):
        return still
    if asked.released_on:
        return no(_("Nothing is expected of this unit any more."))
    if asked.sent_on:
        return no(_("The opinions of this unit have been sent."))
    holding = holding_at(account, asked.unit, SPEAKERS, on, "answer")
    return yes(holding) if holding else no(_("You hold no post at %(unit)s that may do this.") % {"unit": asked.unit})


def replying_as(account: Account, unit: Unit, on: date) -> list[frozenset[int]]:
    """For each holding by which the person answers opinions there: in whose names. One query for a page of them."""
    if not account.is_active:
        return []
    rows = Holding.objects.on(on).filter(account=account, post__unit=unit, post__role__in=ASKERS)
    return [row.behind for row in rows.select_related("principal") if row.allows("prepare")]


def is_answerable(opinion: ClauseOpinion, names: list[frozenset[int]]) -> bool:
    """Another wording, while the consultation is open, that was not sent by whoever would answer it (`replying_as`)."""
    asked = opinion.asked
    may = any(asked.sent_by_id not in behind for behind in names)
    return may and asked.consultation.is_open and opinion.stance == Stance.OTHER


def can_reply(account: Account, opinion: ClauseOpinion, on: date) -> Verdict:
    """By whoever asks, until the consultation is closed; nobody answers what they sent themselves."""
    consultation = opinion.asked.consultation
    if not (still := taken_in(consultation)):
        return still
    if not opinion.asked.sent_on or opinion.stance != Stance.OTHER:
        return no(_("Only another wording that was sent is answered."))
    besides = [pk for pk in (opinion.asked.sent_by_id,) if pk]
    holding = holding_at(account, consultation.unit, ASKERS, on, "prepare", besides=besides)
    if holding:
        return yes(holding)
    if account.pk == opinion.asked.sent_by_id:
        return no(_("Nobody answers an opinion that they sent themselves."))
    return no(_("A leader or an officer of %(unit)s answers it.") % {"unit": consultation.unit})


def needs_reason_to_close(consultation: Consultation, on: date) -> bool:
    """Before the day is over, while units that were asked have sent nothing."""
    awaited = consultation.asked.filter(sent_on=None, released_on=None)
    return consultation.is_open and on <= consultation.due_on and awaited.exists()


def can_close(account: Account, consultation: Consultation, on: date) -> Verdict:
    """When every other wording has its answer; who has not sent anything by then is shown so."""
    if not (still := taken_in(consultation)):
        return still
    verdict = can_consult(account, consultation.unit, on)
    if not verdict:
        return verdict
    sent = ClauseOpinion.objects.filter(asked__consultation=consultation, asked__sent_on__isnull=False)
    if left := sent.filter(stance=Stance.OTHER, reply="").count():
        return no(_("%(n)d opinions wait for an answer: answer each, then close.") % {"n": left})
    return verdict


def can_withdraw(account: Account, consultation: Consultation, on: date) -> Verdict:
    """While it is open, by whoever may ask."""
    return can_consult(account, consultation.unit, on) if (still := taken_in(consultation)) else still


def can_move_day(account: Account, consultation: Consultation, on: date) -> Verdict:
    """By whoever may ask; of a closed one, which opens again, only before its summary or the draft was issued."""
    if consultation.withdrawn:
        return taken_in(consultation)
    if consultation.summary_on:
        said = _("The summary of opinions was issued on %(day)s: opinions are not taken in again.")
        return no(said % {"day": f"{consultation.summary_on:%d/%m/%Y}"})
    if not consultation.is_open and consultation.draft and consultation.draft.document_id:
        return no(_("The draft has been issued as a document: opinions on it are not taken in again."))
    return can_consult(account, consultation.unit, on)


def can_tell_summary(account: Account, consultation: Consultation, on: date) -> Verdict:
    """That the table was issued: once, after the closing."""
    if consultation.withdrawn:
        return taken_in(consultation)
    if consultation.is_open:
        return no(_("Close the consultation first."))
    if consultation.summary_on:
        return no(_("It stands here already under which number the summary was issued."))
    return can_consult(account, consultation.unit, on)
