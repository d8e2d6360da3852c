"""What is due: values that own units have not told, values that wait for a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch

from trienkhai.indicators.models import Definition, Holder, State, Value
from trienkhai.indicators.periods import Period, lives_in, period_of, previous
from trienkhai.norms.queries import any_day

BACK = 12
"""How many periods back a value is still asked for."""


@dataclass(frozen=True)
class Due:
    """A value that a unit has to tell. `value`: the draft or returned one; `due_on`: the last day in time."""

    holder: Holder
    definition: Definition
    period: Period
    due_on: date
    value: Value | None

    def is_late(self, on: date) -> bool:
        return self.due_on < on


def holders_of(units: Iterable[int], on: date) -> list[Holder]:
    """Where these units tell values, with definitions. Two queries."""
    rows = Holder.objects.filter(unit__in=list(units), enters=True, indicator__valid_from__lte=on)
    definitions = Prefetch("indicator__definitions", Definition.objects.order_by("valid_from"))
    listed = rows.select_related("indicator", "unit__present", "giver__present").prefetch_related(definitions)
    return list(listed.order_by("indicator__code", "pk"))


def definition_in(holder: Holder, period: Period) -> Definition | None:
    """Of the prefetched ones that in force on the period's last day."""
    rows = holder.indicator.definitions.all()
    return next((row for row in rows if row.valid_from <= period.end < row.valid_to), None)


def values_due(units: Iterable[int], on: date) -> list[Due]:
    """Of each holder the ended periods without a value on its way, the earliest due day first. Four queries."""
    listed = list(units)
    holders = holders_of(listed, on) if listed else []
    told = Value.objects.filter(holder__in=[row.pk for row in holders]).exclude(state=State.REPLACED)
    known = {(row.holder_id, row.period_start): row for row in told.order_by("corrects", "pk")} if holders else {}
    days = any_day("indicators.days_to_tell") if holders else None
    found = []
    for holder in holders:
        for period in ended_periods(holder, on):
            value, definition = known.get((holder.pk, period.start)), definition_in(holder, period)
            if definition is None or (value and value.state in (State.SUBMITTED, State.APPROVED)):
                continue
            wait = days(period.end, holder.unit.path or "") if days else 0
            found.append(Due(holder, definition, period, period.end + timedelta(days=wait or 0), value))
    return sorted(found, key=lambda due: (due.due_on, due.holder.unit_id, due.holder.indicator.code))


def ended_periods(holder: Holder, on: date) -> list[Period]:
    """The last periods that are over and in which the unit holds the indicator, the latest first."""
    indicator = holder.indicator
    found: list[Period] = []
    period: Period | None = period_of(indicator, min(on, indicator.valid_to - timedelta(days=1)))
    while period and len(found) < BACK and period.end >= holder.valid_from:
        held = holder.valid_from <= period.end and holder.valid_to > period.end
        if period.end < on and held and lives_in(indicator, period):
            found.append(period)
        period = previous(indicator, period)
    return found
