"""A comparison of models as XLSX: the figures, the steps of each draft, what the units say. None of it is a formula."""

import io
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from trienkhai.common.folding import printable
from trienkhai.orgs.models import Comparison, UnitOpinion
from trienkhai.orgs.queries_comparing import Column, Group

HEADING, BOLD = PatternFill("solid", fgColor="EFEBE2"), Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")


def comparison_file(
    comparison: Comparison, columns: list[Column], groups: list[Group], opinions: list[UnitOpinion]
) -> bytes:
    book = Workbook(write_only=True)
    _figures(book.create_sheet(_("Figures")), comparison, columns, groups)
    _steps(book.create_sheet(pgettext("comparison", "Drafts")), columns)
    if opinions:
        _opinions(book.create_sheet(_("Opinions")), columns, opinions)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _figures(sheet: Any, comparison: Comparison, columns: list[Column], groups: list[Group]) -> None:
    sheet.column_dimensions["A"].width = 60
    for letter in "BCDEFGHIJKL":
        sheet.column_dimensions[letter].width = 18
    _put(sheet, [comparison.title], head=True)
    heads = [part for column in columns[1:] for part in (column.label, _("Difference"))]
    _put(sheet, [pgettext("comparison", "Figure"), columns[0].label, *heads, _("Note")], head=True)
    for group in groups:
        _put(sheet, [str(group.title)], head=True)
        for line in group.lines:
            present = line.cells[0].value
            cells = [part for cell in line.cells[1:] for part in (_plain(cell.value), _less(cell.value, present))]
            _put(sheet, [str(line.label), _plain(present), *cells, line.note])


def _plain(number: Any) -> Any:
    return float(number) if isinstance(number, Decimal) else number


def _less(value: Any, present: Any) -> Any:
    return None if value is None or present is None else _plain(value - present)


def _steps(sheet: Any, columns: list[Column]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 100
    for column in columns[1:]:
        _put(sheet, [column.label, column.title], head=True)
        for number, words in enumerate(column.words, start=1):
            _put(sheet, [number, words])
        for fault in column.faults:
            _put(sheet, [_("Does not fit"), fault])


def _opinions(sheet: Any, columns: list[Column], opinions: list[UnitOpinion]) -> None:
    labels = {column.draft.pk: column.label for column in columns if column.draft}
    for letter, width in {"A": 40, "B": 24, "C": 80, "D": 16, "E": 12}.items():
        sheet.column_dimensions[letter].width = width
    _put(sheet, [_("Unit"), _("Prefers"), _("Opinion"), pgettext("opinion", "Given on"), _("Late")], head=True)
    for row in opinions:
        prefers = labels.get(row.preferred_id or 0, row.get_preference_display())
        day = row.answered_at.strftime("%d/%m/%Y") if row.answered_at else ""
        _put(sheet, [row.unit.name, prefers, row.text, day, _("late") if row.late else ""])


def _put(sheet: Any, row: list[Any], head: bool = False) -> None:
    cells = []
    for given in row:
        cell = WriteOnlyCell(sheet, printable(given)[:32_000] if isinstance(given, str) else given)
        if cell.data_type == "f":
            cell.data_type, cell.quotePrefix = "s", True
        cell.alignment = WRAPPED
        if head:
            cell.font, cell.fill = BOLD, HEADING
        cells.append(cell)
    sheet.append(cells)
