"""The tree of any day: it starts at one's own unit, and branches come when they are opened."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from trienkhai.common import clock, paths, slots
from trienkhai.common.folding import printable, squeeze
from trienkhai.common.htmx import page
from trienkhai.orgs import branches, rules
from trienkhai.orgs.branches import Difference, Piece
from trienkhai.orgs.models import Relation, Unit, UnitVersion
from trienkhai.orgs.queries import ancestors, children_as_of, found_units, kind_names
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

MOST_OPEN = 40
MOST_FOUND = 50
DAYS = "cac-ngay"


@dataclass
class Node:
    """One line of the tree. Below it, when it is open: rows by relation, who came after the past day, how many more."""

    version: UnitVersion
    count: int = 0
    has_children: bool = False
    is_open: bool = False
    main: list["Node"] = field(default_factory=list)
    attached: list["Node"] = field(default_factory=list)
    external: list["Node"] = field(default_factory=list)
    later: list["Node"] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    name: list[Piece] = field(default_factory=list)
    code: list[Piece] = field(default_factory=list)
    is_later: bool = False
    turn_url: str = ""
    more_url: str = ""
    left: int = 0
    next_url: str = ""
    next_page_url: str = ""


@dataclass(frozen=True)
class Look:
    """How the tree is looked at: the day, the top and where its rows start, the branches that are open, the words."""

    on: date
    today: date
    top: int | None
    opened: tuple[int, ...]
    start: int = 0
    words: str = ""

    @property
    def past(self) -> bool:
        return self.on != self.today

    def url(self, *, opened: tuple[int, ...] | None = None, top: int | None = None, start: int = 0) -> str:
        params: list[tuple[str, Any]] = [("ngay", self.on.isoformat())] if self.past else []
        chosen = top or self.top
        params += [("goc", chosen)] if chosen else []
        params += [("tu", start)] if start else []
        params += [("mo", pk) for pk in (self.opened if opened is None else opened)]
        return reverse("orgs:tree") + (f"?{urlencode(params)}" if params else "")

    def branch_url(self, pk: int, start: int = 0) -> str:
        params = ({"ngay": self.on.isoformat()} if self.past else {}) | ({"tu": start} if start else {})
        return reverse("orgs:branch", args=[pk]) + (f"?{urlencode(params)}" if params else "")


def read_day(request: HttpRequest, today: date) -> date:
    """The day of the address; what is no day is today."""
    try:
        return date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return today


def read_look(request: HttpRequest, today: date) -> Look:
    top, start = _number(request.GET.get("goc", "")), _number(request.GET.get("tu", "")) or 0
    opened = tuple(pk for text in request.GET.getlist("mo")[:MOST_OPEN] if (pk := _number(text)))
    words = squeeze(printable(request.GET.get("tim", "")))[:100]
    return Look(read_day(request, today), today, top, opened, start, words if len(words) > 1 else "")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """The tree as it stood on `ngay`, from one's own unit or `goc`; `tim` shows units found, each with its way.

    `cac-ngay`: with the days on which the branch changed. They are asked for after the page has come, since finding
    them reads the whole branch.
    """
    account = account_of(request)
    today = clock.today()
    look = read_look(request, today)
    tops = top_units(account, look, today)
    context = {
        "look": look,
        "actions": slots.parts("orgs.tree.actions", request),
        "tops": [],
        "days_url": look.url() + ("&" if "?" in look.url() else "?") + f"{DAYS}=1" if tops else "",
        "now_url": Look(today, today, look.top, look.opened).url(),
        "above": [(unit, look.url(top=unit.pk, opened=())) for unit in above_of(tops)],
    }
    if DAYS in request.GET and tops:
        context |= _days(tops[0], look)
        if getattr(request, "htmx", False):
            return page(request, "orgs/tree.html", context, part="days")
    if look.words:
        context["found"], context["many"] = found_nodes(look)
    else:
        outside = [row for row in children_as_of(None, look.on) if row.relation == Relation.EXTERNAL]
        context["tops"] = top_nodes(tops, look)
        context["externals"] = lines(outside, look)
    return page(request, "orgs/tree.html", context, part="tree")


def _days(top: Unit, look: Look) -> dict[str, Any]:
    """The stops of the slider, each with its address, and where it stands; they come after the tree."""
    days = sorted({*branches.days_of_change(top, look.today), look.today})
    return {
        "days": [(day, replace(look, on=day).url()) for day in days],
        "stop": max((at for at, day in enumerate(days) if day <= look.on), default=0),
    }


@require_GET
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands below one unit that day, from row `tu` on, for htmx; a browser is sent to the tree, opened there."""
    account = account_of(request)
    today = clock.today()
    unit = get_object_or_404(rules.named_units(account, today), pk=pk)
    look = read_look(request, today)
    if not getattr(request, "htmx", False):
        return redirect(look.url(top=pk, start=look.start) if look.start else look.url(opened=(*look.opened, pk)))
    version = branches.standing_rows(look.on).filter(unit=unit).first()
    node = Node(version, is_open=True) if version else None
    if node:
        fill([node], look, start=look.start)
    return page(request, "orgs/items.html" if look.start else "orgs/branch.html", {"node": node, "look": look})


def top_units(account: Account, look: Look, today: date) -> list[Unit]:
    """`goc` when it is a unit, else the person's own units without those below another of them."""
    named = rules.named_units(account, today).select_related("present")
    if look.top and (chosen := named.filter(pk=look.top).first()):
        return [chosen]
    own = sorted({grant.path for grant in rules.reach_of(account, today).grants})
    highest = [path for path in own if not any(path != other and paths.is_within(path, other) for other in own)]
    return list(named.filter(path__in=highest).order_by("path"))


def above_of(tops: list[Unit]) -> list[Unit]:
    return ancestors(tops[0])[:-1] if len(tops) == 1 else []


def top_nodes(tops: list[Unit], look: Look) -> list[Node]:
    """The tops that stood that day, their first level open, and what is open below; the same few queries for all."""
    rows = {row.unit_id: row for row in branches.standing_rows(look.on).filter(unit__in=[unit.pk for unit in tops])}
    nodes = lines([rows[unit.pk] for unit in tops if unit.pk in rows], look)
    for node in nodes:
        node.is_open = True
    fill(nodes, look, start=look.start)
    return nodes


def fill(tops: list[Node], look: Look, *, start: int = 0) -> None:
    """What stands below the tops, and below whatever is open under them."""
    ids = [node.version.unit_id for node in tops]
    rows = branches.rows_below(ids, look.on, start=start) if ids else []
    if look.opened:
        rows += branches.rows_below([pk for pk in look.opened if pk not in ids], look.on)
    wanted = {*ids, *look.opened}
    later = branches.came_later(wanted, look.on, look.today) if look.past and not start else []
    made = {node.version.unit_id: node for node in lines(rows, look)}
    numbers = branches.numbers_below(wanted, look.on)
    by_parent, came = branches.split(rows), branches.split(later)
    stack, placed = list(tops), set(ids)
    while stack:
        node = stack.pop()
        pk = node.version.unit_id
        below = by_parent[pk]
        node.main = [made[row.unit_id] for row in below[Relation.SUBORDINATE]]
        node.attached = [made[row.unit_id] for row in below[Relation.ATTACHED]]
        node.external = [made[row.unit_id] for row in below[Relation.EXTERNAL]]
        node.later = [_later(row, look) for rows_of in came[pk].values() for row in rows_of]
        _page(node, numbers.get(pk, {}).get(Relation.SUBORDINATE, 0), start if pk in ids else 0, look)
        for child in (*node.main, *node.attached, *node.external):
            if child.has_children and child.version.unit_id in look.opened and child.version.unit_id not in placed:
                child.is_open = True
                placed.add(child.version.unit_id)
                stack.append(child)


def _page(node: Node, number: int, start: int, look: Look) -> None:
    """How many rows come after those shown, and where they are read."""
    shown = start + len(node.main)
    node.left = max(0, number - shown)
    node.next_url = look.branch_url(node.version.unit_id, shown)
    node.next_page_url = look.url(top=node.version.unit_id, opened=(), start=shown)


def _later(row: UnitVersion, look: Look) -> Node:
    node = Node(row, is_later=True, name=[Piece(row.name)], code=[Piece(row.code)])
    node.differences = [branches.came_how(row, look.on)]
    return node


def lines(rows: list[UnitVersion], look: Look) -> list[Node]:
    """Rows as lines of the tree, closed; three queries for all."""
    numbers = branches.numbers_below([row.unit_id for row in rows], look.on) if rows else {}
    kinds = kind_names(look.today, (get_language() or "vi")[:2]) if look.past else {}
    told = branches.differences(rows, look.today, kinds) if look.past else {}
    made = []
    for row in rows:
        pk = row.unit_id
        node = Node(row, numbers.get(pk, {}).get(Relation.SUBORDINATE, 0), pk in numbers)
        node.differences = told.get(pk, [])
        node.name, node.code = [Piece(row.name)], [Piece(row.code)]
        opened = [other for other in look.opened if other != pk]
        node.turn_url = look.url(opened=tuple(opened if pk in look.opened else [*opened, pk])) + f"#u{pk}"
        node.more_url = look.branch_url(pk)
        made.append(node)
    return made


def found_nodes(look: Look) -> tuple[list[Node], int]:
    """The units that hold the words, each at its place: a tree of them and of those above. How many were found, too."""
    found = found_units(look.words, look.on, MOST_FOUND)
    rows = {row.unit_id: row for hit, way in found for row in (*way, hit)}
    nodes = {node.version.unit_id: node for node in lines(list(rows.values()), look)}
    hits = {hit.unit_id for hit, _way in found}
    tops: list[Node] = []
    for node in sorted(nodes.values(), key=lambda one: one.version.sort_key):
        above = nodes.get(node.version.parent_id or 0)
        if above is None:
            tops.append(node)
        else:
            above.is_open = True
            named = {Relation.SUBORDINATE: above.main, Relation.ATTACHED: above.attached}
            named.get(Relation(node.version.relation), above.external).append(node)
    for pk, node in nodes.items():
        if pk in hits:
            node.name = branches.marked(node.version.name, look.words)
            node.code = branches.marked(node.version.code, look.words)
        if not node.is_open:
            node.turn_url = look.url(top=node.version.unit_id, opened=())
    return tops, len(found)
