"""What a file would change: every row judged, nothing stored."""

from datetime import date

from trienkhai.exchange.files import Table
from trienkhai.exchange.planning.plan import Plan
from trienkhai.exchange.planning.posts import judge_posts
from trienkhai.exchange.planning.units import judge_units
from trienkhai.exchange.progress import Tell, silent
from trienkhai.exchange.queries import standing_units
from trienkhai.orgs.models import Unit

__all__ = ["Plan", "plan_import"]


def plan_import(tables: dict[str, Table], unit: Unit, on: date, *, tell: Tell = silent) -> Plan:
    """Judge every row for the branch of `unit`. A handful of queries, and one for every two thousand new keys."""
    plan = Plan(tables)
    known = {row.code: row for row in standing_units(unit, on)}
    plan.unit_ids = {code: row.pk for code, row in known.items()}
    if table := tables.get("units"):
        judge_units(plan, table, unit, known, on, tell)
    known.clear()
    if table := tables.get("posts"):
        judge_posts(plan, table, unit, set(plan.unit_ids), on, tell)
    return plan
