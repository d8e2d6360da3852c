"""Sheets to be issued and sheets that were: what would stand on one now, and what differs from what stood on it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from trienkhai.common import paths
from trienkhai.dashboards.links import Scope
from trienkhai.dashboards.queries.beside import trend
from trienkhai.dashboards.queries.board import EMPTY, Board, past_board_of
from trienkhai.dashboards.queries.figures import Figures, Row, figures_from, figures_of
from trienkhai.dashboards.rules import visible_sheets
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import Places
from trienkhai.orgs.queries import names_of
from trienkhai.people.models import Account
from trienkhai.tasks.models import Sheet
from trienkhai.tasks.queries import Cells
from trienkhai.tasks.queries.areas import official_names

COMPARED = (
    "total",
    "done_on_time",
    "done_late",
    "open_in_time",
    "open_overdue",
    "due_by_today",
    "done_of_due",
)
"""The figures that stand on a sheet, its shares by their parts."""
READINGS = 5


@dataclass(frozen=True)
class Changed:
    """A figure that is now another: `part` – main, lines, areas or rest – and the line's key there."""

    part: str
    key: int | str
    name: str
    cell: str
    issued: int
    now: int


def read_sheet(unit: Unit, on: date, scope: Scope, *, below: bool) -> tuple[Board, Figures]:
    """What a sheet of that day says now, also for today by states, places and names of the day's end, so that it can
    be told again later.

    Read until two readings agree: work done meanwhile may not stand on it by half.
    """
    found = _read(unit, on, scope, below)
    for _reading in range(READINGS):
        again = _read(unit, on, scope, below)
        if again[1] == found[1]:
            break
        found = again
    return found


def _read(unit: Unit, on: date, scope: Scope, below: bool) -> tuple[Board, Figures]:
    board = past_board_of(unit, on, scope, below=below)
    points = trend(unit, on, scope) if board.shows_below else []
    return board, figures_of(board, official_names(on) if board.area_codes else {}, points)


def issued_sheets(unit: Unit, scope: Scope | None = None) -> QuerySet[Sheet]:
    """Those of the unit, the newest number first; with `scope` of just that scope, whatever the day."""
    rows = Sheet.objects.filter(unit=unit, kind=Sheet.Kind.ISSUED).order_by("-number")
    return rows if scope is None else rows.filter(document_id=scope.document or 0, scope=scope.key)


def regrouped(sheet: Sheet, today: date) -> Figures:
    """What was issued, each line under the unit directly below in whose branch its unit stands today, or the one that
    took its place; called as today. A line whose unit left the branch stays one of its own. Three queries.
    """
    figures, top, places = figures_from(sheet), sheet.unit.path or "", Places(today=today)
    where = places.of({int(row.key) for row in figures.lines})
    found: dict[int, Cells] = {}
    for row in figures.lines:
        path = where.get(int(row.key), "")
        inside = bool(top) and paths.is_within(path, top) and path != top
        key = int(path[len(top) :][: paths.WIDTH]) if inside else int(row.key)
        found[key] = found.get(key, EMPTY) + row.cells
    names = names_of(found)
    return replace(figures, lines=[Row(key, names[key].name, cells) for key, cells in found.items() if key in names])


def newest_issued(account: Account, unit: Unit, scope: Scope, on: date) -> Sheet | None:
    """The last sheet of the unit and scope that the person may read; of a past day those of that day alone."""
    rows = visible_sheets(account, on).filter(unit=unit, document_id=scope.document or 0, scope=scope.key)
    if scope.day:
        rows = rows.filter(on=scope.day)
    return rows.defer("content").order_by("-on", "-number").first()


def scope_of(sheet: Sheet) -> Scope:
    """The scope of an issued sheet, without its day."""
    limits = sheet.content["limits"]
    return Scope(document=sheet.document_id or None, **limits)


def document_labels(sheets: Iterable[Sheet]) -> dict[int, str]:
    """The documents of these sheets as the register names them now, those locked away since left out. One query, or
    none.
    """
    ids = {sheet.document_id for sheet in sheets} - {0}
    rows = Document.objects.filter(pk__in=ids).only("doc_type", "symbol", "title") if ids else []
    return {row.pk: f"{row}: {row.title}" for row in rows}


def differences(sheet: Sheet) -> list[Changed]:
    """Each figure that stood on the sheet and is another for the same day as counted now, in the order of the sheet.

    A line that is gone, or has come, differs from nothing.
    """
    was = figures_from(sheet)
    _board, now = _read(sheet.unit, sheet.on, scope_of(sheet), not sheet.alone)
    found = _changed("main", Row("", "", was.main), now.main)
    for part, before, after in (("lines", was.lines, now.lines), ("areas", was.areas, now.areas)):
        cells = {row.key: row.cells for row in after}
        known = {row.key for row in before}
        come = [replace(row, cells=EMPTY) for row in after if row.key not in known]
        for row in [*before, *come]:
            found += _changed(part, row, cells.get(row.key, EMPTY))
    return found + _changed("rest", Row("", "", was.rest), now.rest)


def _changed(part: str, was: Row, now: Cells) -> list[Changed]:
    pairs = ((cell, getattr(was.cells, cell), getattr(now, cell)) for cell in COMPARED)
    return [Changed(part, was.key, was.name, cell, old, new) for cell, old, new in pairs if old != new]
