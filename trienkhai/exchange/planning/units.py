"""What the sheet of units would change: units to found, to change, to move."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import squeeze
from trienkhai.exchange.files import Row, Table
from trienkhai.exchange.planning.plan import Plan, no_unit
from trienkhai.exchange.progress import Stage, Tell, counted
from trienkhai.exchange.queries import UnitFacts, portions
from trienkhai.orgs.models import Relation, Unit, UnitVersion

FIELDS = ("name", "short_name", "symbol", "kind", "sector", "relation", "aliases")
Known = Mapping[str, UnitFacts]


def judge_units(plan: Plan, table: Table, unit: Unit, known: Known, on: date, tell: Tell) -> None:
    """Judge the rows of units, into `plan.new`, `plan.changed`, `plan.moved`. One query for two thousand new codes."""
    counts = Counter(row.values.get("code") for row in table.rows)
    codes = {row.values["code"] for row in table.rows if row.values.get("code")}
    elsewhere = _elsewhere(codes - set(known))
    for row in counted(table.rows, tell, Stage.JUDGE, plan.size):
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


def _elsewhere(codes: set[str]) -> set[str]:
    """Those that a unit outside the branch has today."""
    taken: set[str] = set()
    for listed in portions(sorted(codes)):
        rows = UnitVersion.objects.filter(code__in=listed, valid_to=OPEN_END)
        taken.update(rows.values_list("code", flat=True))
    return taken


def _judge_parent(row: Row, unit: Unit, known: Known, codes: set[str], has_column: bool) -> None:
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


def _judge_founding(row: Row, stands: UnitFacts | None, on: date) -> None:
    founded = row.values.get("established_on")
    if founded and stands and founded != stands.established_on:
        row.fault(_("The founding day of a unit that stands does not change by a file."), "established_on")
    elif founded and not stands and founded > on:
        row.fault(_("The founding day lies in the future."), "established_on")


def parent_code(unit: Unit) -> str:
    return unit.present.parent.code if unit.present and unit.present.parent else ""


def _judge_depths(plan: Plan, table: Table, unit: Unit, known: Known) -> None:
    """Circles and a ninth level, by the tree as it will be: the file over what stands."""
    stood = {code: row.parent_code for code, row in known.items()}
    parents = stood | {
        row.values["code"]: row.values["parent_code"]
        for row in table.rows
        if row.values.get("code") and row.values.get("parent_code") is not None
    }
    parents.pop(unit.code, None)
    plan.depths, circles = depths_of(parents, unit.code, unit.depth)
    lowest = dict(plan.depths)
    for code in sorted(plan.depths, key=lambda code: -plan.depths[code]):
        above = parents[code]
        lowest[above] = max(lowest.get(above, 0), lowest[code])
    for row in table.rows:
        code = row.values.get("code", "")
        if code in circles:
            row.fault(_("“%(name)s” stands below itself.") % {"name": row.values.get("name") or code}, "parent_code")
        elif code in parents and lowest.get(code, 0) > paths.MAX_DEPTH and parents[code] != stood.get(code):
            row.fault(_("A tree has at most eight levels."), "parent_code")


def depths_of(parents: Mapping[str, str], top: str, depth: int) -> tuple[dict[str, int], set[str]]:
    """The level of every code that hangs on `top`, and the codes that stand below themselves. Each is met twice."""
    depths, circles, seen = {top: depth}, set[str](), set[str]()
    for code in parents:
        line, step, here = list[str](), code, set[str]()
        while step in parents and step not in seen:
            seen.add(step)
            here.add(step)
            line.append(step)
            step = parents[step]
        if step in here:
            circles.update(line[line.index(step) :])
        elif step in depths:
            for reached, each in enumerate(reversed(line), start=depths[step] + 1):
                depths[each] = reached
    del depths[top]
    return depths, circles


def _sort(plan: Plan, row: Row, known: Known) -> None:
    """Into new, changed, moved or the same. A column that the file lacks, or an empty relation, changes nothing."""
    stands = known.get(row.values["code"])
    if not row.values.get("relation"):
        row.values["relation"] = stands.relation if stands else Relation.SUBORDINATE
    if stands is None:
        plan.new.append(row)
        return
    changes = {
        name: row.values[name] for name in FIELDS if name in row.values and row.values[name] != _now(stands, name)
    }
    moves = "parent_code" in row.values and row.values["parent_code"] != stands.parent_code
    if moves:
        plan.moved.append(row)
    if changes:
        plan.changed.append((row, changes))
    if not changes and not moves:
        plan.same += 1


def _now(unit: UnitFacts, name: str) -> Any:
    """The value in force as a cell would give it back."""
    found = getattr(unit, name)
    return [squeezed for piece in found if (squeezed := squeeze(piece))] if name == "aliases" else squeeze(found)
