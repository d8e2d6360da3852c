"""Chains that are broken: none of them can be made by the actions alone, but units move, end and pass to others."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length, Substr

from trienkhai.common import paths
from trienkhai.indicators.models import FaultKind, Holder, Kind, State, Target, Value
from trienkhai.indicators.numerals import rounded
from trienkhai.indicators.periods import period_at, period_of
from trienkhai.indicators.queries.reading import Reader
from trienkhai.indicators.summing import ratio_of

COUNTING = (State.SUBMITTED, State.APPROVED)


class Broken(NamedTuple):
    """One broken place. `period_start`: None where it concerns no period."""

    kind: FaultKind
    indicator_id: int
    unit_id: int
    period_start: date | None = None


def broken_chains(on: date) -> Iterator[Broken]:
    """All of them, by kind. Streams; a few queries, and two for each indicator in use."""
    yield from _holders(on)
    yield from _circles()
    yield from _targets()
    yield from _values()
    yield from _sums(on)


def _holders(on: date) -> Iterator[Broken]:
    """Holders that stand elsewhere, are closed, or got it from a unit that holds it no more."""
    held = Holder.objects.filter(valid_to__gt=on, indicator__valid_to__gt=on).order_by("pk")
    given = held.exclude(giver=F("unit"))
    below = given.annotate(above=Substr("unit__path", 1, Length("giver__path")))
    for pair in below.exclude(above=F("giver__path")).values_list("indicator", "unit"):
        yield Broken(FaultKind.OUTSIDE, *pair)
    for pair in held.filter(unit__closed_on__lte=on).values_list("indicator", "unit"):
        yield Broken(FaultKind.CLOSED_HOLDER, *pair)
    holds = Holder.objects.filter(indicator=OuterRef("indicator"), unit=OuterRef("giver"), valid_to__gt=on)
    for pair in given.filter(~Exists(holds)).values_list("indicator", "unit"):
        yield Broken(FaultKind.UNGIVEN, *pair)


def _circles() -> Iterator[Broken]:
    """Holders from which the way up by givers never comes to the owner."""
    alone = Holder.objects.filter(giver=F("unit")).exclude(unit=F("indicator__unit")).order_by("pk")
    for pair in alone.values_list("indicator", "unit"):
        yield Broken(FaultKind.CIRCLE, *pair)
    links: dict[int, dict[int, int]] = {}
    for indicator, unit, giver in Holder.objects.values_list("indicator", "unit", "giver").iterator():
        links.setdefault(indicator, {})[unit] = giver
    for indicator, giver_of in sorted(links.items()):
        for unit in sorted(giver_of):
            seen, step = {unit}, giver_of[unit]
            while step in giver_of and giver_of[step] != step and step not in seen:
                seen.add(step)
                step = giver_of[step]
            if step in seen and giver_of[step] != step:
                yield Broken(FaultKind.CIRCLE, indicator, unit)


def _targets() -> Iterator[Broken]:
    outside = Q(period_start__gte=F("holder__valid_to")) | Q(period_start__gte=F("holder__indicator__valid_to"))
    rows = Target.objects.filter(outside).order_by("pk")
    for indicator, unit, start in rows.values_list("holder__indicator", "holder__unit", "period_start"):
        yield Broken(FaultKind.TARGET, indicator, unit, start)


def _values() -> Iterator[Broken]:
    """Values that do not agree with their definition."""
    rows = Value.objects.filter(state__in=COUNTING).order_by("pk")
    for value in rows.select_related("definition", "holder__indicator").iterator(chunk_size=2000):
        holder, definition = value.holder, value.definition
        place = holder.indicator_id, holder.unit_id, value.period_start
        period = period_at(holder.indicator, value.period_start)
        end = period.end if period else None
        if end is None or not definition.valid_from <= end < definition.valid_to:
            yield Broken(FaultKind.UNDEFINED, *place)
        if value.number is None:
            continue
        if value.split and sum(map(Decimal, value.split.values())) != value.number:
            yield Broken(FaultKind.SPLIT, *place)
        if definition.kind == Kind.RATIO and value.number != _ratio(value):
            yield Broken(FaultKind.RATIO, *place)


def _ratio(value: Value) -> Decimal | None:
    number = ratio_of(value.top or Decimal(0), value.bottom or Decimal(0), value.definition.factor)
    return None if number is None else rounded(number)


def _sums(on: date) -> Iterator[Broken]:
    """Sums of the present and the last period whose branches do not make them, or that lose a value on the way."""
    owners = Holder.objects.filter(unit=F("indicator__unit"), indicator__valid_to__gt=on).order_by("pk")
    for holder in owners.select_related("indicator__unit"):
        indicator = holder.indicator
        period = period_of(indicator, max(on, indicator.valid_from))
        summed = Reader([indicator], indicator.unit, period.start, period.end).rollup(indicator, indicator.unit, period)
        branches = [total for _unit, total in summed.branches()]
        sides = [(sum(total.top for total in branches), sum(total.bottom for total in branches))]
        told = Value.objects.approved().filter(holder__indicator=indicator, period_start=period.start)
        elsewhere = {part.unit_id for part in summed.parts}
        inside = paths.within(indicator.unit.path or "", "holder__unit__path")
        lost = told.filter(inside).exclude(holder__unit__in=elsewhere)
        if sides != [(summed.total.top, summed.total.bottom)] or lost.exists():
            yield Broken(FaultKind.SUM, indicator.pk, indicator.unit_id, period.start)
