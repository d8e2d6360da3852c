"""When a unit ends, its successor (or the unit above) answers the open proposals it held and keeps the feedback given
to it, where somebody reads feedback there, else the nearest unit above; criticism of a person who reads or leads there
is carried past that unit like any other. Consultations that it opened go on with the successor, who also gives the
opinions it still owed, unless it was asked itself."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.feedback.models import Asked, Consultation, Letter, PendingLetter, Proposal, Remark
from trienkhai.feedback.rules import nearest_receiving, place_of_remark, posts_of
from trienkhai.notices.actions import tell_posts
from trienkhai.orgs import journal
from trienkhai.orgs.succession import CONTINUE, UP, Carrier, Ending, Kind


def _open(ending: Ending) -> QuerySet[Proposal]:
    return Proposal.objects.filter(held_by=ending.unit, outcome="")


def _remarks(ending: Ending) -> QuerySet[Remark]:
    return Remark.objects.filter(unit=ending.unit)


def _letters(ending: Ending) -> QuerySet[Letter]:
    return Letter.objects.filter(unit=ending.unit)


def _consultations(ending: Ending) -> QuerySet[Consultation]:
    return Consultation.objects.filter(unit=ending.unit, closed_on=None)


def _owed(ending: Ending) -> QuerySet[Asked]:
    return Asked.objects.filter(unit=ending.unit, sent_on=None, released_on=None, consultation__closed_on=None)


PROPOSALS = Kind("proposals", gettext_lazy("open proposals"), (CONTINUE, UP), _open)
REMARKS = Kind("remarks", gettext_lazy("feedback by name"), (CONTINUE, UP), _remarks)
LETTERS = Kind("letters", gettext_lazy("feedback without a name"), (CONTINUE, UP), _letters)
CONSULTATIONS = Kind("consultations", gettext_lazy("open consultations on drafts"), (CONTINUE, UP), _consultations)
OWED = Kind("owed_opinions", gettext_lazy("opinions on drafts not given yet"), (CONTINUE, UP), _owed)


def _carry_consultations(ending: Ending) -> None:
    """Opinions owed first: a successor that is asked itself, or asks, owes nothing twice."""
    for heir, ids in OWED.shares(ending):
        rows = Asked.objects.filter(pk__in=ids)
        own = rows.filter(Q(consultation__unit=heir) | Q(consultation__asked__unit=heir))
        twice = list(own.values_list("pk", flat=True).distinct())
        journal.update(Asked.objects.filter(pk__in=twice), released_on=ending.on)
        journal.update(rows.exclude(pk__in=twice), unit=heir)
    for heir, ids in CONSULTATIONS.shares(ending):
        journal.update(Consultation.objects.filter(pk__in=ids), unit=heir)
        asked = Asked.objects.filter(consultation__in=ids, unit=heir, sent_on=None, released_on=None)
        journal.update(asked, released_on=ending.on)


def _carry_feedback(ending: Ending, at: datetime) -> None:
    """To where somebody reads it: the heir or the nearest unit above. Its posts are told of what is open."""
    for heir, ids in LETTERS.shares(ending):
        rows, place = Letter.objects.filter(pk__in=ids), nearest_receiving(heir, ending.on)
        journal.update(rows, unit=place)
        if left := rows.filter(answered_on=None).count():
            url = reverse("feedback:letters")
            tell_posts(posts_of(place.pk), "letters_released", url=url, at=at, count=left)
    for heir, ids in REMARKS.shares(ending):
        for row in Remark.objects.filter(pk__in=ids):
            place = place_of_remark(heir, row.about_id, ending.on) or nearest_receiving(heir, ending.on)
            journal.update(Remark.objects.filter(pk=row.pk), unit=place)
            if row.answered_at is None:
                url = reverse("feedback:remark", args=[row.pk])
                tell_posts(posts_of(place.pk), "remark_given", url=url, at=at)
    place = nearest_receiving(ending.successor, ending.on)
    PendingLetter.objects.filter(unit=ending.unit).update(unit=place)


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    for heir, ids in PROPOSALS.shares(ending):
        journal.update(Proposal.objects.filter(pk__in=ids), held_by=heir)
    _carry_feedback(ending, at)
    _carry_consultations(ending)


carrier = Carrier("feedback", kinds=(PROPOSALS, REMARKS, LETTERS, CONSULTATIONS, OWED), carry_ending=_carry_ending)
