"""The tree of any day: it starts at one's own unit, and branches come when they are opened."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from trienkhai.common import clock, paths, slots
from trienkhai.common.folding import squeeze
from trienkhai.common.htmx import page
from trienkhai.orgs import rules
from trienkhai.orgs.models import Relation, Unit, UnitVersion
from trienkhai.orgs.queries import ancestors, child_counts, children_as_of, days_of_change, found_units, version_on
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

MOST_OPEN = 40


@dataclass
class Node:
    """One line of the tree. `branch`: what stands below when it is open, by relation."""

    version: UnitVersion
    count: int
    has_children: bool
    is_open: bool = False
    main: list["Node"] = field(default_factory=list)
    attached: list["Node"] = field(default_factory=list)
    external: list["Node"] = field(default_factory=list)
    open_url: str = ""
    more_url: str = ""


@dataclass(frozen=True)
class Look:
    """How the tree is looked at: the day, the top, the branches that are open."""

    on: date
    today: date
    top: int | None
    opened: tuple[int, ...]

    def url(self, *, opened: tuple[int, ...] | None = None, top: int | None = None) -> str:
        params: list[tuple[str, Any]] = [] if self.on == self.today else [("ngay", self.on.isoformat())]
        chosen = top or self.top
        params += [("goc", chosen)] if chosen else []
        params += [("mo", pk) for pk in (self.opened if opened is None else opened)]
        return reverse("orgs:tree") + (f"?{urlencode(params)}" if params else "")


def read_look(request: HttpRequest, today: date) -> Look:
    try:
        on = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        on = today
    opened = tuple(int(pk) for pk in request.GET.getlist("mo")[:MOST_OPEN] if pk.isdecimal() and len(pk) < 10)
    top = request.GET.get("goc", "")
    return Look(on, today, int(top) if top.isdecimal() and len(top) < 10 else None, opened)


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """The tree as it stood on `ngay`, from one's own unit or `goc`; `tim` finds units by name or code."""
    account = account_of(request)
    today = clock.today()
    look = read_look(request, today)
    words = squeeze(request.GET.get("tim", ""))[:100]
    tops = top_units(account, look, today)
    context = {
        "look": look,
        "words": words,
        "actions": slots.parts("orgs.tree.actions", request),
        "found": found_units(words, look.on) if len(words) > 1 else None,
        "tops": [node for unit in tops if (node := top_node(unit, look))],
        "above": [(unit, look.url(top=unit.pk, opened=())) for unit in above_of(tops)],
        "externals": nodes([row for row in children_as_of(None, look.on) if row.relation == Relation.EXTERNAL], look),
        "days": days_of_change(tops[0], today) if tops else [],
        "past": look.on != today,
    }
    return page(request, "orgs/tree.html", context, part="tree")


@require_GET
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands below one unit that day, for htmx; a browser is sent to the tree with that branch open."""
    account = account_of(request)
    today = clock.today()
    unit = get_object_or_404(rules.named_units(account, today), pk=pk)
    look = read_look(request, today)
    if not getattr(request, "htmx", False):
        return redirect(look.url(opened=(*look.opened, pk)))
    version = version_on(unit, look.on)
    node = Node(version, 0, True) if version else None
    if node:
        fill(node, unit, look)
    return page(request, "orgs/branch.html", {"node": node, "look": look})


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


def top_node(unit: Unit, look: Look) -> Node | None:
    """The top with its first level open; None when it did not stand that day."""
    version = version_on(unit, look.on)
    if version is None:
        return None
    node = Node(version, child_counts([unit.pk], look.on).get(unit.pk, 0), True, is_open=True)
    fill(node, unit, look)
    return node


def fill(node: Node, unit: Unit, look: Look) -> None:
    """The children of a node, and theirs where they are open."""
    rows = children_as_of(unit, look.on)
    made = nodes(rows, look)
    node.main = [child for child in made if child.version.relation == Relation.SUBORDINATE]
    node.attached = [child for child in made if child.version.relation == Relation.ATTACHED]
    node.external = [child for child in made if child.version.relation == Relation.EXTERNAL]


def nodes(rows: list[UnitVersion], look: Look) -> list[Node]:
    counts = child_counts([row.unit_id for row in rows], look.on)
    made = []
    for row in rows:
        node = Node(row, counts.get(row.unit_id, 0), row.has_children)  # type: ignore[attr-defined]
        node.open_url = look.url(opened=(*look.opened, row.unit_id)) + f"#u{row.unit_id}"
        node.more_url = reverse("orgs:branch", args=[row.unit_id])
        node.more_url += f"?ngay={look.on.isoformat()}" if look.on != look.today else ""
        if node.has_children and row.unit_id in look.opened:
            node.is_open = True
            fill(node, row.unit, look)
        made.append(node)
    return made
