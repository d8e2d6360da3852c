"""Sheets written as XLSX or CSV, and an uploaded file given back with what is wrong in its rows."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from trienkhai.common.folding import fold
from trienkhai.exchange.columns import ERROR, NOT_WRITTEN, SHEETS, Words, written
from trienkhai.exchange.files import Row, Table, filled_sheets
from trienkhai.exchange.progress import Stage, Tell, counted, silent
from trienkhai.exchange.workbooks import Numbered

HEADING, WRONG, WRONG_ROW = (PatternFill("solid", fgColor=colour) for colour in ("EFEBE2", "F2B8B5", "FBECEB"))
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
DAY = "dd/mm/yyyy"
FIRST_DAY = date(1900, 3, 1)
"""Before this day the day numbers of spreadsheets differ from each other."""
WIDTHS = {
    "name": 48,
    "title": 48,
    "recipient": 36,
    "issuer_name": 30,
    "aliases": 36,
    "holder": 26,
    "kind": 30,
    "sector": 26,
    "relation": 24,
    "role": 24,
    "classes": 30,
    "requirements": 60,
}
USUAL_WIDTH, ERROR_WIDTH = 18, 70


def write_xlsx(target: BinaryIO, tables: dict[str, Iterable[dict[str, Any]]], on: date) -> None:
    """Write sheets by name (a key of `SHEETS`) row by row; memory does not grow with their number."""
    words, book = Words(on), Workbook(write_only=True)
    for name, rows in tables.items():
        title, columns = SHEETS[name]
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, column in enumerate(columns, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(column.name, USUAL_WIDTH)
        sheet.append([_cell(sheet, column.vi, heading=True) for column in columns])
        for row in rows:
            sheet.append([_cell(sheet, written(column, row.get(column.name), words)) for column in columns])
    book.save(target)


def _cell(sheet: Any, given: Any, heading: bool = False) -> Any:
    """The value itself, or a cell where it needs a look of its own: headings, days."""
    if isinstance(given, date) and given < FIRST_DAY:
        return f"{given:%d/%m/%Y}"
    many = isinstance(given, str) and "\n" in given
    if not (heading or many or isinstance(given, date)):
        return given
    cell = WriteOnlyCell(sheet, given)
    if heading:
        cell.font, cell.fill = BOLD, HEADING
    elif many:
        cell.alignment = WRAPPED
    else:
        cell.number_format = DAY
    return cell


def write_csv(name: str, rows: Iterable[dict[str, Any]], on: date) -> Iterator[str]:
    """Lines of a CSV file (UTF-8 with a byte order mark, so that spreadsheets read the letters)."""
    words, (_title, columns) = Words(on), SHEETS[name]
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([column.vi for column in columns])
    yield "\ufeff" + _drained(buffer)
    for row in rows:
        cells = [written(column, row.get(column.name), words) for column in columns]
        writer.writerow([f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in cells])
        yield _drained(buffer)


def _drained(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def write_marked(
    target: BinaryIO, tables: dict[str, Table], source: BinaryIO, name: str, *, tell: Tell = silent
) -> None:
    """The uploaded rows where they stood, wrong cells in colour, with a last column that says what is wrong.

    The file is read a second time and written as it is read. Nothing in it is a formula, whatever was uploaded.
    """
    book, of, before = Workbook(write_only=True), sum(len(table.rows) for table in tables.values()), 0
    for table, (_title, rows) in zip(tables.values(), filled_sheets(source, name), strict=True):
        counted_rows = counted(rows, tell, Stage.MARK, of, before=before)
        _mark(book.create_sheet(SHEETS[table.name][0]), table, counted_rows)
        before += len(table.rows)
    book.save(target)


def _mark(sheet: Any, table: Table, rows: Iterable[Numbered]) -> None:
    kept = [place for place, heading in enumerate(table.headings) if fold(heading) not in ERROR.headings()]
    while kept and not table.headings[kept[-1]]:
        kept.pop()
    for column in range(1, len(kept) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = USUAL_WIDTH
    sheet.column_dimensions[get_column_letter(len(kept) + 1)].width = ERROR_WIDTH
    sheet.freeze_panes = f"A{table.heading_row + 1}"
    wrong, reached = {row.number: row for row in table.rows if row.errors}, 0
    for number, cells in rows:
        for _empty in range(reached + 1, number):
            sheet.append([])
        reached = number
        if number == table.heading_row:
            sheet.append([_marked(sheet, heading, HEADING) for heading in _headings(table, kept)])
        else:
            sheet.append(_marked_row(sheet, cells, kept, wrong.get(number), table))


def _headings(table: Table, kept: list[int]) -> list[str]:
    return [*(table.headings[place] for place in kept), ERROR.vi]


def _marked_row(sheet: Any, cells: Sequence[Any], kept: list[int], row: Row | None, table: Table) -> list[Any]:
    wrong = {table.places[name] for name in row.wrong if name in table.places} if row else set()
    usual, found = WRONG_ROW if row else None, []
    for place in kept:
        given = cells[place] if place < len(cells) else None
        found.append(_marked(sheet, given, WRONG if place in wrong else usual))
    if row:
        found.append(_marked(sheet, " ".join(row.errors), WRONG_ROW))
        found[-1].alignment = WRAPPED
    return found


def _marked(sheet: Any, given: Any, fill: PatternFill | None) -> Any:
    """The cell; plain values that need no look of their own stay what they are."""
    if isinstance(given, bool) or not isinstance(given, (int, float, date, type(None))):
        given = NOT_WRITTEN.sub("", str(given))
    plain = given is None or isinstance(given, (int, float)) or not str(given).startswith("=")
    if fill is None and plain and not isinstance(given, date):
        return given
    cell = WriteOnlyCell(sheet, given)
    if cell.data_type == "f":
        cell.data_type, cell.quotePrefix = "s", True
    if isinstance(given, date):
        cell.number_format = DAY
    if fill:
        cell.fill = fill
        if fill is HEADING:
            cell.font = BOLD
    return cell
