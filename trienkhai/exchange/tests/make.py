"""Files for tests: what the branch looks like outside, edited, and what a file would change."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from openpyxl import load_workbook

from trienkhai.exchange.files import read_tables
from trienkhai.exchange.planning import Plan, plan_import
from trienkhai.exchange.queries import post_rows, unit_rows
from trienkhai.exchange.writing import write_csv, write_xlsx
from trienkhai.orgs.models import Unit

DAY = date(2017, 1, 3)


def fresh(unit: Unit) -> Unit:
    return Unit.objects.select_related("present__parent__present").get(pk=unit.pk)


def xlsx_of(unit: Unit) -> io.BytesIO:
    target = io.BytesIO()
    write_xlsx(target, {"units": unit_rows(unit, DAY), "posts": post_rows(unit, DAY)}, DAY)
    return target


def csv_of(unit: Unit, name: str) -> io.BytesIO:
    rows = unit_rows(unit, DAY) if name == "units" else post_rows(unit, DAY)
    return io.BytesIO("".join(write_csv(name, rows, DAY)).encode())


def csv_lines(*lines: str) -> io.BytesIO:
    return io.BytesIO("\n".join(lines).encode())


def edited(unit: Unit, change: Callable[[Any, Any], Any]) -> io.BytesIO:
    """The exported workbook after `change(sheet of units, sheet of posts)`."""
    book = load_workbook(xlsx_of(unit))
    change(book["Tổ chức"], book["Chức danh"])
    target = io.BytesIO()
    book.save(target)
    return target


def row_of(sheet: Any, code: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == code)


def plan(source: io.BytesIO, unit: Unit, name: str = "tep.xlsx") -> Plan:
    return plan_import(read_tables(source, name, DAY), fresh(unit), DAY)


def faults(found: Plan) -> list[tuple[str, int, list[str]]]:
    """Sheet, row and wrong columns of every wrong row."""
    return [(kind, row.number, row.wrong) for kind, row in found.wrong]
