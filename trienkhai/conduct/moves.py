"""Commitments of the year go with their people to the successor of a unit that ends; past years, numbers, themes and
examples stay where they were told."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common.verdict import Refused
from trienkhai.conduct.models import Commitment
from trienkhai.orgs import journal
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, UP, Carrier, Ending, Kind, TakenBack, numbered


def _going_on(ending: Ending) -> QuerySet[Commitment]:
    return Commitment.objects.filter(unit=ending.unit, ended="", year__gte=ending.on.year)


COMMITMENTS = Kind(
    "commitments",
    pgettext_lazy("conduct", "commitments of the year"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    _going_on,
    words=lambda row: numbered(row, kind=str(row.year)),
)


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    list(_going_on(ending).select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))
    if COMMITMENTS.closes(ending):
        journal.update(_going_on(ending), ended=str(_("The unit ended.")))
    for heir, ids in COMMITMENTS.shares(ending):
        journal.update(Commitment.objects.filter(pk__in=ids), unit=heir)


def _unsettle(taken: TakenBack) -> None:
    """A commitment that would go on again must be the only one of its person and year."""
    for row in Commitment.objects.filter(pk__in=taken.changed.get(Commitment, {})).exclude(ended=""):
        others = Commitment.objects.going_on().filter(year=row.year, account=row.account_id, member=row.member_id)
        if others.exists():
            raise Refused(_("Whoever had a commitment there has made another one since."))


carrier = Carrier("conduct", kinds=(COMMITMENTS,), carry_ending=_carry_ending, unsettle=_unsettle)
