"""The sheet of a unit as tables, the same on paper and in a workbook."""

from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from trienkhai.common.folding import printable
from trienkhai.dashboards.queries.figures import Figures
from trienkhai.tasks.queries import Cells

A4 = 9
"""Its number among the paper sizes of spreadsheets."""
WIDE, NARROW = 52, 15
BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class Share:
    """A share of a whole; a dash while the whole is nothing."""

    part: int
    whole: int
    is_share: bool = True


@dataclass(frozen=True)
class Table:
    """A table with its heading. The first column holds words or a day, the others numbers and shares; `foot`: sums."""

    title: str
    headings: list[str]
    rows: list[list[Any]]
    foot: bool = False


def _row(name: Any, cells: Cells) -> list[Any]:
    return [
        name,
        cells.total,
        cells.done_on_time,
        cells.done_late,
        cells.open_in_time,
        cells.open_overdue,
        Share(cells.done, cells.total),
        Share(cells.done_of_due, cells.due_by_today),
    ]


def _headings(first: str) -> list[str]:
    return [
        first,
        _("Given"),
        _("Done on time"),
        _("Done late"),
        _("Open, in time"),
        _("Open, overdue"),
        _("Done of all that was given"),
        _("Done of what was due"),
    ]


def tables_of(figures: Figures) -> list[Table]:
    """The sheet itself with its units, then by area of work, then the days of the trend."""
    lines = [_row(line.name, line.cells) for line in figures.lines]
    if figures.rest.total:
        lines.append(_row(_("Held elsewhere"), figures.rest))
    rows = [*lines, _row(pgettext("column", "Sum"), figures.main)]
    found = [Table(_("By unit"), _headings(_("Unit")), rows, foot=True)]
    if figures.areas:
        named = [_row(line.name or _("no area named"), line.cells) for line in figures.areas]
        found.append(Table(_("By area of work"), _headings(_("Area of work")), named))
    if len(figures.points) > 1:
        days = [_row(day, cells) for day, cells in figures.points]
        found.append(Table(_("Month by month"), _headings(_("Day")), days))
    return found


def write_sheet(target: BinaryIO, heading: list[str], tables: list[Table]) -> None:
    """A workbook with one sheet a table, each under the lines that say what it is. Nothing in it is a formula."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.title[:31])
        sheet.page_setup.paperSize, sheet.page_setup.orientation = A4, "landscape"
        sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
        for place in range(1, len(table.headings) + 1):
            sheet.column_dimensions[get_column_letter(place)].width = NARROW if place > 1 else WIDE
        for line in heading:
            sheet.append([_words(sheet, line, BOLD if line is heading[0] else None)])
        sheet.append([])
        sheet.append([_words(sheet, words, BOLD) for words in table.headings])
        for row in table.rows:
            bold = BOLD if table.foot and row is table.rows[-1] else None
            sheet.append([_value(sheet, given, bold) for given in row])
    book.save(target)


def _words(sheet: Any, words: str, font: Font | None = None) -> Any:
    cell = WriteOnlyCell(sheet, printable(words))
    if cell.data_type == "f":
        cell.data_type, cell.quotePrefix = "s", True
    cell.alignment = WRAPPED
    if font:
        cell.font = font
    return cell


def _value(sheet: Any, given: Any, font: Font | None) -> Any:
    if isinstance(given, str):
        return _words(sheet, given, font)
    share = isinstance(given, Share)
    cell = WriteOnlyCell(sheet, (given.part / given.whole if given.whole else "–") if share else given)
    cell.number_format = "0.0%" if share else "dd/mm/yyyy" if isinstance(given, date) else "#,##0"
    if font:
        cell.font = font
    return cell
