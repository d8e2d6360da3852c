"""The figures of a unit in a period, each with the rows that count and those that do not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from trienkhai.common.clock import moment
from trienkhai.evaluation.queries import inspected
from trienkhai.evaluation.scoring import Figure
from trienkhai.indicators.models import Direction, Holder, Indicator
from trienkhai.indicators.queries import Reading, values_for_each
from trienkhai.meetings.models import Meeting, MeetingState
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Assignment, ProgressReport, State

TASKS, INDICATORS, MEETINGS, INSPECTIONS, FINDINGS = "tasks", "indicators", "meetings", "inspections", "findings"
OF_TASKS = ("done", "on_time", "late", "quality", "above")
OF = {
    "indicators": INDICATORS,
    "meetings": MEETINGS,
    inspected.CLEAN: INSPECTIONS,
    inspected.INSPECTED: INSPECTIONS,
    **dict.fromkeys(inspected.OF_REMEDIES, FINDINGS),
}
"""What the rows of a figure are; tasks where nothing is said."""
NAMES = (*OF_TASKS, *OF)

Rows = dict[str, list[Any]]


def figures_of(
    units: Sequence[Unit], first: date, last: date, on: date, above: Collection[int]
) -> dict[int, dict[str, Rows]]:
    """Unit → figure → ids of the rows that count (`yes`) and of the other rows of the denominator (`no`), as on a day.

    above: assignments marked as above requirement. Tasks by id, indicators as [id, first day of the period], meetings,
    inspections and findings by id. What is still running on the day counts in neither: its end may yet be reached. A
    task reported in time that waits to be approved is in time, and neither done nor not done: the unit above has it.
    Nine queries for all units, nine more at most for each portion of those that have indicators.
    """
    found = {unit.pk: {name: _empty() for name in NAMES} for unit in units}
    _read_tasks(found, first, last, on, above)
    _read_meetings(found, first, last, on)
    inspected.read_inspections(found, first, last, on)
    having = _having_indicators(found, first, last)
    for unit, readings in values_for_each([unit for unit in units if unit.pk in having], first, last).items():
        found[unit][INDICATORS] = _of_indicators(readings, on)
    return found


def _empty() -> Rows:
    return {"yes": [], "no": []}


def _read_tasks(
    found: Mapping[int, dict[str, Rows]], first: date, last: date, on: date, above: Collection[int]
) -> None:
    returned = ProgressReport.objects.filter(assignment=OuterRef("pk"), state="returned")
    rows = Assignment.objects.filter(held_by__in=found, due_on__gte=first, due_on__lte=last)
    rows = rows.exclude(state=State.WITHDRAWN).annotate(was_returned=Exists(returned)).order_by("due_on", "pk")
    columns = ("held_by", "pk", "state", "due_on", "submitted_on", "was_returned")
    for unit, pk, state, due, submitted, was_returned in rows.values_list(*columns):
        done = state == State.DONE
        if not done and due >= on:
            continue
        handed_on = submitted if state in (State.DONE, State.SUBMITTED) else None
        in_time = handed_on is not None and handed_on <= due
        late = not in_time and (handed_on is not None or due < on)
        for name, counts in (("on_time", in_time), ("late", late), ("above", done and pk in above)):
            found[unit][name]["yes" if counts else "no"].append(pk)
        if done or not in_time:
            found[unit]["done"]["yes" if done else "no"].append(pk)
        if done:
            found[unit]["quality"]["no" if was_returned else "yes"].append(pk)


def _having_indicators(units: Collection[int], first: date, last: date) -> set[int]:
    """Which of the units own or hold an indicator at some time of the span."""
    span = {"valid_from__lte": last, "valid_to__gt": first}
    held = Holder.objects.filter(unit__in=units, **span).values_list("unit", flat=True)
    owned = Indicator.objects.filter(unit__in=units, **span).values_list("unit", flat=True)
    return {*held, *owned}


def _of_indicators(readings: Iterable[Reading], on: date) -> Rows:
    """Of periods that ended before the day."""
    found = _empty()
    for reading in readings:
        if reading.rollup.period.end >= on or reading.target is None or reading.rollup.definition is None:
            continue
        row = [reading.indicator.pk, reading.rollup.period.start.isoformat()]
        found["yes" if _reached(reading) else "no"].append(row)
    return found


def _reached(reading: Reading) -> bool:
    """The own approved value, else the sum of those below, against the own target."""
    own = reading.value.number if reading.value else None
    number = own if own is not None else reading.rollup.number
    definition, target = reading.rollup.definition, reading.target
    if number is None or definition is None or target is None:
        return False
    return number <= target if definition.direction == Direction.LOWER else number >= target


def _read_meetings(found: Mapping[int, dict[str, Rows]], first: date, last: date, on: date) -> None:
    """Those of the period up to the day; one cancelled was planned and not held, one of the day itself may yet be."""
    after = moment(date.fromordinal(min(last, on).toordinal() + 1), 0)
    rows = Meeting.objects.filter(unit__in=found, starts_at__gte=moment(first, 0), starts_at__lt=after)
    rows = rows.exclude(state=MeetingState.PLANNED, starts_at__gte=moment(on, 0))
    for unit, pk, state in rows.order_by("starts_at", "pk").values_list("unit", "pk", "state"):
        found[unit][MEETINGS]["yes" if state in (MeetingState.OPEN, MeetingState.CLOSED) else "no"].append(pk)


def counts_of(figures: Mapping[str, Rows]) -> dict[str, Figure]:
    return {name: Figure(len(rows["yes"]), len(rows["yes"]) + len(rows["no"])) for name, rows in figures.items()}
