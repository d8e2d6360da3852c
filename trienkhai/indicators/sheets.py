"""The table of an indicator as a spreadsheet."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from trienkhai.common.folding import printable
from trienkhai.indicators.models import Definition, Kind
from trienkhai.indicators.queries.tables import Cell, Table
from trienkhai.indicators.templatetags.indicators import sign_word

BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
NAME_WIDTH, WIDTH = 44, 16


def write_table(target: Any, table: Table, definition: Definition | None, year: int, at: datetime) -> None:
    """One row for each unit, four columns for each period. Numbers stay numbers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(year))
    sheet.column_dimensions["A"].width = NAME_WIDTH
    for place in range(2, 2 + 4 * len(table.periods)):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTH
    sheet.freeze_panes = "B5"
    title = definition.title if definition else table.indicator.code
    measure = definition.measure if definition else ""
    sheet.append([_cell(sheet, f"{table.indicator.code} – {title} ({measure})")])
    computed = _("Computed at %(moment)s") % {"moment": f"{timezone.localtime(at):%d/%m/%Y %H:%M}"}
    sheet.append([plain_text(f"{table.own.unit.name}, {year}. {computed}")])
    heads: list[Any] = [""]
    for period in table.periods:
        heads += [_cell(sheet, period.label), "", "", ""]
    sheet.append(heads)
    words = [_("Target"), _("Actual"), _("Share, %"), _("Result")]
    sheet.append([_cell(sheet, word) for word in [_("Unit"), *words * len(table.periods)]])
    for row in (table.own, *table.rows):
        sheet.append([plain_text(row.unit.name), *(text for cell in row.cells for text in _texts(cell))])
    book.save(target)


def plain_text(text: str) -> str:
    """Without control characters; what a spreadsheet would take for a formula gets an apostrophe before it."""
    kept = printable(text)
    return f"'{kept}" if kept[:1] in ("=", "+", "-", "@") else kept


def _cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, plain_text(text))
    cell.font, cell.alignment = BOLD, WRAPPED
    return cell


def _texts(cell: Cell) -> list[Any]:
    graded = cell.summed.definition and cell.summed.definition.kind == Kind.CHOICE
    target = cell.target_grade if graded else _number(cell.target)
    actual = cell.grade if graded else _number(cell.actual)
    share = None if cell.share is None or graded else round(cell.share, 1)
    return [target, actual, share, sign_word(cell.sign)]


def _number(number: Decimal | None) -> Decimal | None:
    return None if number is None else round(number, 4)
