"""A ladder goes along when its unit changes its place."""

from datetime import datetime

from django.db.models import QuerySet

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.norms.models import Norm
from trienkhai.orgs import journal
from trienkhai.orgs.succession import Carrier, Move
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


carrier = Carrier("urging", count=_count, hold=_hold, carry=_carry)
