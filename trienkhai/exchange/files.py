"""Sheets read from XLSX or CSV: rows of values, each with the number it has in its file."""

import csv
import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, BinaryIO, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from trienkhai.common.folding import fold
from trienkhai.exchange import workbooks
from trienkhai.exchange.columns import ERROR, ORGANISATION, SHEETS, Column, Words, read_cell, read_text
from trienkhai.exchange.progress import Stage, Tell, counted, silent
from trienkhai.exchange.workbooks import Numbered

MOST_ROWS = 100_000
MOST_COLUMNS = 40
MOST_BYTES = 400 * 1024 * 1024
MOST_STRINGS = 50 * 1024 * 1024
"""Of what is kept in memory while a workbook is read: its table of texts, its styles."""
T = TypeVar("T")


@dataclass(slots=True)
class Row:
    """One row of a file: its number there, its values, and what is wrong with it.

    `wrong`: names of the columns whose cells are to be marked.
    """

    number: int
    values: dict[str, Any]
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
        """Letter and heading of the columns whose cells are wrong in a row: 'C “Loại hình”'."""
        places = sorted(place for name, place in self.places.items() if name in row.wrong)
        return [f"{get_column_letter(place + 1)} “{self.headings[place]}”" for place in places]


def read_tables(
    source: BinaryIO, name: str, on: date, kinds: Collection[str] = ORGANISATION, *, tell: Tell = silent
) -> dict[str, Table]:
    """The sheets of a file by kind, each row with its values and what is wrong with its cells.

    kinds: keys of `SHEETS`; the headings of a sheet tell which of them it is. The file is read as a stream; what stays
    in memory are the values of its rows.
    Raises ValidationError for a file that is no workbook and no CSV, is empty, too large, has a heading nobody knows or
    one twice, or lacks a needed one.
    """
    words, tables, before = Words(on), dict[str, Table](), 0
    for title, rows in filled_sheets(source, name):
        table = _table(title, next(rows), kinds)
        if table.name in tables:
            raise ValidationError(_("Two sheets of the file have the same columns; leave one."))
        columns = SHEETS[table.name][1]
        filled = counted(rows, tell, Stage.READ, before=before)
        table.rows = [_row(number, cells, columns, table.places, words) for number, cells in filled]
        tables[table.name] = table
        before += len(table.rows)
    if not any(table.rows for table in tables.values()):
        raise ValidationError(_("The file has no rows."))
    return tables


def unpacked(source: BinaryIO, name: str) -> int:
    """How many bytes of cells the file holds; 0 for a file that cannot be opened."""
    source.seek(0, io.SEEK_END)
    size = source.tell()
    source.seek(0)
    if name.lower().endswith(".csv"):
        return size
    try:
        with zipfile.ZipFile(source) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        return 0
    finally:
        source.seek(0)


def filled_sheets(source: BinaryIO, name: str) -> Iterator[tuple[str, Iterator[Numbered]]]:
    """Title and filled rows, the heading first, of every sheet that has any: those of which `read_tables` made tables.

    A stream: each sheet is to be used up before the next is asked for. Raises ValidationError as `read_tables`.
    """
    source.seek(0)
    listed = _csv_grid(source) if name.lower().endswith(".csv") else _xlsx_grids(source)
    for title, numbered in _understood(listed):
        rows = _filled(numbered)
        first = next(rows, None)
        if first is not None:
            yield title, chain([first], rows)


def _csv_grid(source: BinaryIO) -> Iterator[tuple[str, Iterator[Numbered]]]:
    if unpacked(source, ".csv") > MOST_BYTES:
        raise ValidationError(_("The file holds far more than a list of units can. It was not opened."))
    text = io.TextIOWrapper(source, encoding="utf-8-sig", newline="")
    try:
        first = text.readline()
        text.seek(0)
        delimiter = max(",;\t", key=first.count)
        yield "CSV", enumerate(csv.reader(_lines(text), delimiter=delimiter), start=1)
    finally:
        with suppress(ValueError):  # closed by whoever opened it
            text.detach()


def _lines(text: Iterable[str]) -> Iterator[str]:
    for line in text:
        if "\x00" in line:
            raise csv.Error("a byte that is no text")
        yield line


def _xlsx_grids(source: BinaryIO) -> Iterator[tuple[str, Iterator[Numbered]]]:
    with zipfile.ZipFile(source) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    strings = sum(size for part, size in sizes.items() if "worksheets/" not in part)
    if sum(sizes.values()) > MOST_BYTES or strings > MOST_STRINGS:
        raise ValidationError(_("The file holds far more than a list of units can. It was not opened."))
    source.seek(0)
    yield from workbooks.sheets(source, MOST_COLUMNS)


def _understood(listed: Iterator[T]) -> Iterator[T]:
    """The same; what a broken file raises, which is of every kind, becomes a sentence."""
    while True:
        try:
            found = next(listed)
        except StopIteration:
            return
        except ValidationError:
            raise
        except UnicodeDecodeError as fault:
            raise ValidationError(
                _("The text is not valid UTF-8. Save the file as “CSV UTF-8” and send it again.")
            ) from fault
        except Exception as fault:
            raise ValidationError(_("This is not a workbook (.xlsx) or a CSV file.")) from fault
        yield found


def _filled(rows: Iterator[Numbered]) -> Iterator[Numbered]:
    """Rows in which something stands. Raises ValidationError beyond the limit, the heading not counted."""
    count = 0
    for number, cells in _understood(rows):
        if any(cell is not None and str(cell).strip() for cell in cells):
            yield number, cells
            count += 1
        if count > MOST_ROWS + 1:
            raise ValidationError(_("The file has more than %(n)d rows.") % {"n": MOST_ROWS})


def _table(title: str, heading: Numbered, kinds: Collection[str]) -> Table:
    number, cells = heading
    headings = [read_text(cell) for cell in cells]
    kind, columns = _kind_of(title, headings, kinds)
    return Table(kind, headings, _places(columns, headings), number)


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
    row = Row(number, {})
    for column in columns:
        place = places.get(column.name)
        if place is None:
            continue
        try:
            row.values[column.name] = read_cell(column, cells[place] if place < len(cells) else None, words)
        except ValidationError as fault:
            row.fault(" ".join(fault.messages), column.name)
    return row
