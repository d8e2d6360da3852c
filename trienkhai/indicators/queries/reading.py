"""Roll-ups: the value of an indicator over the units of a branch that hold it, with every part of it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from trienkhai.common import paths
from trienkhai.indicators import summing
from trienkhai.indicators.models import Aggregation, Definition, Holder, Indicator, State, Target, Value
from trienkhai.indicators.periods import Period, periods_between
from trienkhai.indicators.summing import Part, Standing, Told, Total, Why
from trienkhai.orgs.models import Unit, UnitPlace
from trienkhai.orgs.places import Places

PORTION = 50
"""Of so many units the branches are read together."""


class Held(NamedTuple):
    """A holder as this module needs it."""

    pk: int
    indicator_id: int
    unit_id: int
    enters: bool
    weight: Decimal
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class Rollup:
    """One number with all that made it. `parts`: the units of the branch, in the order of the tree; `units` ids → path.

    `definition`: by which the period counts, None before the first one. `total.number` is None when nothing counts.
    `target`: the unit's own; `target_below`: what the nearest holders below are to reach, rolled up by the same rule.
    """

    indicator: Indicator
    unit: Unit
    period: Period
    definition: Definition | None
    path: str
    parts: list[Part]
    total: Total
    target: Decimal | None
    target_below: Decimal | None

    @property
    def number(self) -> Decimal | None:
        return self.total.number

    @property
    def aim(self) -> Decimal | None:
        """What it is judged by: the own target, else that of those below."""
        return self.target if self.target is not None else self.target_below

    @property
    def gap(self) -> Decimal | None:
        """By how much the targets below differ from the own one."""
        if self.target is None or self.target_below is None:
            return None
        return self.target_below - self.target

    @cached_property
    def split(self) -> dict[str, Decimal]:
        return summing.split_of(self.parts)

    @property
    def own(self) -> Part | None:
        return next((part for part in self.parts if part.unit_id == self.unit.pk), None)

    def branches(self) -> list[tuple[int, Total]]:
        """The unit itself (its own id) and each unit directly below with all below it: their tops and bottoms add up
        to those of the total.
        """
        level, grouped = len(self.path), defaultdict(list)
        for part in self.parts:
            key = part.path[level : level + paths.WIDTH]
            grouped[int(key) if key else self.unit.pk].append(part)
        return [(unit, total_of(self.definition, parts)) for unit, parts in grouped.items()]


class Reading(NamedTuple):
    """What a unit has of one indicator in one period. `value`: its own approved value, None without one."""

    indicator: Indicator
    value: Value | None
    target: Decimal | None
    rollup: Rollup


def total_of(definition: Definition | None, parts: list[Part]) -> Total:
    if definition is None:
        return summing.total_of(parts, Aggregation.NONE)
    return summing.total_of(parts, definition.aggregation, definition.factor)


class Reader:
    """Reads roll-ups of some indicators for units within the branch of `top` in a span.

    Six queries at most, whatever the number of indicators, units and periods; each roll-up is then arithmetic over
    what was read. alone: by id of the indicator the one period of it that is asked for, which saves reading the others.
    beside: further units whose branches are read with it.
    """

    def __init__(
        self,
        indicators: Iterable[Indicator],
        top: Unit,
        first: date,
        last: date,
        *,
        alone: Mapping[int, Period] | None = None,
        places: Places | None = None,
        beside: Iterable[Unit] = (),
    ) -> None:
        self.indicators = list(indicators)
        self.tops = {unit.pk: unit for unit in (top, *beside)}
        self.first, self.last, self.alone, self.places = first, last, alone, places
        spans = (span for one in self.indicators for span in periods_between(one, first, last))
        self.spans = list(alone.values() if alone is not None else spans)
        self.since = min((span.start for span in self.spans), default=first)
        self.until = max((span.end for span in self.spans), default=last)
        self._orders: dict[tuple[int, date], list[tuple[str, Held]]] = {}
        self._moves: dict[tuple[int, date, date], list[tuple[Held, list[str]]]] = {}

    @cached_property
    def definitions(self) -> dict[int, list[Definition]]:
        found = defaultdict(list)
        for row in Definition.objects.filter(indicator__in=self.indicators).order_by("valid_from"):
            found[row.indicator_id].append(row)
        return found

    def definition(self, indicator: Indicator, period: Period) -> Definition | None:
        """The one in force on the last day of the period."""
        rows = self.definitions.get(indicator.pk, [])
        return next((row for row in rows if row.valid_from <= period.end < row.valid_to), None)

    @cached_property
    def _top_paths(self) -> set[str]:
        """Where the top units stood in the span."""
        rows = UnitPlace.objects.filter(unit__in=self.tops, valid_from__lte=self.until, valid_to__gt=self.since)
        return set(rows.order_by().values_list("path", flat=True))

    @cached_property
    def _rows(self) -> QuerySet[Holder]:
        """The units that stood in the branches at some time of the span and hold one of the indicators."""
        if self.places is not None:
            branches = (self.places.at(self.places.path(top), "unit") for top in self.tops.values())
            return self._holding().filter(reduce(or_, branches))
        inside = reduce(or_, (paths.within(path) for path in sorted(self._top_paths)), Q(pk__in=[]))
        stood = UnitPlace.objects.filter(inside, unit=OuterRef("unit"), valid_from__lte=self.until)
        return self._holding().filter(Exists(stood.filter(valid_to__gt=self.since)))

    def _holding(self) -> QuerySet[Holder]:
        rows = Holder.objects.filter(indicator__in=self.indicators)
        return rows.filter(valid_from__lte=self.until, valid_to__gt=self.since)

    @cached_property
    def holders(self) -> dict[int, list[Held]]:
        """By indicator."""
        found = defaultdict(list)
        for row in self._rows.order_by("pk").values_list(*Held._fields):
            held = Held(*row)
            found[held.indicator_id].append(held)
        return found

    @cached_property
    def _places(self) -> dict[int, list[tuple[date, date, str, date]]]:
        """Of each holding unit: where it stood in the span, and when it was closed."""
        units = Q(unit__in=self._rows.values("unit")) | Q(unit__in=self.tops)
        rows = UnitPlace.objects.filter(units, valid_from__lte=self.until, valid_to__gt=self.since)
        found = defaultdict(list)
        columns = ("unit", "valid_from", "valid_to", "path", "unit__closed_on")
        for unit, start, end, path, closed in rows.order_by("valid_from").values_list(*columns):
            found[unit].append((start, end, path, closed))
        now = self.places.of(found.keys() - self.tops.keys()) if self.places is not None else {}
        for unit, path in now.items():
            found[unit] = [(start, end, path, closed) for start, end, _path, closed in found[unit]]
        return found

    @cached_property
    def _asked(self) -> Q:
        """The periods of which values and targets are read."""
        if self.alone is None:
            return Q(period_start__range=(self.since, self.until))
        beginning: dict[date, list[int]] = defaultdict(list)
        for indicator, period in self.alone.items():
            beginning[period.start].append(indicator)
        asked = (Q(period_start=start, holder__indicator__in=ids) for start, ids in beginning.items())
        return reduce(or_, asked, Q(pk__in=[]))

    @cached_property
    def _values(self) -> dict[tuple[int, date], list[Value]]:
        rows = Value.objects.filter(self._asked, holder__in=self._rows.values("pk"))
        found = defaultdict(list)
        for row in rows.exclude(state=State.REPLACED).order_by("pk"):
            found[row.holder_id, row.period_start].append(row)
        return found

    @cached_property
    def _targets(self) -> dict[tuple[int, date], Decimal]:
        rows = Target.objects.filter(self._asked, holder__in=self._rows.values("pk"))
        return {(row.holder_id, row.period_start): row.number for row in rows}

    def approved(self, indicator: Indicator, unit: Unit, period: Period) -> Value | None:
        held = self._held(indicator, unit.pk)
        rows = self._values.get((held.pk, period.start), []) if held else []
        return next((row for row in rows if row.state == State.APPROVED), None)

    def _held(self, indicator: Indicator, unit: int) -> Held | None:
        return self._first_held.get((indicator.pk, unit))

    @cached_property
    def _first_held(self) -> dict[tuple[int, int], Held]:
        listed = (held for rows in self.holders.values() for held in reversed(rows))
        return {(held.indicator_id, held.unit_id): held for held in listed}

    def path_on(self, unit: int, day: date) -> str:
        """Where the unit stood that day, or last in the span before it; '' when nowhere."""
        rows = [row for row in self._places.get(unit, []) if row[0] <= day]
        return rows[-1][2] if rows else ""

    def _stands(self, unit: int, day: date) -> bool:
        return any(start <= day < end and closed > day for start, end, _path, closed in self._places.get(unit, []))

    def _order(self, indicator: Indicator, period: Period) -> list[tuple[str, Held]]:
        """The holders that stand anywhere on the last day of the period, in the order of the tree."""
        key = indicator.pk, period.end
        if key not in self._orders:
            standing = [
                (self.path_on(held.unit_id, period.end), held)
                for held in self.holders.get(indicator.pk, [])
                if self._stands(held.unit_id, period.end) and held.valid_from <= period.end
            ]
            self._orders[key] = sorted(standing, key=lambda pair: pair[0])
        return self._orders[key]

    def _inside(self, indicator: Indicator, path: str, period: Period) -> list[tuple[str, Held]]:
        order = self._order(indicator, period)
        first = bisect_left(order, path, key=lambda pair: pair[0])
        last = bisect_left(order, paths.next_path(path), key=lambda pair: pair[0])
        return order[first:last]

    def rollup(self, indicator: Indicator, unit: Unit, period: Period, *, path: str = "") -> Rollup:
        """Over the units that stood within the branch of `unit` on the period's last day and hold the indicator.

        path: where the unit stood, for whom knows.
        """
        definition = self.definition(indicator, period)
        path = path or self.path_on(unit.pk, period.end) or unit.path or ""
        inside = self._inside(indicator, path, period)
        parts = [part for way, held in inside if (part := self._part(way, held, period))]
        parts += self._left(indicator, path, period, {held.unit_id for _way, held in inside})
        rule = definition.aggregation if definition else Aggregation.NONE
        weighed = summing.weigh(parts, rule, unit.pk)
        own = self._held(indicator, unit.pk)
        return Rollup(
            indicator,
            unit,
            period,
            definition,
            path,
            weighed,
            total_of(definition, weighed),
            self._targets.get((own.pk, period.start)) if own else None,
            self._target_below(inside, unit.pk, definition, period),
        )

    def _part(self, path: str, held: Held, period: Period) -> Part | None:
        """None for a unit that tells nothing of its own, or holds it no more."""
        rows = self._values.get((held.pk, period.start), [])
        approved = next((row for row in rows if row.state == State.APPROVED), None)
        ended = held.valid_to <= period.end
        if approved is None:
            if ended or not held.enters:
                return None
            waits = any(row.state == State.SUBMITTED for row in rows)
            return Part(held.unit_id, path, Standing.WAITING if waits else Standing.MISSING)
        if approved.not_applicable:
            return Part(held.unit_id, path, Standing.EXCLUDED, why=Why.NOT_APPLICABLE, remark=approved.remark)
        return Part(held.unit_id, path, Standing.COUNTED, told=_told(approved, held), split=approved.split)

    def _left(self, indicator: Indicator, path: str, period: Period, inside: set[int]) -> list[Part]:
        """Units that stood in the branch in the period and not on its last day: their values count where they are."""
        found = []
        for held, ways in self._moved(indicator, period):
            was = [way for way in ways if way.startswith(path)] if held.unit_id not in inside else []
            if was:
                why = Why.LEFT if self._stands(held.unit_id, period.end) else Why.CLOSED
                found.append(Part(held.unit_id, was[-1], Standing.EXCLUDED, why=why))
        return found

    def _moved(self, indicator: Indicator, period: Period) -> list[tuple[Held, list[str]]]:
        """The holders that did not stand at one place all through the period, with their places."""
        key = indicator.pk, period.start, period.end
        if key not in self._moves:
            self._moves[key] = [
                (held, ways)
                for held in self.holders.get(indicator.pk, [])
                if held.valid_to > period.start and held.valid_from <= period.end
                if (ways := self._stays(held.unit_id, period))
                if not self._stands(held.unit_id, period.end) or {*ways} != {self.path_on(held.unit_id, period.end)}
            ]
        return self._moves[key]

    def _stays(self, unit: int, period: Period) -> list[str]:
        return [
            path for start, end, path, _ in self._places.get(unit, []) if start <= period.end and end > period.start
        ]

    def _target_below(
        self, inside: list[tuple[str, Held]], own: int, definition: Definition | None, period: Period
    ) -> Decimal | None:
        """Of the nearest holders below that have a target; targets of ratios weigh as the units do."""
        found: list[Part] = []
        covered = ""
        for path, held in inside:
            number = self._targets.get((held.pk, period.start))
            if held.unit_id == own or number is None or (covered and path.startswith(covered)):
                continue
            covered = path
            found.append(Part(held.unit_id, path, Standing.COUNTED, told=Told(number, weight=held.weight)))
        if definition is None or definition.aggregation in (Aggregation.NONE, Aggregation.LAST):
            return None
        by_weight = definition.aggregation in (Aggregation.RATIO, Aggregation.WEIGHTED)
        rule = Aggregation.WEIGHTED if by_weight else definition.aggregation
        return summing.total_of(summing.weigh(found, rule, own), rule).number


def _told(value: Value, held: Held) -> Told:
    zero = summing.ZERO
    return Told(value.number or zero, value.top or zero, value.bottom or zero, held.weight, value.submitted_at)


def rollup(indicator: Indicator, unit: Unit, period: Period, *, places: Places | None = None) -> Rollup:
    """The roll-up of one indicator for one unit and period. At most seven queries, three more by other `places`."""
    return Reader([indicator], unit, period.start, period.end, places=places).rollup(indicator, unit, period)


def held_by(unit: Unit, first: date, last: date) -> list[Indicator]:
    """The indicators that the unit owns or holds at some time of the span, by code. Two queries."""
    return _held_by_each([unit.pk], first, last)[unit.pk]


def _held_by_each(units: Iterable[int], first: date, last: date) -> dict[int, list[Indicator]]:
    found: dict[int, list[Indicator]] = {unit: [] for unit in units}
    holding = Holder.objects.filter(unit__in=found, valid_from__lte=last, valid_to__gt=first)
    holders = defaultdict(set)
    for indicator, unit in holding.order_by().values_list("indicator", "unit"):
        holders[indicator].add(unit)
    rows = Indicator.objects.filter(Q(unit__in=found) | Q(pk__in=holders), valid_from__lte=last, valid_to__gt=first)
    for row in rows.select_related("unit__present", "focus").order_by("code", "pk"):
        for unit in (holders[row.pk] | {row.unit_id}) & found.keys():
            found[unit].append(row)
    return found


def values_for(unit: Unit, period_start: date, period_end: date) -> list[Reading]:
    """Each indicator that the unit owns or holds, in each of its periods that end within the span.

    Ordered by code, then period. At most nine queries, whatever the number of indicators and of units below.
    """
    return values_for_each([unit], period_start, period_end)[unit.pk]


def values_for_each(units: Sequence[Unit], period_start: date, period_end: date) -> dict[int, list[Reading]]:
    """`values_for` by unit, for many at once: nine queries at most for each `PORTION` of units."""
    found: dict[int, list[Reading]] = {}
    for start in range(0, len(units), PORTION):
        portion = units[start : start + PORTION]
        held = _held_by_each([unit.pk for unit in portion], period_start, period_end)
        indicators = {one.pk: one for rows in held.values() for one in rows}
        reader = Reader(indicators.values(), portion[0], period_start, period_end, beside=portion[1:])
        for unit in portion:
            found[unit.pk] = [
                _reading(reader, indicator, unit, period)
                for indicator in held[unit.pk]
                for period in periods_between(indicator, period_start, period_end)
                if period_start <= period.end <= period_end
            ]
    return found


def _reading(reader: Reader, indicator: Indicator, unit: Unit, period: Period) -> Reading:
    summed = reader.rollup(indicator, unit, period)
    return Reading(indicator, reader.approved(indicator, unit, period), summed.target, summed)
