"""What stands on a sheet of a unit: taken from its board for paper, kept with a sheet that is issued, read from it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from trienkhai.dashboards.queries.board import Board
from trienkhai.tasks.models import Sheet
from trienkhai.tasks.queries import Cells
from trienkhai.tasks.queries.closed import cells_from

EMPTY = Cells()
PARTS = ("lines", "areas")


@dataclass(frozen=True)
class Row:
    """A line of a table: a unit by its id, or an area of work by its code ('' for what names none)."""

    key: int | str
    name: str
    cells: Cells


@dataclass(frozen=True)
class Figures:
    """A sheet with its tables. alone: of what the unit holds itself. lines: the units below, attached bodies last.
    rest: what the sheet counts and no line shows. points: the days of the trend.
    """

    main: Cells
    alone: bool = False
    lines: list[Row] = field(default_factory=list)
    rest: Cells = EMPTY
    areas: list[Row] = field(default_factory=list)
    points: list[tuple[date, Cells]] = field(default_factory=list)


def figures_of(board: Board, areas: Mapping[str, str], points: list[tuple[date, Cells]]) -> Figures:
    """areas: names by code."""
    named = board.areas.items() if board.area_codes else ()
    return Figures(
        main=board.cells if board.shows_below else board.own,
        alone=not board.shows_below,
        lines=[Row(line.unit.pk, line.unit.name, line.cells) for line in [*board.lines, *board.attached]],
        rest=board.rest,
        areas=[Row(code, areas.get(code, code), cells) for code, cells in named if cells.total],
        points=points,
    )


def stored(figures: Figures) -> dict[str, Any]:
    """The tables as a sheet keeps them; `figures_from` reads them again."""
    return {
        "lines": [_plain(row) for row in figures.lines],
        "rest": asdict(figures.rest),
        "areas": [_plain(row) for row in figures.areas],
        "points": [[day.isoformat(), asdict(cells)] for day, cells in figures.points],
    }


def _plain(row: Row) -> list[Any]:
    return [row.key, row.name, asdict(row.cells)]


def figures_from(sheet: Sheet) -> Figures:
    """What was issued."""
    content = sheet.content
    lines, areas = ([Row(key, name, cells_from(cells)) for key, name, cells in content[part]] for part in PARTS)
    points = [(date.fromisoformat(day), cells_from(cells)) for day, cells in content["points"]]
    return Figures(cells_from(sheet.cells), sheet.alone, lines, cells_from(content["rest"]), areas, points)
