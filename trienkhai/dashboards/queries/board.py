"""The figures of one unit's board: at most ten queries whatever the size, from the tally wherever it holds them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from trienkhai.dashboards.links import EVERYTHING, Scope
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.queries import children
from trienkhai.tasks.models import Assignment, Focus, Sheet, Task
from trienkhai.tasks.queries import (
    Cells,
    cells_by_source,
    count_up_to,
    counted_at,
    due_soon_day,
    heat_map,
    judged_by_first_due,
    own_cells,
    sheet_as_of,
    silent_filter,
    steps_without_approver,
)
from trienkhai.tasks.queries.closed import ClosedMonth, closed_days, closed_month

MONTHS = 6
HEAT_DOCUMENTS = 12
EMPTY = Cells()
Source = tuple[int, int | None, str]


@dataclass(frozen=True)
class Line:
    """A child of the unit and its sheet, also by document."""

    unit: Unit
    cells: Cells
    by_document: dict[int, Cells]


@dataclass(frozen=True)
class Board:
    """Figures of a unit on a day.

    cells: the sheet of what stands below the unit. own: what it holds itself. lines: direct subordinates by name;
    attached: its other bodies that hold work. rest: what the sheet counts and no line shows. focuses, each with its
    sheet. areas: the sheet by area of work, '' for what names none.
    """

    unit: Unit
    on: date
    soon: date
    cells: Cells = EMPTY
    own: Cells = EMPTY
    lines: list[Line] = field(default_factory=list)
    attached: list[Line] = field(default_factory=list)
    rest: Cells = EMPTY
    documents: list[Document] = field(default_factory=list)
    focuses: list[tuple[Focus, Cells]] = field(default_factory=list)
    areas: dict[str, Cells] = field(default_factory=dict)

    @property
    def shows_below(self) -> bool:
        """Is there work below, or anybody who could get it? Otherwise the unit's own sheet is all there is."""
        return bool(self.cells.total or self.lines)


def board_of(unit: Unit, on: date, scope: Scope = EVERYTHING, *, below: bool = True) -> Board:
    """The figures of `unit` within `scope`; its own work alone unless `below`.

    Nine queries at any size, ten by the first due day.
    """
    soon = due_soon_day(on)
    tasks = scoped_tasks(scope)
    own = own_cells(unit, on=on, soon=soon, tasks=tasks)
    if not below:
        return Board(unit, on, soon, own=own)
    sources = cells_by_source(unit, on=on, soon=soon)
    cells = total(value for key, value in sources.items() if _in_scope(key, scope))
    if scope.first_due:
        cells = judged_by_first_due(unit, cells, on=on, soon=soon, tasks=tasks)
    lines = _lines(unit, heat_map(unit, on=on, soon=soon, tasks=tasks))
    main = [line for line in lines if line.unit.present and line.unit.present.relation == Relation.SUBORDINATE]
    other = [line for line in lines if line not in main and line.cells.total]
    return Board(
        unit,
        on,
        soon,
        cells=cells,
        own=own,
        lines=main,
        attached=other,
        rest=_less(cells, total(line.cells for line in lines)),
        documents=_documents({key[0] for key in sources}),
        focuses=_focuses(unit, on, sources),
        areas=_areas({key: value for key, value in sources.items() if _in_scope(key, scope)}),
    )


def scoped_tasks(scope: Scope) -> QuerySet[Task] | None:
    """Tasks of the scope's document and focus; None when there is no such limit."""
    limits = {"document": scope.document, "focus": scope.focus}
    given = {name: value for name, value in limits.items() if value}
    return Task.objects.filter(**given) if given else None


def _in_scope(key: Source, scope: Scope) -> bool:
    return (not scope.document or key[0] == scope.document) and (not scope.focus or key[1] == scope.focus)


def total(parts: Iterable[Cells]) -> Cells:
    return sum(parts, EMPTY)


def _less(whole: Cells, part: Cells) -> Cells:
    return Cells(**{cell.name: getattr(whole, cell.name) - getattr(part, cell.name) for cell in fields(Cells)})


def _lines(unit: Unit, heat: dict[tuple[int, int], Cells]) -> list[Line]:
    by_child: dict[int, dict[int, Cells]] = {}
    for (child, document), cells in heat.items():
        by_child.setdefault(child, {})[document] = cells
    return [
        Line(child, total(by_child.get(child.pk, {}).values()), by_child.get(child.pk, {})) for child in children(unit)
    ]


def _documents(ids: set[int]) -> list[Document]:
    """Newest first, without their texts."""
    rows = Document.objects.filter(pk__in=ids).only("doc_type", "symbol", "title", "issued_on", "withdrawn_at")
    return sorted(rows, key=lambda row: (row.issued_on or date.min, row.pk), reverse=True)


def _areas(sources: dict[Source, Cells]) -> dict[str, Cells]:
    found: dict[str, Cells] = {}
    for (_document, _focus, area), value in sources.items():
        found[area] = found.get(area, Cells()) + value
    return found


def _focuses(unit: Unit, on: date, sources: dict[Source, Cells]) -> list[tuple[Focus, Cells]]:
    """The unit's focuses in force and those from above that reach it, each with its sheet; breakthroughs last."""
    cells: dict[int, Cells] = {}
    for (_document, focus, _area), value in sources.items():
        if focus:
            cells[focus] = cells.get(focus, Cells()) + value
    own = Q(unit=unit, valid_from__lte=on, valid_to__gt=on)
    rows = Focus.objects.filter(own | Q(pk__in=list(cells))).order_by("pk")
    order = list(Focus.Kind.values)
    return [(row, cells.get(row.pk, Cells())) for row in sorted(rows, key=lambda row: order.index(row.kind))]


@dataclass(frozen=True)
class Background:
    """What is counted live and shown after the figures. silent: at most 1,001."""

    silent: int
    points: list[tuple[date, Cells]]
    without_approver: list[Unit]
    closed: list[date]
    month: ClosedMonth | None


def background_of(unit: Unit, on: date, scope: Scope = EVERYTHING, month: date | None = None) -> Background:
    """Silent work, the last month ends (stored, else counted from the past), steps that have nobody to approve.

    month: the last day of a stored month, which is then set beside what is counted for it now; that reads every
    assignment, so it is done for who asks.
    """
    silent = Assignment.objects.filter(counted_at(unit)).filter(silent_filter(on))
    tasks = scoped_tasks(scope)
    if tasks is not None:
        silent = silent.filter(task__in=tasks)
    points = [] if tasks is not None else trend(unit, on)
    closed = [] if tasks is not None else closed_days(MONTHS)
    beside = closed_month(unit, month) if month in closed and month else None
    return Background(count_up_to(silent), points, steps_without_approver(unit, on), closed, beside)


def trend(unit: Unit, on: date) -> list[tuple[date, Cells]]:
    """The sheet at the last six month ends and on the day itself; days before the first assignment left out.

    Up to the last month that was stored the stored sheets alone count: a unit without one had nothing then.
    """
    days = month_ends(on, MONTHS)
    months = Sheet.objects.filter(document_id=0, kind=Sheet.Kind.MONTH_END)
    closed = months.order_by("-on").values_list("on", flat=True).first() or date.min
    stored = {
        row.on: Cells(**{cell.name: row.cells.get(cell.name, 0) for cell in fields(Cells)})
        for row in months.filter(unit=unit, on__in=days)
    }
    found = [(day, stored.get(day, EMPTY) if day <= closed else sheet_as_of(unit, day)) for day in [*days, on]]
    return [(day, cells) for day, cells in found if cells.total]


def month_ends(on: date, count: int) -> list[date]:
    """The last days of the `count` months before the month of `on`, oldest first."""
    days, first = [], on.replace(day=1)
    for _month in range(count):
        days.append(first - timedelta(days=1))
        first = days[-1].replace(day=1)
    return days[::-1]
