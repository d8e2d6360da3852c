"""A ladder goes along when its unit changes its place; when the unit ends its successor may go on with it."""

from datetime import datetime

from django.db.models import Exists, QuerySet
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.norms.models import Norm
from trienkhai.orgs import journal
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import CLOSE, CONTINUE, Carrier, Ending, Kind, Move
from trienkhai.urging.ladder import KEY


def _ladders(path: str) -> QuerySet[Norm]:
    return Norm.objects.filter(paths.within(path, "place"), key=KEY)


def _count(move: Move) -> dict[str, int]:
    return {"ladders": _ladders(move.old_path).count()}


def _hold(move: Move) -> None:
    list(_ladders(move.old_path).select_for_update().order_by("pk"))


def _carry(move: Move, by: Actor, at: datetime) -> None:
    for row in _ladders(move.old_path):
        row.place = move.new_path + row.place[len(move.old_path) :]
        journal.save(row, fields=["place"])


def _own(end: Ending) -> QuerySet[Norm]:
    """The unit's ladders that hold or are to hold, while it stands."""
    stands = Unit.objects.filter(pk=end.unit.pk, closed_on__gt=end.on)
    return Norm.objects.filter(Exists(stands), key=KEY, place=end.unit.path, valid_to__gt=end.on)


OWN = Kind(
    "ladders", gettext_lazy("its own ladder of urging (closed: its heirs urge by their own)"), (CLOSE, CONTINUE), _own
)


def _carry_ending(end: Ending, by: Actor, at: datetime) -> None:
    """The successor goes on with the ladder unless it has one of its own; where the unit stood it holds no longer."""
    rows = Norm.objects.filter(pk__in=OWN.ids(end))
    for heir, _ids in OWN.shares(end):
        own = Norm.objects.filter(key=KEY, place=heir.path, valid_to__gt=end.on)
        copies = [] if own.exists() else list(rows.order_by("pk"))
        for copy in copies:
            copy.pk, copy.place, copy.valid_from = None, heir.path or "", max(end.on, copy.valid_from)
            copy._state.adding = True
            copy.save()
        journal.created(copies)
    journal.delete(rows.filter(valid_from__gte=end.on))
    journal.update(rows, valid_to=end.on)


carrier = Carrier("urging", count=_count, hold=_hold, carry=_carry, kinds=(OWN,), carry_ending=_carry_ending)
