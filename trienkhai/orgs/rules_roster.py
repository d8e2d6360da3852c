"""Who switches lists of members by name on, reads and keeps them. Being listed is sensitive personal data.

A list is read by the secretary and the committee of its own unit and by administrators of the branch; units above see
numbers. None of it can be delegated.
"""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.norms.queries import value
from trienkhai.orgs.models import (
    Holding,
    HoldingQuerySet,
    Manner,
    Role,
    RosterSpan,
    RosterSwitch,
    RosterTransfer,
    Unit,
    UnitQuerySet,
)
from trienkhai.orgs.queries import standing_for
from trienkhai.orgs.rules import can_manage_units, reach_of
from trienkhai.people.models import Account

KEEPING_ROLES = (Role.SECRETARY, Role.LEADER)


def switches_over(path: str | None) -> QuerySet[RosterSwitch]:
    """What is switched on over that place: at the unit or at one above it."""
    return RosterSwitch.objects.open().filter(unit__in=paths.ids(path or ""))


def has_roster(unit: Unit) -> bool:
    return switches_over(unit.path).exists()


def rostered(field: str = "path", *, besides: int = 0) -> Q:
    """Units whose members are listed by name, as a condition on a path column. One query; switches are few.

    besides: a switch that is left aside.
    """
    tops = RosterSwitch.objects.open().exclude(pk=besides).values_list("unit__path", flat=True)
    return reduce(or_, (paths.within(top, field) for top in tops if top), Q(pk__in=[]))


def _keeping(account: Account, on: date) -> HoldingQuerySet:
    """Posts of a secretary or leader, or of the committee, that the person holds in any manner but as a delegate."""
    classes = value("posts.classes", on=on, default={})
    sitting = [name for name, row in classes.items() if row.get("committee")]
    posts = Q(post__role__in=KEEPING_ROLES) | Q(post__classes__name__in=sitting)
    return Holding.objects.on(on).exclude(manner=Manner.DELEGATED).filter(posts, account=account)


def kept_units(account: Account, on: date) -> UnitQuerySet:
    """Units whose list the person keeps, while it is switched on."""
    if not account.is_active:
        return Unit.objects.none()
    own = _keeping(account, on).values("post__unit")
    return Unit.objects.filter(rostered(), pk__in=own, closed_on__gt=on)


def roster_units(account: Account, on: date) -> UnitQuerySet:
    """Units whose list by name the person may read."""
    kept = kept_units(account, on).values("pk")
    administered = reach_of(account, on).of(Role.ADMIN).q()
    return Unit.objects.filter(Q(pk__in=kept) | Q(administered, rostered()))


def visible_members(account: Account, on: date) -> QuerySet[RosterSpan]:
    """Rows of the lists that the person may read; none where nothing is switched on."""
    return RosterSpan.objects.filter(unit__in=roster_units(account, on).values("pk"))


def visible_switches(account: Account, on: date) -> QuerySet[RosterSwitch]:
    """Those that stand in branches the person administers."""
    administered = reach_of(account, on).of(Role.ADMIN).q("unit__path")
    own = RosterSwitch.objects.open().filter(administered).values("pk")
    taken_over = [
        row.pk
        for row in RosterSwitch.objects.open().filter(unit__closed_on__lte=on).select_related("unit")
        if can_manage_units(account, on, standing_for(row.unit, on))
    ]
    return RosterSwitch.objects.filter(Q(pk__in=own) | Q(pk__in=taken_over))


def can_switch_on(account: Account, unit: Unit, on: date) -> Verdict:
    """An administrator of the branch, where nothing above has it switched on."""
    verdict = can_manage_units(account, on, unit)
    if verdict and unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    if verdict and has_roster(unit):
        return no(_("This branch keeps lists of members by name already."))
    return verdict if verdict else no(_("Only an administrator of the branch switches lists of members by name on."))


def can_switch_off(account: Account, switch: RosterSwitch, on: date) -> Verdict:
    """An administrator of the branch, or of the unit that took over from one that stands no longer."""
    return can_manage_units(account, on, switch.unit) or can_manage_units(account, on, standing_for(switch.unit, on))


def can_read_roster(account: Account, unit: Unit, on: date) -> Verdict:
    """The unit's own secretary and committee, and administrators of the branch."""
    if not has_roster(unit):
        return no(_("No list of members by name is kept here."))
    if held := _held_at(account, unit, on):
        return yes(held)
    verdict = can_manage_units(account, on, unit)
    return verdict or no(_("Only the unit's own committee and its administrator read the list of members."))


def can_keep_roster(account: Account, unit: Unit, on: date) -> Verdict:
    """The secretary and the committee of the unit whose members they are."""
    if not has_roster(unit):
        return no(_("No list of members by name is kept here."))
    held = _held_at(account, unit, on)
    return yes(held) if held else no(_("Only the secretary and the committee of the unit keep its list of members."))


def can_answer_transfer(account: Account, transfer: RosterTransfer, on: date) -> Verdict:
    """Whoever keeps the list of the unit that is asked."""
    return can_keep_roster(account, transfer.to_unit, on)


def _held_at(account: Account, unit: Unit, on: date) -> Holding | None:
    if not account.is_active or unit.closed_on <= on:
        return None
    rows = _keeping(account, on).filter(post__unit=unit).order_by("pk")
    return rows.select_related("post__unit__present", "account", "principal").first()


def asked_transfers(account: Account, on: date) -> QuerySet[RosterTransfer]:
    """Transfers that wait for a unit whose list the person keeps."""
    return RosterTransfer.objects.filter(to_unit__in=kept_units(account, on).values("pk"))
