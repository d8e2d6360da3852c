"""How assignments stood at the end of a past day: their state then, who held them, where that unit stood in the tree.

The state of a day is the row itself when nothing changed since, else the span that covers the day; who held it comes
from `PastHolder`, where units stood from `UnitPlace`. `tally.counts_on` tells the same for all units at once.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from trienkhai.common import paths
from trienkhai.orgs.models import Unit, UnitPlace
from trienkhai.orgs.places import Places
from trienkhai.tasks.models import Assignment, PastHolder, StateSpan, Task

SPAN = "assignment__"
"""Before the columns of the assignment, in a question asked of spans."""


def placed(on: date) -> QuerySet[UnitPlace]:
    """The places of that day."""
    return UnitPlace.objects.filter(valid_from__lte=on, valid_to__gt=on)


def place_on(unit: Unit | int, on: date) -> str:
    """The path of the unit that day; '' when it did not stand."""
    return placed(on).filter(unit=unit).values_list("path", flat=True).first() or ""


def branch_on(unit: Unit | int, on: date) -> QuerySet[UnitPlace, int]:
    """Ids of the unit and all below it, as the tree stood that day."""
    path = place_on(unit, on)
    rows = placed(on).filter(paths.within(path)) if path else UnitPlace.objects.none()
    return rows.values_list("unit", flat=True)


def holder_on(on: date, before: str = "") -> Coalesce:
    """Who held it at the end of that day. before: `SPAN` in a question asked of spans."""
    later = PastHolder.objects.filter(assignment=OuterRef(f"{before}pk"), to_on__gt=on).order_by("to_on", "pk")
    return Coalesce(Subquery(later.values("unit")[:1]), F(f"{before}held_by"), output_field=BigIntegerField())


def held_under(rows: QuerySet[Assignment], path: str, places: Places, *, alone: bool = False) -> QuerySet[Assignment]:
    """Rows as they are now, held on the past day of `places` in the branch of `path`; with `was_held_by`.

    For the tree of today: held in it now.
    """
    if places.on is None:
        return rows.filter(places.at(path, "held_by", alone=alone))
    held = rows.annotate(was_held_by=holder_on(places.on))
    return held.filter(was_held_by__in=places.units(path, alone=alone).values("pk"))


def given_by(on: date) -> QuerySet[Assignment]:
    """What had been given by the end of that day, each with `was_held_by`: the id of the unit that then held it."""
    return Assignment.objects.filter(issued_on__lte=on).annotate(was_held_by=holder_on(on))


def unchanged(on: date) -> QuerySet[Assignment]:
    """Those given by that day and still as they were at its end; with `was_held_by`."""
    return given_by(on).filter(since_on__lte=on)


def spans_of(on: date) -> QuerySet[StateSpan]:
    """For all others the span that covers the end of that day; with `was_held_by`."""
    rows = StateSpan.objects.filter(from_on__lte=on, to_on__gt=on)
    changed = rows.filter(assignment__since_on__gt=on, assignment__issued_on__lte=on)
    return changed.annotate(was_held_by=holder_on(on, SPAN))


def counted_on(unit: Unit, path: str, on: date, before: str = "", places: Places | None = None) -> Q:
    """What the sheet of `unit` counted that day: held strictly below it and given at or above it; and all it gave.

    path: its place of that day (`place_on`). before: `SPAN` in a question asked of spans. places: what the sheet would
    count by another tree, in which `path` is its place.
    """
    if not path:
        return Q(pk__in=[])
    inside = places.units(path).values("pk") if places else placed(on).filter(paths.within(path)).values("unit")
    then = givers_then(on)
    above = Q(was_held_by__in=inside) & ~Q(was_held_by=unit.pk) & _given_at(paths.ids(path), then, before)
    return _given_at([unit.pk], then, before) | above


def _given_at(units: list[int], then: dict[int, int], before: str) -> Q:
    """Given by one of the units, as it was that day."""
    now = Q(**{f"{before}task__assigner__in": units})
    if not then:
        return now
    tasks = [task for task, giver in then.items() if giver in units]
    return (now & ~Q(**{f"{before}task__in": list(then)})) | Q(**{f"{before}task__in": tasks})


def givers_then(on: date) -> dict[int, int]:
    """Task → the unit that had given it that day, for tasks that a unit which then still stood had given at first.

    One query over the tasks that continue another, of which there are as many as reorganisations made.
    """
    later = Task.objects.filter(continues__isnull=False, continues__assigner__closed_on__gt=on)
    steps = {
        task: (earlier, giver) for task, earlier, giver in later.values_list("pk", "continues", "continues__assigner")
    }
    found = {}
    for task, (earlier, giver) in steps.items():
        while earlier in steps:
            earlier, giver = steps[earlier]
        found[task] = giver
    return found


def stood(on: date, condition: Callable[[str], Q]) -> Q:
    """Assignments that met a condition at the end of that day.

    condition: told what stands before the columns of the assignment – nothing where it is asked of the row itself,
    `SPAN` where it is asked of a span, whose own state, due day and day of submission have the same names.
    """
    covering = StateSpan.objects.filter(assignment=OuterRef("pk"), from_on__lte=on, to_on__gt=on)
    changed = Q(since_on__gt=on) & Q(Exists(covering.filter(condition(SPAN))))
    return (Q(since_on__lte=on) & condition("")) | changed


def due_then(on: date) -> Case:
    """The due day in force at the end of that day."""
    covering = StateSpan.objects.filter(assignment=OuterRef("pk"), from_on__lte=on, to_on__gt=on)
    return Case(When(since_on__lte=on, then=F("due_on")), default=Subquery(covering.values("due_on")[:1]))


def restored(rows: list[Assignment], on: date) -> list[Assignment]:
    """The rows with the state, due day and day of submission of that day; to be shown, never saved."""
    ids = [row.pk for row in rows if row.since_on > on]
    covering = StateSpan.objects.filter(assignment__in=ids, from_on__lte=on, to_on__gt=on)
    spans = {span.assignment_id: span for span in covering}
    for row in rows:
        if span := spans.get(row.pk):
            row.state, row.due_on, row.submitted_on = span.state, span.due_on, span.submitted_on
    return rows


def columns(due: str, before: str = "") -> dict[str, Any]:
    """The names by which the sums of a sheet find the due day judged by and the first one."""
    return {"due": due if due == "due_on" else before + due, "first": f"{before}first_due_on"}
