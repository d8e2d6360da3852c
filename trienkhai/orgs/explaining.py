"""Who may see a given thing, and why.

An area tells for each of its kinds of things the *ways* to see one: holdings of posts that give sight of it, each way
with its sentence. From the same ways come the answer for one account and the list of all who see. Later areas add ways
to a thing of an earlier one (`add_ways`). What the ways say is what the area's `visible_…` says; tests hold them
together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.orgs.models import Holding, HoldingQuerySet, Role, Span, Unit
from trienkhai.orgs.rules import BRANCH_READERS, CONTENT_READERS, can_manage_units, holding_at
from trienkhai.people.models import Account

FIRST = 10


@dataclass(frozen=True)
class Way:
    """`holdings`: those that give sight of the thing in this way; `label`: the rule in a few words."""

    label: str | Promise
    holdings: HoldingQuerySet


Ways = Callable[[Any, date], Iterable[Way]]


@dataclass(frozen=True)
class Kind:
    """One kind of thing: how it is found, named and linked, whose it is, what `visible_…` says of it."""

    name: str
    label: str | Promise
    things: Callable[[], QuerySet]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    owners: Callable[[Any], Iterable[Unit]]
    visible: Callable[[Account, date], QuerySet]


_kinds: dict[str, Kind] = {}
_ways: dict[str, list[Ways]] = defaultdict(list)


def register(kind: Kind, ways: Ways) -> None:
    """Called once from an area's `AppConfig.ready`."""
    _kinds[kind.name] = kind
    add_ways(kind.name, ways)


def add_ways(name: str, ways: Ways) -> None:
    """More ways to see a thing of that kind, known to a later area."""
    if ways not in _ways[name]:
        _ways[name].append(ways)


def kind_of(name: str) -> Kind | None:
    return _kinds.get(name)


def giving_rights(on: date) -> HoldingQuerySet:
    """Holdings that give rights that day, whatever they are: as `orgs.rules.reach_of` reads them."""
    rows = Holding.objects.on(on).filter(account__is_active=True)
    return rows.filter(post__unit__path__isnull=False, post__unit__closed_on__gt=on)


def at_units(on: date, units: Any, roles: Iterable[str] = CONTENT_READERS) -> HoldingQuerySet:
    """Posts of exactly these units (ids or a query for them) in these roles."""
    return giving_rights(on).filter(post__unit__in=units, post__role__in=list(roles))


def above(on: date, units: Iterable[Unit], roles: Iterable[str] = BRANCH_READERS) -> HoldingQuerySet:
    """Posts in these roles that reach with all below one of these units."""
    heads = {pk for unit in units for pk in paths.ids(unit.path or "")}
    return giving_rights(on).filter(post__unit__in=heads, post__role__in=list(roles), post__reach=Span.BRANCH)


def reaching(on: date, units: Iterable[Unit]) -> HoldingQuerySet:
    """Posts in whose reach of work one of these units stands: its own, and those that read the branch above it."""
    rows = list(units)
    heads = {pk for unit in rows for pk in paths.ids(unit.path or "")}
    own = Q(post__unit__in=[unit.pk for unit in rows], post__role__in=CONTENT_READERS)
    branch = Q(post__unit__in=heads, post__role__in=BRANCH_READERS, post__reach=Span.BRANCH)
    return giving_rights(on).filter(own | branch)


def ways_of(kind: Kind, thing: Any, on: date) -> list[Way]:
    return [way for ways in _ways[kind.name] for way in ways(thing, on)]


@dataclass(frozen=True)
class Reason:
    """One sentence why an account sees the thing."""

    way: Way
    holding: Holding

    @property
    def sentence(self) -> str:
        post, reach = self.holding.post, _("this unit only")
        if post.reach == Span.BRANCH:
            reach = _("with all below")
        words = {"post": post.title, "unit": post.unit.name, "reach": reach, "rule": self.way.label}
        if self.holding.principal:
            words["principal"] = self.holding.principal.account.name
            return _("%(post)s, %(unit)s (%(reach)s; in the name of %(principal)s): %(rule)s") % words
        return _("%(post)s, %(unit)s (%(reach)s): %(rule)s") % words

    @property
    def until(self) -> date | None:
        return None if self.holding.valid_to == OPEN_END else self.holding.valid_to


def reasons_of(kind: Kind, thing: Any, account: Account, on: date) -> list[Reason]:
    """Every reason by which the account sees the thing; none: it does not. One query for each way."""
    found = []
    for way in ways_of(kind, thing, on):
        rows = way.holdings.filter(account=account).select_related("post__unit__present", "principal__account")
        found += [Reason(way, row) for row in rows.order_by("pk")[:FIRST]]
    return found


@dataclass(frozen=True)
class Group:
    """Those who see in one way: how many people, and the first of them by unit."""

    label: str | Promise
    count: int
    first: list[Holding]


def groups_of(kind: Kind, thing: Any, on: date) -> list[Group]:
    """Who sees the thing, by reason; empty reasons left out. Two queries for each way, however many there are."""
    groups = []
    for way in ways_of(kind, thing, on):
        first = list(
            way.holdings.select_related("account", "post__unit__present").order_by("post__unit__path", "pk")[:FIRST]
        )
        if first:
            count = way.holdings.order_by().values("account").distinct().count() if len(first) == FIRST else 0
            groups.append(Group(way.label, count or len({row.account_id for row in first}), first))
    return groups


def can_ask(account: Account, kind: Kind, thing: Any, on: date) -> Verdict:
    """Administrators of the branch of the thing's owner, and the leaders and officers of the owner."""
    for unit in kind.owners(thing):
        if verdict := can_manage_units(account, on, unit):
            return verdict
        if holding := holding_at(account, unit, (Role.LEADER, Role.OFFICER), on):
            return yes(holding)
    return no(_("Only an administrator, a leader or an officer of the unit asks this."))
