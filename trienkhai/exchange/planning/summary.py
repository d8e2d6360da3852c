"""A plan as a page shows it: numbers, the first rows that are wrong or would be otherwise; plain values to be kept."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from trienkhai.exchange.columns import SHEETS, UNITS, Words, written
from trienkhai.exchange.files import Row, Table
from trienkhai.exchange.planning.plan import Plan

SHOWN_ROWS = 100


def summary_of(plan: Plan, on: date) -> dict[str, Any]:
    wrong = plan.wrong
    return plan.counts | {
        "same": plan.same,
        "left_alone": plan.left_alone,
        "posts_left_alone": plan.posts_left_alone,
        "crowded": plan.crowded,
        "other_units": plan.other_units,
        "is_empty": plan.is_empty,
        "units": "units" in plan.tables,
        "posts_sheet": "posts" in plan.tables,
        "wrong": len(wrong),
        "faults": faults(wrong, plan.tables),
        "listed": [] if wrong else _listed(plan, on),
    }


def faults(wrong: list[tuple[str, Row]], tables: dict[str, Table]) -> list[dict[str, Any]]:
    """The first wrong rows: sheet, number, letters and headings of the wrong cells, sentences."""
    return [
        {
            "sheet": SHEETS[kind][0],
            "number": row.number,
            "columns": tables[kind].columns_of(row),
            "errors": row.errors,
        }
        for kind, row in wrong[:SHOWN_ROWS]
    ]


def _listed(plan: Plan, on: date) -> list[list[Any]]:
    """The first units that would be new or otherwise: name, code, and what would be said of each."""
    words = Words(on)
    changes = {row.number: values for row, values in plan.changed}
    rows = {row.number: row for row in [*plan.new, *plan.moved, *(row for row, _values in plan.changed)]}
    moved, new = {row.number for row in plan.moved}, {row.number for row in plan.new}
    listed = []
    for number, row in sorted(rows.items())[:SHOWN_ROWS]:
        told = [_("new, below %(code)s") % {"code": row.values["parent_code"]}] if number in new else []
        told += [_("moves below %(code)s") % {"code": row.values["parent_code"]}] if number in moved else []
        for column in UNITS:
            if column.name in changes.get(number, {}):
                told.append(f"{column.vi}: {written(column, changes[number][column.name], words) or '–'}")
        listed.append([row.values.get("name", ""), row.values["code"], told])
    return listed
