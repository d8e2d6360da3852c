"""Indicators when a unit moves: who holds them stays, its values count where it stands on each period's last day; what
was given by a unit that is no longer above needs a decision and is named as a broken chain at once.
"""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.indicators.models import Fault, FaultKind, Holder, Value
from trienkhai.orgs.succession import Carrier, Move


def _held(path: str) -> QuerySet[Holder]:
    return Holder.objects.filter(paths.within(path, "unit__path"))


def _undecided(move: Move) -> QuerySet[Holder]:
    """Given to units that move by units that are not above their new place."""
    above = [move.new_path[:end] for end in range(paths.WIDTH, len(move.new_path), paths.WIDTH)]
    inside = paths.within(move.new_path, "giver__path")
    given = _held(move.new_path).exclude(giver=F("unit")).exclude(inside)
    return given.exclude(Q(giver__path__in=above))


def _count(move: Move) -> dict[str, int]:
    """Called after the paths were rewritten."""
    return {
        "indicators_held": _held(move.new_path).count(),
        "indicator_values": Value.objects.in_work().filter(paths.within(move.new_path, "holder__unit__path")).count(),
        "indicators_to_decide": _undecided(move).count(),
    }


def _hold(move: Move) -> None:
    list(_held(move.old_path).select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))


def _carry(move: Move, by: Actor, at: datetime) -> None:
    on = day_of(at)
    rows = _undecided(move).filter(valid_to__gt=on).order_by("pk")
    known = set(Fault.objects.filter(kind=FaultKind.OUTSIDE).values_list("indicator", "unit"))
    Fault.objects.bulk_create(
        Fault(indicator_id=row.indicator_id, unit_id=row.unit_id, kind=FaultKind.OUTSIDE, found_on=on)
        for row in rows
        if (row.indicator_id, row.unit_id) not in known
    )


carrier = Carrier("indicators", count=_count, hold=_hold, carry=_carry)
