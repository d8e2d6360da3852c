"""Indicators when a unit moves or ends. Who holds them stays, and values count where the unit stands on each period's
last day; what was given by a unit that is no longer above needs a decision and is named as a broken chain at once. When
a unit ends its successor holds, gives and owns them from that day on; what it told stays its own.
"""

from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.indicators.models import Fault, FaultKind, Holder, Indicator, Value
from trienkhai.orgs.succession import Carrier, Ending, Move


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


def _owned(ending: Ending) -> QuerySet[Indicator]:
    return Indicator.objects.filter(unit=ending.unit, valid_to__gt=ending.on)


def _holding(ending: Ending) -> QuerySet[Holder]:
    return Holder.objects.filter(unit=ending.unit, valid_to__gt=ending.on, indicator__valid_to__gt=ending.on)


def _count_ending(ending: Ending) -> dict[str, int]:
    return {"indicators": _owned(ending).count(), "indicators_held": _holding(ending).count()}


def _needs_decision(ending: Ending) -> list[str]:
    """An own indicator whose code the successor uses too: close one of the two first."""
    theirs = Indicator.objects.filter(unit=ending.successor).values("code")
    sentence = _("The successor has an indicator %(code)s too: close one of the two first.")
    return [sentence % {"code": row.code} for row in _owned(ending).filter(code__in=theirs).order_by("code")]


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    """The successor owns, holds and gives from that day on; one that holds an indicator already goes on as it does."""
    unit, successor = ending.unit, ending.successor
    held = list(_holding(ending).select_for_update(of=("self",), no_key=True).order_by("pk"))
    _owned(ending).update(unit=successor)
    known = set(Holder.objects.filter(unit=successor, valid_to__gt=ending.on).values_list("indicator", flat=True))
    for row in held:
        if row.indicator_id not in known:
            own = row.giver_id == unit.pk
            Holder.objects.update_or_create(
                indicator_id=row.indicator_id,
                unit=successor,
                defaults={"giver_id": successor.pk if own else row.giver_id, "valid_to": OPEN_END, "end_reason": ""},
                create_defaults={
                    "giver_id": successor.pk if own else row.giver_id,
                    "enters": row.enters,
                    "weight": row.weight,
                    "valid_from": max(ending.on, row.valid_from),
                },
            )
        row.valid_to, row.end_reason = max(ending.on, row.valid_from), _("The unit ended.")
        row.save(update_fields=["valid_to", "end_reason"])
    Holder.objects.filter(giver=unit).exclude(unit=successor).exclude(unit=unit).update(giver=successor)


carrier = Carrier(
    "indicators",
    count=_count,
    hold=_hold,
    carry=_carry,
    count_ending=_count_ending,
    needs_decision=_needs_decision,
    carry_ending=_carry_ending,
)
