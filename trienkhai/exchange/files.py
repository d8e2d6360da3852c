"""Sheets read from XLSX or CSV: rows of values, each with the number it has in its file."""

import csv
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from trienkhai.common.folding import fold
from trienkhai.exchange.columns import ERROR, ORGANISATION, SHEETS, Column, Words, read_cell, read_text

MOST_ROWS = 20_000
MOST_COLUMNS = 40
MOST_BYTES = 50 * 1024 * 1024
Numbered = tuple[int, Sequence[Any]]


@dataclass
class Row:
    """One row of a file: its number there, its values, the cells as they stood, and what is wrong with it.

    `wrong`: names of the columns whose cells are to be marked.
    """

    number: int
    values: dict[str, Any]
    cells: Sequence[Any]
    errors: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def fault(self, sentence: str, *columns: str) -> None:
        self.errors.append(sentence)
        self.wrong += [column for column in columns if column not in self.wrong]


@dataclass
class Table:
    """The rows of one sheet, the headings found in their order, and where in a row each column stands."""

    name: str
    headings: list[str]
    places: dict[str, int]
    heading_row: int = 1
    rows: list[Row] = field(default_factory=list)

    def columns_of(self, row: Row) -> list[str]:
        """The headings over the cells of a row that are wrong."""
        return [self.headings[place] for name, place in self.places.items() if name in row.wrong]


def read_tables(source: BinaryIO, name: str, on: date, kinds: Collection[str] = ORGANISATION) -> dict[str, Table]:
    """The sheets of a file by kind, each row with its values and what is wrong with its cells.

    kinds: keys of `SHEETS`; the headings of a sheet tell which of them it is.
    Raises ValidationError for a file that is no workbook and no CSV, is empty, too large, has a heading nobody knows or
    one twice, or lacks a needed one.
    """
    source.seek(0)
    grids = _csv_grid(source) if name.lower().endswith(".csv") else _xlsx_grids(source)
    words, tables = Words(on), dict[str, Table]()
    for title, rows in grids:
        table = _table(title, rows, words, kinds)
        if table.name in tables:
            raise ValidationError(_("Two sheets of the file have the same columns; leave one."))
        tables[table.name] = table
    if not any(table.rows for table in tables.values()):
        raise ValidationError(_("The file has no rows."))
    return tables


def _csv_grid(source: BinaryIO) -> list[tuple[str, list[Numbered]]]:
    content = source.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file holds far more than a list of units can. It was not opened."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise ValidationError(
            _("The text is not valid UTF-8. Save the file as “CSV UTF-8” and send it again.")
        ) from fault
    if "\x00" in text:
        raise ValidationError(_("This is not a workbook (.xlsx) or a CSV file."))
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = _filled(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1))
    except csv.Error as fault:
        raise ValidationError(_("This is not a workbook (.xlsx) or a CSV file.")) from fault
    return [("CSV", rows)] if rows else []


def _xlsx_grids(source: BinaryIO) -> list[tuple[str, list[Numbered]]]:
    """The filled rows of every sheet that has any. What openpyxl raises over a broken file is of every kind."""
    try:
        with zipfile.ZipFile(source) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise ValidationError(_("The file holds far more than a list of units can. It was not opened."))
        source.seek(0)
        book = load_workbook(source, read_only=True)
        grids = [
            (sheet.title, _filled(enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1)))
            for sheet in book.worksheets
        ]
    except ValidationError:
        raise
    except Exception as fault:
        raise ValidationError(_("This is not a workbook (.xlsx) or a CSV file.")) from fault
    return [(title, rows) for title, rows in grids if rows]


def _filled(rows: Iterable[Numbered]) -> list[Numbered]:
    """Rows in which something stands. Raises ValidationError beyond the limit, the heading not counted."""
    found = []
    for number, cells in rows:
        if any(cell is not None and str(cell).strip() for cell in cells):
            found.append((number, cells))
        if len(found) > MOST_ROWS + 1:
            raise ValidationError(_("The file has more than %(n)d rows.") % {"n": MOST_ROWS})
    return found


def _table(title: str, rows: list[Numbered], words: Words, kinds: Collection[str]) -> Table:
    heading_row, cells = rows[0]
    headings = [read_text(cell) for cell in cells]
    kind, columns = _kind_of(title, headings, kinds)
    table = Table(kind, headings, _places(columns, headings), heading_row)
    table.rows = [_row(number, cells, columns, table.places, words) for number, cells in rows[1:]]
    return table


def _kind_of(title: str, headings: list[str], kinds: Collection[str]) -> tuple[str, tuple[Column, ...]]:
    """Which of the sheets it is, by the headings it has."""
    known = {fold(heading) for heading in headings if heading}
    scores = {kind: sum(bool(column.headings() & known) for column in SHEETS[kind][1]) for kind in kinds}
    best = max(scores, key=lambda kind: scores[kind])
    if not scores[best]:
        raise ValidationError(_("The sheet “%(title)s” has no heading that is known.") % {"title": title})
    return best, SHEETS[best][1]


def _places(columns: tuple[Column, ...], headings: list[str]) -> dict[str, int]:
    """Column name → its place in the file. Raises ValidationError for a heading unknown, twice or missing."""
    places: dict[str, int] = {}
    for place, heading in _named(headings):
        column = next((column for column in columns if fold(heading) in column.headings()), None)
        if column is None:
            raise ValidationError(_("The column “%(heading)s” is not known.") % {"heading": heading})
        if column.name in places:
            raise ValidationError(_("The column “%(heading)s” stands there twice.") % {"heading": heading})
        places[column.name] = place
    if missing := [column.vi for column in columns if column.needed and column.name not in places]:
        raise ValidationError(_("The column “%(heading)s” is missing.") % {"heading": ", ".join(missing)})
    return places


def _named(headings: list[str]) -> Iterator[tuple[int, str]]:
    """Headings to be known, with their places: neither empty nor the column in which errors were written."""
    return (
        (place, heading) for place, heading in enumerate(headings) if heading and fold(heading) not in ERROR.headings()
    )


def _row(number: int, cells: Sequence[Any], columns: tuple[Column, ...], places: dict[str, int], words: Words) -> Row:
    row = Row(number, {}, cells)
    for column in columns:
        place = places.get(column.name)
        if place is None:
            continue
        try:
            row.values[column.name] = read_cell(column, cells[place] if place < len(cells) else None, words)
        except ValidationError as fault:
            row.fault(" ".join(fault.messages), column.name)
    return row
