"""What the sheet of units would change: units to found, to change, to move."""

from collections import Counter
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import squeeze
from trienkhai.exchange.files import Row, Table
from trienkhai.exchange.planning.plan import Plan, no_unit
from trienkhai.orgs.models import Relation, Unit, UnitVersion

FIELDS = ("name", "short_name", "kind", "sector", "relation", "aliases")


def judge_units(plan: Plan, table: Table, unit: Unit, known: dict[str, Unit], on: date) -> None:
    """Judge the rows of units, into `plan.new`, `plan.changed`, `plan.moved`. One query."""
    counts = Counter(row.values.get("code") for row in table.rows)
    codes = {row.values["code"] for row in table.rows if row.values.get("code")}
    elsewhere = set(
        UnitVersion.objects.filter(code__in=codes - set(known), valid_to=OPEN_END).values_list("code", flat=True)
    )
    for row in table.rows:
        code = row.values.get("code")
        if code and counts[code] > 1:
            row.fault(_("The code “%(code)s” is used twice.") % {"code": code}, "code")
        if code in elsewhere:
            row.fault(_("Another unit already has the code “%(code)s”.") % {"code": code}, "code")
        _judge_parent(row, unit, known, codes, "parent_code" in table.places)
        _judge_founding(row, known.get(code or ""), on)
    _judge_depths(plan, table, unit, known)
    for row in table.rows:
        if not row.errors:
            _sort(plan, row, known)
    plan.left_alone = len(set(known) - codes)


def _judge_parent(row: Row, unit: Unit, known: dict[str, Unit], codes: set[str], has_column: bool) -> None:
    """A unit of the file hangs on one of the branch; the unit at the top stays; without the column nothing moves."""
    code, parent = row.values.get("code"), row.values.get("parent_code")
    if "parent_code" in row.wrong or (not has_column and code in known):
        return
    if code == unit.code:
        if parent != parent_code(unit):
            row.fault(_("The unit at the top of the file stays where it is."), "parent_code")
    elif not parent:
        row.fault(_("Below which unit does it stand? Its parent's code is missing."), "parent_code")
    elif parent not in known and parent not in codes:
        row.fault(no_unit(parent), "parent_code")


def _judge_founding(row: Row, stands: Unit | None, on: date) -> None:
    founded = row.values.get("established_on")
    if founded and stands and founded != stands.established_on:
        row.fault(_("The founding day of a unit that stands does not change by a file."), "established_on")
    elif founded and not stands and founded > on:
        row.fault(_("The founding day lies in the future."), "established_on")


def parent_code(unit: Unit) -> str:
    return unit.present.parent.code if unit.present and unit.present.parent else ""


def _judge_depths(plan: Plan, table: Table, unit: Unit, known: dict[str, Unit]) -> None:
    """Circles and a ninth level, by the tree as it will be: the file over what stands."""
    stood = {code: parent_code(row) for code, row in known.items()}
    parents = stood | {
        row.values["code"]: row.values["parent_code"]
        for row in table.rows
        if row.values.get("code") and row.values.get("parent_code") is not None
    }
    parents.pop(unit.code, None)
    lowest: dict[str, int] = {}
    for code in parents:
        above = _line(code, parents)
        if above[-1] == unit.code:
            plan.depths[code] = unit.depth + len(above) - 1
            for step in above:
                lowest[step] = max(lowest.get(step, 0), plan.depths[code])
    for row in table.rows:
        code = row.values.get("code", "")
        if code in parents and code in _line(code, parents)[1:]:
            row.fault(_("“%(name)s” stands below itself.") % {"name": row.values.get("name") or code}, "parent_code")
        elif code in parents and lowest.get(code, 0) > paths.MAX_DEPTH and parents[code] != stood.get(code):
            row.fault(_("A tree has at most eight levels."), "parent_code")


def _line(code: str, parents: dict[str, str]) -> list[str]:
    """The code and those above it, up to the first without a parent or the first met again."""
    line, seen = [code], {code}
    while (above := parents.get(line[-1])) is not None:
        line.append(above)
        if above in seen:
            break
        seen.add(above)
    return line


def _sort(plan: Plan, row: Row, known: dict[str, Unit]) -> None:
    """Into new, changed, moved or the same. A column that the file lacks, or an empty relation, changes nothing."""
    stands = known.get(row.values["code"])
    if not row.values.get("relation"):
        row.values["relation"] = stands.present.relation if stands and stands.present else Relation.SUBORDINATE
    if stands is None:
        plan.new.append(row)
        return
    changes = {
        name: row.values[name] for name in FIELDS if name in row.values and row.values[name] != _now(stands, name)
    }
    moves = "parent_code" in row.values and row.values["parent_code"] != parent_code(stands)
    if moves:
        plan.moved.append(row)
    if changes:
        plan.changed.append((row, changes))
    if not changes and not moves:
        plan.same += 1


def _now(unit: Unit, name: str) -> Any:
    """The value in force as a cell would give it back."""
    found = getattr(unit.present, name)
    return [squeezed for piece in found if (squeezed := squeeze(piece))] if name == "aliases" else squeeze(found)
