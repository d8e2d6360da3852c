"""Who sees which units, and by which post a person may act there.

Rights are (role, unit, reach) and hang on posts. Reach is derived here from Holding × Post × `Unit.path` at every
reading, so a right ends with its last day and no stored table can lag behind.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.orgs.models import Holding, Manner, Role, Span, Unit, UnitQuerySet
from trienkhai.people.models import Account

Person = Account | AnonymousUser
BRANCH_READERS = (Role.OFFICER, Role.LEADER, Role.INSPECTOR)
CONTENT_READERS = (*BRANCH_READERS, Role.FOCAL, Role.SECRETARY, Role.CLERK)


@dataclass(frozen=True)
class Grant:
    """One line of a reach: the role at a path, for that unit alone or with all below.

    `acts`: the only ones a delegate may do there; empty for all. `principal`: the account for whom a delegate acts.
    """

    role: str
    path: str
    branch: bool
    unit_id: int
    holding_id: int
    acts: tuple[str, ...] = ()
    principal: int | None = None

    def covers(self, path: str) -> bool:
        return path.startswith(self.path) if self.branch else path == self.path


@dataclass(frozen=True)
class Reach:
    """All grants of one account on one day.

    `earlier`: for reading only, the same roles at units that stand no longer and from which an own unit took over.
    """

    grants: tuple[Grant, ...]
    earlier: tuple[Grant, ...] = ()

    def of(self, *roles: str) -> "Reach":
        return Reach(tuple(grant for grant in self.grants if grant.role in roles)) if roles else self

    def able(self, act: str) -> "Reach":
        """The grants by which that act may be done: all but those of delegates for other acts."""
        return Reach(tuple(grant for grant in self.grants if not grant.acts or act in grant.acts))

    def covers(self, path: str | None) -> bool:
        return path is not None and any(grant.covers(path) for grant in self.grants)

    def has(self, *roles: str) -> bool:
        return any(grant.role in roles for grant in self.grants)

    def ranges(self) -> list[tuple[str, str]]:
        """Half-open path ranges, overlapping ones merged, in order: what SQL is asked with."""
        spans = sorted(
            (grant.path, paths.next_path(grant.path) if grant.branch else grant.path + "0") for grant in self.grants
        )
        merged: list[tuple[str, str]] = []
        for start, end in spans:
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged

    def q(self, field: str = "path") -> Q:
        """The units of this reach as a condition on a path column; matches nothing for an empty reach.

        Single units as one list: two hundred ranges took ten times as long to write and to read.
        """
        spans = self.ranges()
        alone = [start for start, end in spans if end == start + "0"]
        terms = [Q(**{f"{field}__gte": start, f"{field}__lt": end}) for start, end in spans if end != start + "0"]
        if alone:
            terms.append(Q(**{f"{field}__in": alone}))
        return reduce(or_, terms) if terms else Q(pk__in=[])


def reach_of(account: Person, on: date) -> Reach:
    """The grants of the posts `account` holds that day. One query, 3 ms for 200 grants.

    Kept on the account object for the day, since a request asks for it many times.
    """
    kept = account.__dict__.setdefault("_reaches", {})
    if on not in kept:
        kept[on] = _read_reach(account, on)
    return kept[on]


def _read_reach(account: Person, on: date) -> Reach:
    if not account.is_authenticated or not account.is_active:
        return Reach(())
    taken = "post__unit__predecessors__unit"
    rows = (
        Holding.objects.on(on)
        .filter(account_id=account.pk, post__unit__path__isnull=False, post__unit__closed_on__gt=on)
        .values_list(
            "post__role", "post__unit__path", "post__reach", "post__unit_id", "pk", "acts", "principal__account_id",
            f"{taken}_id", f"{taken}__path",
        )
    )  # fmt: skip
    grants: dict[int, Grant] = {}
    earlier = []
    for role, path, span, unit, pk, acts, principal, former, former_path in rows:
        grants[pk] = Grant(role, path or "", span == Span.BRANCH, unit, pk, tuple(acts), principal)
        if former:
            earlier.append(replace(grants[pk], path=former_path, unit_id=former, branch=False))
    return Reach(tuple(grants.values()), tuple(earlier))


def visible_units(account: Person, on: date) -> UnitQuerySet:
    """Units whose work the person may see: own units, or the branch for officers, leaders, inspectors."""
    return Unit.objects.filter(work_reach(account, on).q())


def work_reach(account: Person, on: date) -> Reach:
    """Where the person sees work and documents. A focal point, clerk or cell secretary sees the own unit only, and all
    see what is filed under units from which the own one took over.

    Kept on the account object for the day like the whole reach: a page asks ten times, each over 200 grants.
    """
    kept = account.__dict__.setdefault("_work_reaches", {})
    if on not in kept:
        reach = reach_of(account, on)
        grants = (*reach.of(*CONTENT_READERS).grants, *Reach(reach.earlier).of(*CONTENT_READERS).grants)
        narrow = (grant if grant.role in BRANCH_READERS else replace(grant, branch=False) for grant in grants)
        kept[on] = Reach(tuple(narrow))
    return kept[on]


def earlier_units(account: Person, on: date, *roles: str) -> set[int]:
    """Units that stand no longer and from which a unit took over where the person holds a post of these roles."""
    return {grant.unit_id for grant in Reach(reach_of(account, on).earlier).of(*roles).grants}


def named_units(account: Person, on: date) -> UnitQuerySet:
    """Units whose name and place anyone signed in may look up: the tree itself is no secret inside the organisation."""
    if not account.is_authenticated or not reach_of(account, on).grants:
        return Unit.objects.none()
    return Unit.objects.filter(path__isnull=False)


def reads_below(account: Person, unit: Unit, on: date) -> bool:
    """Does the person see the work below the unit, or only what the unit holds itself?"""
    grants = work_reach(account, on).of(*BRANCH_READERS).grants
    return any(grant.branch and grant.covers(unit.path or "") for grant in grants)


_HOLDING = (
    *(field.name for field in Holding._meta.concrete_fields),
    *(f"post__{name}" for name in ("title", "role", "may_issue", "unit", "unit__path", "unit__present")),
    "post__unit__present__name",
)
"""What an act keeps of a holding; every action reads one."""


def holding_at(
    account: Account, unit: Unit | int, roles: Iterable[str], on: date, act: str = "", *, besides: Collection[int] = ()
) -> Holding | None:
    """The holding by which `account` acts at exactly `unit` in one of `roles` that day; a delegate only for its acts.

    besides: accounts in whose name it must not be. An own holding wins over a delegation. One query.
    """
    if not account.is_active:
        return None
    rows = Holding.objects.on(on).filter(account=account, post__unit=unit, post__role__in=list(roles))
    able = [row for row in rows.select_related("post__unit__present").only(*_HOLDING) if row.allows(act)]
    if besides:
        able = [row for row in able if not row.behind & set(besides)]
    return min(able, key=lambda row: (row.manner == Manner.DELEGATED, row.pk), default=None)


def can_act_at(account: Account, unit: Unit, roles: Iterable[str], on: date, act: str = "") -> Verdict:
    holding = holding_at(account, unit, roles, on, act)
    return yes(holding) if holding else no(_("You hold no post at %(unit)s that may do this.") % {"unit": unit})


def can_read_unit(account: Account, unit: Unit, on: date) -> Verdict:
    """May the person see the work of that unit (board, lists)?"""
    if work_reach(account, on).covers(unit.path):
        return Verdict(True)
    return no(_("This unit is outside your reach."))


def can_manage_units(account: Account, on: date, top: Unit | None = None) -> Verdict:
    """Administrators change units and posts, within the branch of the unit where they hold the post."""
    for grant in reach_of(account, on).of(Role.ADMIN).grants:
        if top is None or grant.covers(top.path or ""):
            return yes(Holding.objects.select_related("post__unit__present", "account").get(pk=grant.holding_id))
    return no(_("Only an administrator changes units and posts."))


def managed_units(account: Account, on: date) -> UnitQuerySet:
    """Units that the person administers."""
    return Unit.objects.filter(reach_of(account, on).of(Role.ADMIN).q())


def leaders_of(unit_id: int, on: date, act: str = "") -> list[Holding]:
    """Who holds a leader's post at exactly that unit, in any manner; with `act` those who may do it by that post."""
    rows = Holding.objects.on(on).filter(post__unit_id=unit_id, post__role=Role.LEADER, account__is_active=True)
    return [row for row in rows.select_related("account", "post", "principal") if row.allows(act)]
