"""What a file would change: every row judged, nothing stored."""

from datetime import date

from trienkhai.exchange.files import Table
from trienkhai.exchange.planning.plan import Plan
from trienkhai.exchange.planning.posts import judge_posts
from trienkhai.exchange.planning.units import judge_units
from trienkhai.exchange.queries import branch
from trienkhai.orgs.models import Unit

__all__ = ["Plan", "plan_import"]


def plan_import(tables: dict[str, Table], unit: Unit, on: date) -> Plan:
    """Judge every row for the branch of `unit`. A handful of queries, whatever the number of rows."""
    plan = Plan(tables)
    known = {row.present.code: row for row in branch(unit, on) if row.present}
    if table := tables.get("units"):
        judge_units(plan, table, unit, known, on)
    if table := tables.get("posts"):
        judge_posts(plan, table, unit, known, on)
    return plan
