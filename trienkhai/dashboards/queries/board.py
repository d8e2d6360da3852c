"""The figures of one unit's board: at most ten queries whatever the size, from the tally wherever it holds them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date

from django.db.models import Q

from trienkhai.dashboards.links import EVERYTHING, Scope
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.queries import children, children_as_of
from trienkhai.tasks.models import Focus
from trienkhai.tasks.queries import (
    Cells,
    cells_by_source,
    due_soon_day,
    heat_map,
    judged_by_first_due,
    own_cells,
)
from trienkhai.tasks.queries.past import own_as_of, parts_as_of

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
    sheet. areas: the sheet by area of work, '' for what names none. area_codes: all that the unit's tasks name.
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
    area_codes: set[str] = field(default_factory=set)

    @property
    def shows_below(self) -> bool:
        """Is there work below, or anybody who could get it? Otherwise the unit's own sheet is all there is."""
        return bool(self.cells.total or self.lines)


def board_of(unit: Unit, on: date, scope: Scope = EVERYTHING, *, below: bool = True) -> Board:
    """The figures of `unit` within `scope`; its own work alone unless `below`.

    Nine queries at any size, ten by the first due day.
    """
    soon = due_soon_day(on)
    tasks, days = scope.tasks, scope.days
    own = own_cells(unit, on=on, soon=soon, tasks=tasks, within=days)
    if not below:
        return Board(unit, on, soon, own=own)
    sources = cells_by_source(unit, on=on, soon=soon, within=days)
    cells = total(value for key, value in sources.items() if _in_scope(key, scope))
    if scope.first_due:
        cells = judged_by_first_due(unit, cells, on=on, soon=soon, tasks=tasks, within=days)
    heat = heat_map(unit, on=on, soon=soon, tasks=tasks, within=days)
    return assembled(Board(unit, on, soon, cells=cells, own=own), scope, sources, _lines(children(unit), heat))


def past_board_of(unit: Unit, on: date, scope: Scope = EVERYTHING, *, below: bool = True) -> Board:
    """The figures of `unit` at the end of a past day, by the places, names and states of that day; where the scope asks
    for it by today's places and names, each row with who held it that day or took that unit's place.

    Fewer than twenty queries at any size; those on assignments read every one below the unit. All tables go by the due
    day that `scope` is judged by.
    """
    asked = scope.question
    own, soon = own_as_of(unit, on, asked), due_soon_day(on)
    if not below:
        return Board(unit, on, soon, own=own)
    everything = parts_as_of(unit, on, replace(asked, tasks=None))
    sources, heat = dict[Source, Cells](), dict[tuple[int, int], Cells]()
    for (child, document, focus, area), cells in everything.items():
        source = (document or 0, focus, area)
        sources[source] = sources.get(source, EMPTY) + cells
        if child and _in_scope(source, scope):
            heat[child, document or 0] = heat.get((child, document or 0), EMPTY) + cells
    whole = total(value for key, value in sources.items() if _in_scope(key, scope))
    below_it = _stands_below(unit, scope.now) if scope.places and scope.now else _stood_below(unit, on)
    return assembled(Board(unit, on, soon, cells=whole, own=own), scope, sources, _lines(below_it, heat))


def _stands_below(unit: Unit, today: date) -> list[Unit]:
    """The children that stand today; by name."""
    return list(children(unit).filter(closed_on__gt=today))


def _stood_below(unit: Unit, on: date) -> list[Unit]:
    """The children of that day, called as they were called then; by name."""
    found = []
    for version in sorted(children_as_of(unit, on), key=lambda row: row.sort_key):
        version.unit.present = version
        found.append(version.unit)
    return found


def assembled(board: Board, scope: Scope, sources: dict[Source, Cells], lines: list[Line]) -> Board:
    """The board with its tables, from the sheet by source and the lines of the children."""
    main = [line for line in lines if line.unit.present and line.unit.present.relation == Relation.SUBORDINATE]
    return replace(
        board,
        lines=main,
        attached=[line for line in lines if line not in main and line.cells.total],
        rest=_less(board.cells, total(line.cells for line in lines)),
        documents=_documents({key[0] for key in sources}),
        focuses=_focuses(board.unit, board.on, sources),
        areas=_areas({key: value for key, value in sources.items() if _in_scope(key, scope)}),
        area_codes={area for _document, _focus, area in sources if area},
    )


def _in_scope(key: Source, scope: Scope) -> bool:
    """Is a source (document, focus, area of work) within the scope?"""
    wanted = (scope.document, scope.focus, scope.area)
    return all(not limit or limit == part for limit, part in zip(wanted, key, strict=True))


def total(parts: Iterable[Cells]) -> Cells:
    return sum(parts, EMPTY)


def _less(whole: Cells, part: Cells) -> Cells:
    return Cells(**{cell.name: getattr(whole, cell.name) - getattr(part, cell.name) for cell in fields(Cells)})


def _lines(below: Iterable[Unit], heat: dict[tuple[int, int], Cells]) -> list[Line]:
    by_child: dict[int, dict[int, Cells]] = {}
    for (child, document), cells in heat.items():
        by_child.setdefault(child, {})[document] = cells
    return [Line(child, total(by_child.get(child.pk, {}).values()), by_child.get(child.pk, {})) for child in below]


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
