"""The sheet of a past day, by the states and places of that day, for any tasks and any period.

Two live queries each: what is unchanged since, and the spans of the rest. They read what stands below one unit; the
sheets of all units at once are `sheets_on`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Substr

from trienkhai.common import paths
from trienkhai.orgs.models import Unit, UnitVersion
from trienkhai.orgs.places import Places
from trienkhai.tasks import past
from trienkhai.tasks.models import Assignment, ProgressReport, Task
from trienkhai.tasks.queries.lists import due_soon_day
from trienkhai.tasks.queries.sheets import Cells, Days, cells_in, due_within, live_sums

Key = tuple[int, int | None, int | None, str]


@dataclass(frozen=True)
class Question:
    """What a past sheet is limited to: some tasks, due days of a period, and the due day it is judged by.

    places: another tree by which it is counted, instead of that of the day.
    """

    tasks: QuerySet[Task] | None = None
    within: Days | None = None
    due: str = "due_on"
    places: Places | None = None

    def place(self, unit: Unit, on: date) -> str:
        """Where the unit stands by the tree the sheet is counted by."""
        return past.place_on(unit, on) if self.places is None else self.places.path(unit)


ALL = Question()


def _halves(on: date, asked: Question) -> Iterator[tuple[QuerySet, str, dict[str, Any]]]:
    """Rows unchanged since that day, and spans of the others; each with what stands before the assignment's columns and
    the sums that make up a sheet of them."""
    soon = due_soon_day(on)
    for rows, before in ((past.unchanged(on), ""), (past.spans_of(on), past.SPAN)):
        names = past.columns(asked.due, before)
        sums = live_sums(on, soon, names["due"], first=names["first"])
        rows = rows.filter(due_within(names["due"], asked.within))
        yield rows if asked.tasks is None else rows.filter(**{f"{before}task__in": asked.tasks}), before, sums


def sheet_as_of(unit: Unit, on: date, asked: Question = ALL) -> Cells:
    """The sheet of the unit at the end of a past day."""
    found, path = Cells(), asked.place(unit, on)
    for rows, before, sums in _halves(on, asked):
        found += cells_in(rows.filter(past.counted_on(unit, path, on, before, asked.places)).aggregate(**sums))
    return found


def own_as_of(unit: Unit, on: date, asked: Question = ALL) -> Cells:
    """What the unit itself held at the end of a past day."""
    found = Cells()
    for rows, _before, sums in _halves(on, asked):
        found += cells_in(rows.filter(was_held_by=unit.pk).aggregate(**sums))
    return found


def sums_as_of(on: date, *columns: str, held: Q, asked: Question = ALL) -> dict[tuple[Any, ...], Cells]:
    """The sheet of a past day's end by columns of the task, `work_area` or `focus`, over the rows for which `held` is
    true: a condition on `was_held_by`, as `held_in`; none of them for all. Two queries.
    """
    found = dict[tuple[Any, ...], Cells]()
    for rows, before, sums in _halves(on, asked):
        named = {f"by_{column}": F(f"{before}task__{column}") for column in columns}
        for row in rows.filter(held).annotate(**named).order_by().values(*named).annotate(**sums):
            key = tuple(row[name] for name in named)
            found[key] = found.get(key, Cells()) + cells_in(row)
    return {key: cells for key, cells in found.items() if cells.total}


def parts_as_of(unit: Unit, on: date, asked: Question = ALL) -> dict[Key, Cells]:
    """The sheet of a past day by (child, document, focus, area of work); their sum is `sheet_as_of`.

    child: the id of the unit next below in whose branch the holder then stood; 0 for what the unit gave to itself or
    elsewhere.
    """
    path, found = asked.place(unit, on), dict[Key, Cells]()
    for rows, before, sums in _halves(on, asked):
        task = f"{before}task"
        counted = rows.filter(past.counted_on(unit, path, on, before, asked.places)).annotate(
            child=Coalesce(_child(unit, path, on, asked.places), Value("")),
            document=F(f"{task}__document"),
            focus=F(f"{task}__focus"),
            area=F(f"{task}__work_area"),
        )
        grouped = counted.order_by().values("child", "document", "focus", "area")
        for row in grouped.annotate(**sums):
            key = (int(row["child"] or 0), row["document"], row["focus"], row["area"])
            found[key] = found.get(key, Cells()) + cells_in(row)
    return {key: cells for key, cells in found.items() if cells.total}


def _child(unit: Unit, path: str, on: date, places: Places | None) -> Substr | Subquery:
    """The id, as it stands in paths, of the unit next below in whose branch the holder stands; '' for none."""
    if places is not None:
        return Substr(places.branch(path, "was_held_by", by_id=True), len(path) + 1, paths.WIDTH)
    below = past.placed(on).filter(paths.within(path)).exclude(unit=unit) if path else past.placed(on).none()
    place = below.filter(unit=OuterRef("was_held_by"))
    return Subquery(place.values(child=Substr("path", len(path) + 1, paths.WIDTH))[:1])


def names_as_of(unit_ids: Iterable[int], on: date) -> dict[int, str]:
    """What these units were called that day, shortly. One query."""
    rows = UnitVersion.objects.filter(unit__in=list(unit_ids), valid_from__lte=on, valid_to__gt=on)
    return {row.unit_id: row.short_name or row.name for row in rows}


def percents_as_of(assignment_ids: Iterable[int], on: date) -> dict[int, int]:
    """The share done that was last said by the end of that day; rows without a report are left out. One query."""
    rows = ProgressReport.objects.filter(assignment__in=list(assignment_ids), on__lte=on).order_by("at", "pk")
    return dict(rows.values_list("assignment", "percent"))


def first_given(unit: Unit, on: date) -> date | None:
    """The day of the first issue by the unit or one that then stood above it: before it every sheet is empty."""
    above = paths.ids(past.place_on(unit, on))
    given = Task.objects.filter(assigner__in=above, issued_on__lte=on).order_by("issued_on")
    return given.values_list("issued_on", flat=True).first()


def held_in(unit_id: int, on: date, alone: bool, places: Places | None = None) -> Q:
    """Rows of `past.given_by` held that day by the unit, or in its branch as it then stood.

    places: another tree, by which units stand in its branch; what ended stands at the unit that took its place.
    """
    if places is None:
        return Q(was_held_by=unit_id) if alone else Q(was_held_by__in=past.branch_on(unit_id, on))
    unit = Unit.objects.filter(pk=unit_id).first()
    return Q(was_held_by__in=places.units(places.path(unit) if unit else "", alone=alone).values("pk"))


def in_order(rows: QuerySet[Assignment], on: date) -> QuerySet[Assignment]:
    return rows.annotate(was_due_on=past.due_then(on)).order_by("was_due_on", "task_id", "unit_id")
