"""The official sheet of four cells, always with its denominator.

done on time + done late + open in time + open overdue = all that was given and not withdrawn (report 1270/BC-TCTTTg of
2017 counts so: 14,068 + 1,983 + 5,640 + 223 = 21,914). A report handed in on or before the due day stays *in time*
until it is decided. A row without a deadline is in time, and their number is printed under the sheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import COUNTED, HOLDERS_TURN, Assignment, State, Tally, Task
from trienkhai.tasks.queries.lists import silent_filter
from trienkhai.tasks.tally import counts_on

Days = tuple[date, date]
WEEK = timedelta(days=7)
DUE = ("due_on", "first_due_on")
_PREFIX = "n_"  # annotations must not hide the columns they sum
WAITING = ("assigned", "acknowledged", "in_progress", "returned", "paused")


@dataclass(frozen=True)
class Cells:
    """One sheet. `due_by_today`: all whose due day has come, `done_of_due`: those of them that are done.

    `unacknowledged`, `submitted`: open rows in these states; `no_deadline`: rows without a due day, done or not;
    `due_soon`: open, unsubmitted rows due within the days asked for, `due_in_week` within seven days; `extended`: rows
    whose due day was moved.
    """

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    unacknowledged: int = 0
    submitted: int = 0
    no_deadline: int = 0
    due_soon: int = 0
    due_in_week: int = 0
    due_by_today: int = 0
    done_of_due: int = 0
    extended: int = 0

    @property
    def total(self) -> int:
        return self.done_on_time + self.done_late + self.open_in_time + self.open_overdue

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late

    @property
    def share_done(self) -> float | None:
        """Done of all, 0 to 100; None without a denominator."""
        return 100 * self.done / self.total if self.total else None

    @property
    def share_of_due(self) -> float | None:
        """Done of what was due by today, 0 to 100; None when nothing was due."""
        return 100 * self.done_of_due / self.due_by_today if self.due_by_today else None

    def __add__(self, other: "Cells") -> "Cells":
        return Cells(**{field.name: getattr(self, field.name) + getattr(other, field.name) for field in fields(Cells)})


def _tally_sums(rows: QuerySet[Tally], *keys: str) -> QuerySet[Tally, dict[str, Any]]:
    """The counters of `rows` summed by `keys` and due day: plain sums, since conditions in SQL took three times as
    long.
    """
    return rows.values(*keys, "due_on").annotate(**{_PREFIX + name: Sum(name) for name in (*COUNTED, "extended")})


def _due_on(row: dict[str, Any], on: date, soon: date) -> Cells:
    """The sheet of counters that share one due day."""
    n = {name: row[_PREFIX + name] for name in (*COUNTED, "extended")}
    due, waiting, done = row["due_on"], sum(n[name] for name in WAITING), n["done_on_time"] + n["done_late"]
    everything = waiting + n["submitted"] + n["submitted_late"] + done
    past, come = due < on, due <= on
    return Cells(
        done_on_time=n["done_on_time"],
        done_late=n["done_late"],
        open_in_time=n["submitted"] + (0 if past else waiting),
        open_overdue=n["submitted_late"] + (waiting if past else 0),
        unacknowledged=n["assigned"],
        submitted=n["submitted"] + n["submitted_late"],
        no_deadline=everything if due == OPEN_END else 0,
        due_soon=waiting if on <= due <= soon else 0,
        due_in_week=waiting if on <= due <= on + WEEK else 0,
        due_by_today=everything if come else 0,
        done_of_due=done if come else 0,
        extended=n["extended"],
    )


def cells_in(row: Mapping[str, Any]) -> Cells:
    return Cells(**{field.name: row[_PREFIX + field.name] or 0 for field in fields(Cells)})


def _rows(tasks: QuerySet[Task] | None) -> QuerySet[Tally]:
    return Tally.objects.all() if tasks is None else Tally.objects.filter(task__in=tasks)


def due_within(column: str, within: Days | None) -> Q:
    """Due on one of those days, both ends included; no condition for None."""
    return Q(**{f"{column}__gte": within[0], f"{column}__lte": within[1]}) if within else Q()


def cells_of(
    unit: Unit, *, on: date, soon: date, tasks: QuerySet[Task] | None = None, by_first_due: bool = False
) -> Cells:
    """The sheet of what `unit` and its assigners above gave to units below it, from the tally. One query.

    soon: last day that counts as *due soon*. tasks: limits to some (a document's, a focus's). by_first_due: judge by
    the first due day; rows that were extended are then counted live (one more query).
    """
    cells = sum((_due_on(row, on, soon) for row in _tally_sums(_rows(tasks).filter(unit=unit))), Cells())
    return judged_by_first_due(unit, cells, on=on, soon=soon, tasks=tasks) if by_first_due else cells


def live_sums(
    on: date, soon: date, due: str, *, first: str = "first_due_on", within: Days | None = None
) -> dict[str, Any]:
    """The same figures counted over assignments (or spans), judged by the column `due`, of those due `within` days."""
    is_done, is_open = Q(state=State.DONE), ~Q(state__in=(State.DONE, State.WITHDRAWN, State.SUBMITTED))
    sent, past = Q(state=State.SUBMITTED), Q(**{f"{due}__lt": on})
    in_time, come = Q(submitted_on__lte=F(due)), Q(**{f"{due}__lte": on})
    counted = ~Q(state=State.WITHDRAWN)
    conditions = {
        "done_on_time": is_done & in_time,
        "done_late": is_done & ~in_time,
        "open_in_time": (sent & in_time) | (is_open & ~past),
        "open_overdue": (sent & ~in_time) | (is_open & past),
        "unacknowledged": Q(state=State.ASSIGNED),
        "submitted": sent,
        "no_deadline": counted & Q(**{due: OPEN_END}),
        "due_soon": is_open & Q(**{f"{due}__gte": on, f"{due}__lte": soon}),
        "due_in_week": is_open & Q(**{f"{due}__gte": on, f"{due}__lte": on + WEEK}),
        "due_by_today": counted & come,
        "done_of_due": is_done & come,
        "extended": counted & ~Q(due_on=F(first)),
    }
    named = due_within(due, within)
    return {_PREFIX + name: Count("pk", filter=condition & named) for name, condition in conditions.items()}


def judged_by_first_due(
    unit: Unit,
    cells: Cells,
    *,
    on: date,
    soon: date,
    tasks: QuerySet[Task] | None = None,
    within: Days | None = None,
) -> Cells:
    """The sheet `cells` of the unit judged by the first due day: the extended rows alone are counted anew. One
    query. within: of those days; a row may have come into them, or left them, when it was extended."""
    if not cells.extended and within is None:
        return cells
    rows = Assignment.objects.exclude(due_on=F("first_due_on")).filter(counted_at(unit))
    if tasks is not None:
        rows = rows.filter(task__in=tasks)
    sums = {f"{due}_{name}": total for due in DUE for name, total in live_sums(on, soon, due, within=within).items()}
    found = rows.aggregate(**sums)
    now, first = (
        cells_in({key.removeprefix(f"{due}_"): n for key, n in found.items() if key.startswith(due)}) for due in DUE
    )
    return cells + Cells(
        **{field.name: getattr(first, field.name) - getattr(now, field.name) for field in fields(Cells)}
    )


def counted_at(unit: Unit) -> Q:
    """The assignments that `unit`'s tally row counts: held strictly below it and given at or above it; and all that it
    gave.
    """
    below = paths.within(unit.path or "", "held_by__path") & ~Q(held_by=unit)
    given_above = Q(task__assigner__in=paths.ids(unit.path or ""))
    return Q(task__assigner=unit) | (below & given_above)


def own_cells(
    unit: Unit, *, on: date, soon: date, tasks: QuerySet[Task] | None = None, within: Days | None = None
) -> Cells:
    """What the unit itself holds, counted live. One query."""
    rows = Assignment.objects.filter(held_by=unit)
    if tasks is not None:
        rows = rows.filter(task__in=tasks)
    return cells_in(rows.aggregate(**live_sums(on, soon, "due_on", within=within)))


def cell_filter(cell: str, on: date, soon: date, *, due: str = "due_on", first: str = "first_due_on") -> Q:
    """Assignments that a cell or tile counts, so that every number can be a link to its list.

    cell: a field of Cells, or `total`, `done`, `open`, `silent`, `to_urge`. due: the column to judge by.
    Raises KeyError for others.
    """
    if cell == "silent":
        return silent_filter(on)
    named = {
        "total": ~Q(state=State.WITHDRAWN),
        "done": Q(state=State.DONE),
        "open": ~Q(state__in=(State.DONE, State.WITHDRAWN)),
        "to_urge": Q(state__in=HOLDERS_TURN) & Q(**{f"{due}__lt": on}),
    }
    return named[cell] if cell in named else live_sums(on, soon, due, first=first)[_PREFIX + cell].filter


def cells_by_child(unit: Unit, *, on: date, soon: date, tasks: QuerySet[Task] | None = None) -> dict[int, Cells]:
    """For each child of `unit`: the work that `unit` and those above gave, below it and in its own hands. Two
    queries."""
    found: dict[int, Cells] = {}
    for (child, _document), cells in heat_map(unit, on=on, soon=soon, tasks=tasks).items():
        found[child] = found.get(child, Cells()) + cells
    return found


def cells_by_source(
    unit: Unit, *, on: date, soon: date, within: Days | None = None
) -> dict[tuple[int, int | None, str], Cells]:
    """The sheet of the unit by (document, focus or None, area of work); their sum is the unit's sheet. One query."""
    found: dict[tuple[int, int | None, str], Cells] = {}
    rows = Tally.objects.filter(due_within("due_on", within), unit=unit)
    for row in _tally_sums(rows, "task__document", "task__focus", "task__work_area"):
        key = (row["task__document"], row["task__focus"], row["task__work_area"])
        found[key] = found.get(key, Cells()) + _due_on(row, on, soon)
    return found


def heat_map(
    unit: Unit, *, on: date, soon: date, tasks: QuerySet[Task] | None = None, within: Days | None = None
) -> dict[tuple[int, int], Cells]:
    """(child, document) → the work that `unit` and those above gave, below the child and in its own hands. Two queries.

    Children of every relation: with what the unit gave to itself and elsewhere they make up its sheet. tasks: limits to
    some.
    """
    given = {"task__assigner__in": paths.ids(unit.path or "")} | ({} if tasks is None else {"task__in": tasks})
    children = Unit.objects.filter(present__parent=unit)
    found: dict[tuple[int, int], Cells] = {}
    below = Tally.objects.filter(due_within("due_on", within), unit__in=children, **given)
    for row in _tally_sums(below, "unit", "task__document"):
        key = (row["unit"], row["task__document"])
        found[key] = found.get(key, Cells()) + _due_on(row, on, soon)
    held = Assignment.objects.filter(due_within("due_on", within), held_by__in=children, **given)
    live_rows = held.filter(task__document__isnull=False)
    own = live_rows.values("held_by", "task__document")
    for live in own.annotate(**live_sums(on, soon, "due_on")):
        key = (live["held_by"], live["task__document"])
        found[key] = found.get(key, Cells()) + cells_in(live)
    return found


def sheets_on(on: date, soon: date, unit: int | None = None) -> dict[int, Cells]:
    """The sheet of every unit that counted anything at the end of a past day, by unit id; `unit` limits to one. One
    query.
    """
    found: dict[int, Cells] = {}
    for pk, due_on, counts in counts_on(on, unit):
        row = {"due_on": due_on} | {_PREFIX + name: count for name, count in counts.items()}
        found[pk] = found.get(pk, Cells()) + _due_on(row, on, soon)
    return found
