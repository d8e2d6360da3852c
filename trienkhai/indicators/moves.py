"""Indicators when a unit moves or ends. Who holds them stays, and values count where the unit stands on each period's
last day; what was given by a unit that is no longer above needs a decision and is named as a broken chain at once. When
a unit ends its successor holds, gives and owns them from that day on; what it told stays its own.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.indicators.models import Fault, FaultKind, Holder, Indicator, Value
from trienkhai.orgs import journal
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, UP, Carrier, Ending, Kind, Move


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
    found = Fault.objects.bulk_create(
        Fault(indicator_id=row.indicator_id, unit_id=row.unit_id, kind=FaultKind.OUTSIDE, found_on=on)
        for row in rows
        if (row.indicator_id, row.unit_id) not in known
    )
    journal.created(found)


def _owned(ending: Ending) -> QuerySet[Indicator]:
    return Indicator.objects.filter(unit=ending.unit, valid_to__gt=ending.on)


def _holding(ending: Ending) -> QuerySet[Holder]:
    return Holder.objects.filter(unit=ending.unit, valid_to__gt=ending.on, indicator__valid_to__gt=ending.on)


INDICATORS = Kind(
    "indicators",
    gettext_lazy("indicators that the unit defined"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    _owned,
    lambda row: row.code,
)
HELD = Kind(
    "indicators_held",
    gettext_lazy("indicators that the unit holds"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    _holding,
    lambda row: row.indicator.code,
)


def _needs_decision(ending: Ending) -> list[str]:
    """An own indicator whose code its heir uses too: close one of the two first."""
    sentence = _("The successor has an indicator %(code)s too: close one of the two first.")
    asked = []
    for heir, ids in INDICATORS.shares(ending):
        theirs = Indicator.objects.filter(unit=heir).values("code")
        asked += [sentence % {"code": row.code} for row in Indicator.objects.filter(pk__in=ids, code__in=theirs)]
    return sorted(asked)


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    """Heirs own, hold and give from that day on; one that holds an indicator already goes on as it does."""
    own = list(_holding(ending).select_for_update(of=("self",), no_key=True).order_by("pk"))
    given = Holder.objects.filter(giver=ending.unit).exclude(unit=ending.unit)
    held = HELD.shares(ending)
    for heir, ids in INDICATORS.shares(ending):
        journal.update(given.filter(indicator__in=ids).exclude(unit=heir), giver=heir)
        journal.update(Indicator.objects.filter(pk__in=ids), unit=heir)
    if INDICATORS.closes(ending):
        for indicator in _owned(ending):
            indicator.valid_to = max(ending.on, indicator.valid_from + timedelta(days=1))
            journal.save(indicator, fields=["valid_to"])
    for heir, ids in held:
        rows = Holder.objects.filter(pk__in=ids)
        journal.update(given.filter(indicator__in=rows.values("indicator")).exclude(unit=heir), giver=heir)
        _hand_on(ending, heir, list(rows.select_related("indicator").order_by("pk")))
    for row in own:
        row.valid_to, row.end_reason = max(ending.on, row.valid_from), _("The unit ended.")
        journal.save(row, fields=["valid_to", "end_reason"])
    journal.update(given.exclude(unit=ending.successor), giver=ending.successor)


def _hand_on(ending: Ending, heir: Unit, held: list[Holder]) -> None:
    known = {row.indicator_id: row for row in Holder.objects.filter(unit=heir)}
    for row in held:
        theirs = known.get(row.indicator_id)
        owned = row.giver_id == row.indicator.unit_id or row.giver_id == ending.unit.pk
        giver = row.indicator.unit_id if owned else row.giver_id
        if theirs is None:
            since = max(ending.on, row.valid_from)
            new = Holder(unit=heir, indicator_id=row.indicator_id, giver_id=giver, valid_from=since)
            new.enters, new.weight = row.enters, row.weight
            new.save()
            journal.created([new])
        elif theirs.valid_to <= ending.on:
            theirs.giver_id, theirs.valid_to, theirs.end_reason = giver, OPEN_END, ""
            journal.save(theirs, fields=["giver", "valid_to", "end_reason"])


carrier = Carrier(
    "indicators",
    count=_count,
    hold=_hold,
    carry=_carry,
    kinds=(INDICATORS, HELD),
    needs_decision=_needs_decision,
    carry_ending=_carry_ending,
)
