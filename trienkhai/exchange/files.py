"""Units and posts as XLSX or CSV: written in rows, read in rows with the number each row has in its file."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from trienkhai.common.folding import fold
from trienkhai.exchange.columns import ERROR, SHEETS, Column, Words, read_cell, written

MOST_ROWS = 20_000
MOST_BYTES = 100 * 1024 * 1024
HEADING, WRONG = PatternFill("solid", fgColor="EFEBE2"), PatternFill("solid", fgColor="F6D5D5")


@dataclass
class Row:
    """One row of a file: its number there, its values, the cells as they stood, and what is wrong with it."""

    number: int
    values: dict[str, Any]
    cells: list[Any]
    errors: list[str] = field(default_factory=list)


@dataclass
class Table:
    """The rows of one sheet and the headings found, in their order."""

    name: str
    headings: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def write_xlsx(target: BinaryIO, tables: dict[str, Iterable[dict[str, Any]]], on: date) -> None:
    """Write sheets by name (`units`, `posts`) row by row; memory does not grow with their number."""
    words, book = Words(on), Workbook(write_only=True)
    for name, rows in tables.items():
        title, columns = SHEETS[name]
        sheet = book.create_sheet(title)
        sheet.append([column.vi for column in columns])
        for row in rows:
            sheet.append([written(column, row.get(column.name), words) for column in columns])
    book.save(target)


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


def read_tables(source: BinaryIO, name: str, on: date) -> dict[str, Table]:
    """The sheets of a file, each row with its values and what is wrong with its cells.

    Raises ValidationError for a file that is no workbook and no CSV, is empty, too large, or has a heading nobody knows
    or lacks a needed one.
    """
    grids = _csv_grids(source) if name.lower().endswith(".csv") else _xlsx_grids(source)
    words, tables = Words(on), {}
    for title, grid in grids:
        kind, columns = _kind_of(title, grid[0] if grid else [])
        tables[kind] = _table(kind, columns, grid, words)
    if not tables:
        raise ValidationError(_("The file is empty."))
    return tables


def _csv_grids(source: BinaryIO) -> list[tuple[str, list[list[Any]]]]:
    source.seek(0)
    try:
        text = source.read(MOST_BYTES + 1).decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ValidationError(
            _("The text is not valid UTF-8. Save the file as “CSV UTF-8” and send it again.")
        ) from fault
    if "\x00" in text:
        raise ValidationError(_("This is not a workbook (.xlsx) or a CSV file."))
    delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    return [("", [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)][: MOST_ROWS + 2])]


def _xlsx_grids(source: BinaryIO) -> list[tuple[str, list[list[Any]]]]:
    source.seek(0)
    try:
        with zipfile.ZipFile(source) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise ValidationError(
                    _("The file unpacks to far more than a list of units can hold. It was not opened.")
                )
        source.seek(0)
        book = load_workbook(source, read_only=True)
        return [
            (sheet.title, [list(row) for _n, row in zip(range(MOST_ROWS + 2), sheet.iter_rows(values_only=True))])
            for sheet in book.worksheets
        ]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as fault:
        raise ValidationError(_("This is not a workbook (.xlsx) or a CSV file.")) from fault


def _kind_of(title: str, headings: Sequence[Any]) -> tuple[str, tuple[Column, ...]]:
    """Which of the two sheets it is, by the headings it has."""
    known = {fold(str(cell)) for cell in headings if cell}
    scores = {
        kind: sum(bool(_names(column) & known) for column in columns) for kind, (_title, columns) in SHEETS.items()
    }
    best = max(scores, key=lambda kind: scores[kind])
    if not scores[best]:
        raise ValidationError(_("The sheet “%(title)s” has no heading that is known.") % {"title": title or "CSV"})
    return best, SHEETS[best][1]


def _names(column: Column) -> set[str]:
    return {fold(column.vi), fold(column.en), fold(column.name)}


def _table(kind: str, columns: tuple[Column, ...], grid: list[list[Any]], words: Words) -> Table:
    headings = [str(cell).strip() if cell else "" for cell in grid[0]]
    places = _places(columns, headings)
    if len(grid) > MOST_ROWS + 1:
        raise ValidationError(_("The file has more than %(n)d rows.") % {"n": MOST_ROWS})
    table = Table(kind, headings)
    for number, cells in enumerate(grid[1:], start=2):
        if any(cell not in (None, "") for cell in cells):
            table.rows.append(_row(number, cells, columns, places, words))
    return table


def _places(columns: tuple[Column, ...], headings: list[str]) -> dict[str, int]:
    """Column name → its place in the file. Raises ValidationError for an unknown or a missing heading."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        if not heading or fold(heading) in _names(ERROR):
            continue
        column = next((column for column in columns if fold(heading) in _names(column)), None)
        if column is None:
            raise ValidationError(_("The column “%(heading)s” is not known.") % {"heading": heading})
        places[column.name] = place
    if missing := [column.vi for column in columns if column.needed and column.name not in places]:
        raise ValidationError(_("The column “%(heading)s” is missing.") % {"heading": ", ".join(missing)})
    return places


def _row(number: int, cells: list[Any], columns: tuple[Column, ...], places: dict[str, int], words: Words) -> Row:
    row = Row(number, {}, list(cells))
    for column in columns:
        if column.name not in places:
            continue
        place = places[column.name]
        try:
            row.values[column.name] = read_cell(column, cells[place] if place < len(cells) else None, words)
        except ValidationError as fault:
            row.errors += fault.messages
    return row


def write_marked(target: BinaryIO, tables: dict[str, Table]) -> None:
    """The same rows as a workbook with a last column that says what is wrong, wrong rows in colour."""
    book = Workbook()
    book.remove(book.active)
    for kind, table in tables.items():
        sheet = book.create_sheet(SHEETS[kind][0])
        known = [place for place, heading in enumerate(table.headings) if fold(heading) not in _names(ERROR)]
        sheet.append([table.headings[place] for place in known] + [ERROR.vi])
        for cell in sheet[1]:
            cell.font, cell.fill = Font(bold=True), HEADING
        for row in table.rows:
            sheet.append(
                [row.cells[place] if place < len(row.cells) else None for place in known] + [" ".join(row.errors)]
            )
            if row.errors:
                for cell in sheet[sheet.max_row]:
                    cell.fill = WRONG
    book.save(target)
