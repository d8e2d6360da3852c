"""When a unit ends, its successor (or the unit above) answers the open proposals it held and keeps the feedback given
to it; criticism of a person who reads or leads there is carried past that unit like any other."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.feedback.models import Letter, PendingLetter, Proposal, Remark
from trienkhai.feedback.rules import place_of_remark
from trienkhai.orgs import journal
from trienkhai.orgs.succession import CONTINUE, UP, Carrier, Ending, Kind


def _open(ending: Ending) -> QuerySet[Proposal]:
    return Proposal.objects.filter(held_by=ending.unit, outcome="")


def _remarks(ending: Ending) -> QuerySet[Remark]:
    return Remark.objects.filter(unit=ending.unit)


def _letters(ending: Ending) -> QuerySet[Letter]:
    return Letter.objects.filter(unit=ending.unit)


PROPOSALS = Kind("proposals", gettext_lazy("open proposals"), (CONTINUE, UP), _open)
REMARKS = Kind("remarks", gettext_lazy("feedback by name"), (CONTINUE, UP), _remarks)
LETTERS = Kind("letters", gettext_lazy("feedback without a name"), (CONTINUE, UP), _letters)


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    for heir, ids in PROPOSALS.shares(ending):
        journal.update(Proposal.objects.filter(pk__in=ids), held_by=heir)
    for heir, ids in LETTERS.shares(ending):
        journal.update(Letter.objects.filter(pk__in=ids), unit=heir)
    for heir, ids in REMARKS.shares(ending):
        for row in Remark.objects.filter(pk__in=ids):
            journal.update(
                Remark.objects.filter(pk=row.pk), unit=place_of_remark(heir, row.about_id, ending.on) or heir
            )
    PendingLetter.objects.filter(unit=ending.unit).update(unit=ending.successor)


carrier = Carrier("feedback", kinds=(PROPOSALS, REMARKS, LETTERS), carry_ending=_carry_ending)
