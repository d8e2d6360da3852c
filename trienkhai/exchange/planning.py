"""What a file would change: every row judged, nothing stored."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.exchange.files import Row, Table
from trienkhai.orgs.models import Holding, Post, Relation, Unit, UnitVersion
from trienkhai.people.models import Account

FIELDS = ("name", "short_name", "kind", "sector", "relation", "aliases")


@dataclass
class Plan:
    """`tables`: the rows with their errors. `new`, `changed`, `moved`, `same`: codes of units; `posts`, `holdings`:
    rows to make.
    """

    tables: dict[str, Table]
    new: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, dict[str, Any]]] = field(default_factory=list)
    moved: list[Row] = field(default_factory=list)
    same: int = 0
    posts: list[Row] = field(default_factory=list)
    holdings: list[Row] = field(default_factory=list)
    left_alone: int = 0
    depths: dict[str, int] = field(default_factory=dict)

    @property
    def wrong(self) -> list[tuple[str, Row]]:
        return [(name, row) for name, table in self.tables.items() for row in table.rows if row.errors]

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.moved or self.posts or self.holdings)


def plan_import(tables: dict[str, Table], unit: Unit, on: date) -> Plan:
    """Judge every row for the branch of `unit`. A handful of queries, whatever the number of rows."""
    plan = Plan(tables)
    known = {
        row.present.code: row
        for row in Unit.objects.within(unit.path or "").standing(on).select_related("present__parent__present")
        if row.present
    }
    if table := tables.get("units"):
        _judge_units(plan, table, unit, known)
    if table := tables.get("posts"):
        _judge_posts(plan, table, known)
    return plan


def _judge_units(plan: Plan, table: Table, unit: Unit, known: dict[str, Unit]) -> None:
    counts = Counter(row.values.get("code") for row in table.rows)
    codes = {row.values["code"] for row in table.rows if row.values.get("code")}
    elsewhere = set(
        UnitVersion.objects.filter(code__in=codes - set(known), valid_to=OPEN_END).values_list("code", flat=True)
    )
    for row in table.rows:
        code, parent = row.values.get("code"), row.values.get("parent_code", "")
        if code and counts[code] > 1:
            row.errors.append(_("The code “%(code)s” is used twice.") % {"code": code})
        if code in elsewhere:
            row.errors.append(_("Another unit already has the code “%(code)s”.") % {"code": code})
        if code != unit.code and parent not in known and parent not in codes:
            row.errors.append(_("There is no unit with the code “%(code)s”.") % {"code": parent or "…"})
        if code == unit.code and parent != _parent_code(unit):
            row.errors.append(_("The unit at the top of the file stays where it is."))
    _judge_depths(plan, table, unit, known)
    for row in table.rows:
        if not row.errors:
            _sort(plan, row, known)
    plan.left_alone = len(set(known) - codes)


def _parent_code(unit: Unit) -> str:
    return unit.present.parent.code if unit.present and unit.present.parent else ""


def _judge_depths(plan: Plan, table: Table, unit: Unit, known: dict[str, Unit]) -> None:
    """Circles and a ninth level, by the tree as it will be: the file over what stands."""
    parents = {code: _parent_code(row) for code, row in known.items()}
    parents |= {row.values["code"]: row.values.get("parent_code", "") for row in table.rows if row.values.get("code")}
    plan.depths = _depths(parents, unit)
    below: dict[str, int] = {}
    for code in parents:
        top, steps = code, 0
        while top and steps <= paths.MAX_DEPTH:
            below[top] = max(below.get(top, 0), plan.depths.get(code, 0))
            top, steps = parents.get(top, ""), steps + 1
    for row in table.rows:
        code = row.values.get("code", "")
        if code in parents and plan.depths.get(code) is None and row.values.get("parent_code", "") in parents:
            row.errors.append(_("“%(name)s” stands below itself.") % {"name": row.values.get("name") or code})
        elif below.get(code, 0) > paths.MAX_DEPTH and (code not in known or parents[code] != _parent_code(known[code])):
            row.errors.append(_("A tree has at most eight levels."))


def _depths(parents: dict[str, str], unit: Unit) -> dict[str, int]:
    """Depth of every code that hangs on the unit; codes in a circle, or hanging on one, are missing."""
    children: dict[str, list[str]] = {}
    for code, parent in parents.items():
        if code != unit.code:
            children.setdefault(parent, []).append(code)
    depths, level = {unit.code: unit.depth}, [unit.code]
    while level:
        level = [child for code in level for child in children.get(code, [])]
        for child in level:
            depths[child] = depths[parents[child]] + 1
    return depths


def _sort(plan: Plan, row: Row, known: dict[str, Unit]) -> None:
    """Into new, changed, moved or the same. A column that the file lacks changes nothing."""
    stands = known.get(row.values["code"])
    if stands is None:
        plan.new.append(row)
        return
    present = stands.present
    assert present is not None
    if "relation" in row.values and not row.values["relation"]:
        row.values["relation"] = Relation.SUBORDINATE
    changes = {
        name: row.values[name] for name in FIELDS if name in row.values and row.values[name] != getattr(present, name)
    }
    moves = "parent_code" in row.values and row.values["parent_code"] != _parent_code(stands)
    if moves:
        plan.moved.append(row)
    if changes:
        plan.changed.append((row, changes))
    if not changes and not moves:
        plan.same += 1


def _judge_posts(plan: Plan, table: Table, known: dict[str, Unit]) -> None:
    coming = {row.values.get("code") for row in plan.new}
    usernames = {row.values.get("username", "").lower() for row in table.rows} - {""}
    accounts = dict(Account.objects.filter(username__in=usernames).values_list("username", "pk"))
    posts = {(post.unit_id, post.title): post for post in Post.objects.filter(unit__in=known.values())}
    held = set(
        Holding.objects.filter(post__in=posts.values(), principal=None).values_list("post", "account", "valid_from")
    )
    made: dict[tuple[str, str], str] = {}
    for row in table.rows:
        _judge_post(plan, row, known, coming, accounts, posts, held, made)


def _judge_post(
    plan: Plan,
    row: Row,
    known: dict[str, Unit],
    coming: set[Any],
    accounts: dict[str, int],
    posts: dict[tuple[int, str], Post],
    held: set[Any],
    made: dict[tuple[str, str], str],
) -> None:
    values = row.values
    code, title, username = values.get("unit_code", ""), values.get("title", ""), values.get("username", "").lower()
    if code not in known and code not in coming:
        row.errors.append(_("There is no unit with the code “%(code)s”.") % {"code": code})
    if username and username not in accounts and not values.get("holder"):
        row.errors.append(_("There is no account “%(name)s”; write the full name to make one.") % {"name": username})
    if username and not values.get("valid_from"):
        row.errors.append(_("From which day does the person hold the post?"))
    if values.get("valid_from") and values.get("valid_to") and values["valid_to"] <= values["valid_from"]:
        row.errors.append(_("The last day lies before the first."))
    if made.setdefault((code, title), values.get("role", "")) != values.get("role", ""):
        row.errors.append(_("The same post has two roles."))
    post = posts.get((known[code].pk, title)) if code in known else None
    if post and values.get("role") and values["role"] != post.role:
        row.errors.append(_("The role of a post does not change; make another post."))
    if row.errors:
        return
    if post is None and not any(
        other.values["unit_code"] == code and other.values["title"] == title for other in plan.posts
    ):
        plan.posts.append(row)
    if username and (post is None or (post.pk, accounts.get(username), values["valid_from"]) not in held):
        plan.holdings.append(row)
