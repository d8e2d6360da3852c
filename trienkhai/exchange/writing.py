"""Sheets written as XLSX or CSV, and an uploaded file given back with what is wrong in its rows."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from trienkhai.common.folding import fold
from trienkhai.exchange.columns import ERROR, NOT_WRITTEN, SHEETS, Words, written
from trienkhai.exchange.files import Table

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
    if not heading and not isinstance(given, date):
        return given
    cell = WriteOnlyCell(sheet, given)
    if heading:
        cell.font, cell.fill = BOLD, HEADING
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


def write_marked(target: BinaryIO, tables: dict[str, Table]) -> None:
    """The uploaded rows where they stood, wrong cells in colour, with a last column that says what is wrong.

    Nothing in it is a formula, whatever was uploaded.
    """
    book = Workbook()
    book.remove(book.active)
    for kind, table in tables.items():
        _mark(book.create_sheet(SHEETS[kind][0]), table)
    book.save(target)


def _mark(sheet: Worksheet, table: Table) -> None:
    kept = [place for place, heading in enumerate(table.headings) if fold(heading) not in ERROR.headings()]
    while kept and not table.headings[kept[-1]]:
        kept.pop()
    error_column = len(kept) + 1
    for column, place in enumerate(kept, start=1):
        _put(sheet, table.heading_row, column, table.headings[place], HEADING)
        sheet.column_dimensions[get_column_letter(column)].width = USUAL_WIDTH
    _put(sheet, table.heading_row, error_column, ERROR.vi, HEADING)
    sheet.column_dimensions[get_column_letter(error_column)].width = ERROR_WIDTH
    sheet.freeze_panes = f"A{table.heading_row + 1}"
    for row in table.rows:
        wrong = {table.places[name] for name in row.wrong if name in table.places}
        for column, place in enumerate(kept, start=1):
            fill = WRONG if place in wrong else WRONG_ROW if row.errors else None
            _put(sheet, row.number, column, row.cells[place] if place < len(row.cells) else None, fill)
        if row.errors:
            _put(sheet, row.number, error_column, " ".join(row.errors), WRONG_ROW).alignment = WRAPPED


def _put(sheet: Worksheet, row: int, column: int, given: Any, fill: PatternFill | None) -> Any:
    cell = sheet.cell(row, column)
    if given is not None:
        cell.value = given if isinstance(given, (int, float, date)) else NOT_WRITTEN.sub("", str(given))
    if cell.data_type == "f":
        cell.data_type, cell.quotePrefix = "s", True
    if isinstance(given, (date, datetime)):
        cell.number_format = DAY
    if fill:
        cell.fill = fill
        if fill is HEADING:
            cell.font = BOLD
    return cell
