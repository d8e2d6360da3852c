"""The organisation as rows of the two sheets, streamed, and as what an import compares a file with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.orgs.models import Holding, HoldingQuerySet, Post, PostClass, Unit, UnitQuerySet
from trienkhai.orgs.models.posts import BEGINNING
from trienkhai.people.models import Account

PORTION = 2000
"""Rows read at a time, and keys asked for at a time."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit that stands, without the weight of its rows; '' for no parent."""

    pk: int
    established_on: date
    code: str
    parent_code: str
    relation: str
    kind: str
    sector: str
    name: str
    short_name: str
    aliases: list[str]
    symbol: str


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post of a unit that stands; `classes` in the order of their keys."""

    pk: int
    unit_id: int
    unit_code: str
    title: str
    role: str
    reach: str
    seats: int
    requirements: str
    term_bound: bool
    may_issue: bool
    established_on: date
    abolished_on: date
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldingFacts:
    """A holding in its own right, of any day."""

    pk: int
    post_id: int
    username: str
    manner: str
    decision: str
    decided_on: date | None
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class AccountFacts:
    pk: int
    username: str
    name: str
    is_active: bool


def branch(unit: Unit, on: date) -> UnitQuerySet:
    """The unit and all below it that stand that day."""
    return Unit.objects.within(unit.path or "").standing(on)


def standing_units(unit: Unit, on: date) -> Iterator[UnitFacts]:
    """The units of the branch, parents first. One query."""
    names = ("code", "parent__present__code", "relation", "kind", "sector", "name", "short_name", "aliases", "symbol")
    rows = branch(unit, on).filter(present__isnull=False).order_by("path")
    values = rows.values_list("pk", "established_on", *(f"present__{name}" for name in names))
    for pk, founded, code, parent, relation, kind, sector, *others in values.iterator(chunk_size=PORTION):
        yield UnitFacts(
            pk, founded, code, intern(parent or ""), intern(relation), intern(kind), intern(sector), *others
        )


def standing_posts(unit: Unit, on: date) -> Iterator[PostFacts]:
    """The posts of those units, abolished ones too. Two queries."""
    classes: dict[int, tuple[str, ...]] = {}
    listed = PostClass.objects.filter(paths.within(unit.path or "", "post__unit__path")).order_by("post_id", "name")
    for post, name in listed.values_list("post_id", "name").iterator(chunk_size=PORTION):
        classes[post] = (*classes.get(post, ()), intern(name))
    rows = Post.objects.filter(unit__in=branch(unit, on).values("pk")).order_by("unit__path", "pk")
    names = (
        "title", "role", "reach", "seats", "requirements", "term_bound", "may_issue", "established_on", "abolished_on",
    )  # fmt: skip
    for pk, *values in rows.values_list("pk", "unit_id", "unit__present__code", *names).iterator(chunk_size=PORTION):
        facts: list[Any] = [pk, *values, classes.get(pk, ())]
        yield PostFacts(*facts)


def own_holdings(unit: Unit) -> HoldingQuerySet:
    """Holdings in own right, of any day, at the units of the branch; delegations are for their principals to give."""
    return Holding.objects.filter(paths.within(unit.path or "", "post__unit__path"), principal=None)


def standing_holdings(unit: Unit) -> Iterator[HoldingFacts]:
    """Those that last at least a day. One query."""
    rows = own_holdings(unit).exclude(valid_to=F("valid_from"))
    names = ("pk", "post_id", "account__username", "manner", "decision", "decided_on", "valid_from", "valid_to")
    return (HoldingFacts(*values) for values in rows.values_list(*names).iterator(chunk_size=PORTION))


def accounts_named(usernames: Iterable[str]) -> Iterator[AccountFacts]:
    """The accounts that there are among these names. One query for each two thousand names."""
    for names in portions(sorted(usernames)):
        rows = Account.objects.filter(username__in=names)
        yield from (AccountFacts(*values) for values in rows.values_list("pk", "username", "name", "is_active"))


def portions(listed: list[Any], size: int = PORTION) -> Iterator[list[Any]]:
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


def unit_rows(unit: Unit, on: date) -> Iterator[dict[str, Any]]:
    """The units of the branch, parents first, streamed."""
    names = [name for name in UnitFacts.__slots__ if name != "pk"]
    return ({name: getattr(row, name) for name in names} for row in standing_units(unit, on))


def post_rows(unit: Unit, on: date) -> Iterator[dict[str, Any]]:
    """Every post of the branch, once for each holder who has or will have it in own right; empty posts once. Streamed.

    Posts in the order of their units and of their making, holders by their first day.
    """
    names = ("account__username", "account__name", "manner", "valid_from", "valid_to", "decision", "decided_on")
    ordered = _held_posts(unit, on).order_by("unit__path", "pk", "held__valid_from", "held__pk")
    held = ordered.values_list("pk", *(f"held__{name}" for name in names)).iterator(chunk_size=PORTION)
    holder = next(held, None)
    for post in standing_posts(unit, on):
        if post.abolished_on <= on:
            continue
        common = _post_row(post)
        empty = True
        while holder is not None and holder[0] == post.pk:
            if _lasts(holder):
                yield common | _holder(holder)
                empty = False
            holder = next(held, None)
        if empty:
            yield common


def how_many(unit: Unit, on: date) -> dict[str, int]:
    """How many rows the two sheets have, holdings counted that were taken back before they began. Two queries."""
    posts = _held_posts(unit, on).aggregate(rows=Count("pk"), held=Count("held__pk"))
    return {"units": branch(unit, on).filter(present__isnull=False).count(), "posts": posts["rows"]}


def _held_posts(unit: Unit, on: date) -> QuerySet[Any]:
    """The posts of the branch with `held`, the holdings of today and of later in own right; empty posts once."""
    own = Q(holdings__principal=None, holdings__valid_to__gt=on)
    rows = Post.objects.standing(on).filter(unit__in=branch(unit, on).values("pk"))
    return rows.annotate(held=FilteredRelation("holdings", condition=own))


def _post_row(post: PostFacts) -> dict[str, Any]:
    names = ("unit_code", "title", "role", "reach", "seats", "requirements", "term_bound", "may_issue")
    row: dict[str, Any] = {name: getattr(post, name) for name in names}
    since = None if post.established_on == BEGINNING else post.established_on
    return row | {"classes": list(post.classes), "established_on": since}


def _lasts(values: tuple[Any, ...]) -> bool:
    """Is it a holding, and one that was not taken back before it began?"""
    return values[1] is not None and values[4] < values[5]


def _holder(values: tuple[Any, ...]) -> dict[str, Any]:
    _post, username, name, manner, valid_from, valid_to, decision, decided_on = values
    return {
        "username": username,
        "holder": name,
        "manner": manner,
        "valid_from": valid_from,
        "valid_to": None if valid_to == OPEN_END else valid_to,
        "decision": decision,
        "decided_on": decided_on,
    }
