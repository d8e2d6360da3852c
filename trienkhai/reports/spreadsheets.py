"""A report, and all reports of a period, as XLSX. Nothing in them is a formula, whatever was answered."""

import io
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from trienkhai.common.folding import printable
from trienkhai.orgs.models import Unit
from trienkhai.reports.answers import FROM, fitting
from trienkhai.reports.design import Design, Field
from trienkhai.reports.models import PeriodReport
from trienkhai.reports.queries.beside import Beside

HEADING, BOLD = PatternFill("solid", fgColor="EFEBE2"), Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")


def report_file(report: PeriodReport, others: Beside, title: str) -> bytes:
    """One sheet of figures beside earlier periods, one for each table."""
    book, design = Workbook(write_only=True), report.version.read()
    sheet = book.create_sheet(_("Report"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 60, 16
    for column in "CDE":
        sheet.column_dimensions[column].width = 20
    _put(sheet, [title], head=True)
    _put(
        sheet,
        [_("Field"), _("Unit of measure"), _("This period"), _("Period before"), _("Same period last year")],
        head=True,
    )
    for section in design.sections:
        _put(sheet, [section.title], head=True)
        for one in section.fields:
            if one.kind != "table":
                values = [row.values if row else {} for row in (report, others.before, others.last_year)]
                _put(sheet, [one.label, one.unit, *(_value(one, kept.get(one.code)) for kept in values)])
    for one in design.fields():
        if one.kind == "table":
            _table(book, one, report.values.get(one.code) or [])
    return _bytes(book)


def _table(book: Workbook, one: Field, rows: list[dict[str, str]]) -> None:
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", printable(one.label))[:28] or one.code)
    joined = any(FROM in row for row in rows)
    heads = ([_("Row")] if one.rows else []) + ([_("Unit")] if joined else [])
    _put(sheet, [*heads, *(column.label for column in one.columns)], head=True)
    for number, row in enumerate(rows):
        first: list[Any] = [one.rows[number]] if len(one.rows) > number else []
        first += [row.get(FROM, "")] if joined else []
        cells = [_number(row.get(c.code)) if c.kind == "number" else row.get(c.code, "") for c in one.columns]
        _put(sheet, [*first, *cells])


def period_file(
    design: Design, title: str, reports: Iterable[PeriodReport], filed: Mapping[int, Unit] | None = None
) -> bytes:
    """All reports of a period, a line a unit: state, day sent, each answer that is no table.

    filed: the units that were asked, by id, as they were called; without it whoever answers now is named.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Reports"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 50
    fields = [one for one in design.fields() if one.kind != "table"]
    _put(sheet, [title], head=True)
    _put(sheet, [_("Code"), _("Unit"), _("State"), _("Sent on"), *(one.label for one in fields)], head=True)
    for report in reports:
        unit = filed[report.unit_id] if filed else report.held_by
        told = report.submitted_on.strftime("%d/%m/%Y") if report.submitted_on else ""
        values = fitting(design, report.values)
        answers = [_value(one, values.get(one.code)) for one in fields]
        _put(sheet, [unit.code, unit.name, report.get_state_display(), told, *answers])
    return _bytes(book)


def _value(one: Field, value: Any) -> Any:
    return _number(value) if one.is_figure else str(value or "")


def _number(text: Any) -> Any:
    if text in (None, ""):
        return None
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)


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


def _bytes(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
