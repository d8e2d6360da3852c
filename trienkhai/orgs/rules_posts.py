"""Who gives posts, sets deputies, reads what is kept about holders, tells numbers of members."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.orgs.models import Holding, HoldingQuerySet, Manner, Post, Role, Unit, UnitQuerySet
from trienkhai.orgs.rules import (
    can_manage_units,
    holding_at,
    named_units,
    reach_of,
    work_reach,
)
from trienkhai.people.models import Account

CARERS = (Role.LEADER, Role.OFFICER, Role.ADMIN)
TELLERS = (Role.FOCAL, Role.SECRETARY, Role.CLERK)
CARE, TELL, DEPUTIES = "cadres", "members", "delegate"
"""Names of the acts a deputy would have to be given: reading what is kept about holders, telling numbers, deputies."""


def visible_holdings(account: Account, on: date) -> HoldingQuerySet:
    """Who holds which post is no secret inside the organisation: whoever holds one looks it up."""
    return Holding.objects.filter(post__unit__in=named_units(account, on))


def visible_people(account: Account, on: date) -> "Q":
    """As a condition on accounts: those who hold or held a post, for whoever holds one."""
    return Q(pk__in=visible_holdings(account, on).values("account"))


def can_set_deputy(account: Account, holding: Holding, on: date) -> Verdict:
    """The holder, or the office: an administrator of the branch; for posts other than a leader's a leader of the unit.

    What one leader may do is not handed on by another.
    """
    if holding.manner == Manner.DELEGATED:
        return no(_("What was delegated cannot be delegated further."))
    if holding.account_id == account.pk:
        return yes(holding)
    if verdict := can_manage_units(account, on, holding.post.unit):
        return verdict
    if holding.post.role != Role.LEADER:
        leader = holding_at(account, holding.post.unit, (Role.LEADER,), on, DEPUTIES)
        if leader and leader.manner != Manner.DELEGATED:
            return yes(leader)
    return no(_("The holder sets a deputy, or the office of the unit."))


def can_change_post(account: Account, post: Post, on: date) -> Verdict:
    """An administrator of the branch, as long as the post stands."""
    if post.abolished_on <= on:
        return no(_("The post was abolished from %(day)s on.") % {"day": f"{post.abolished_on:%d/%m/%Y}"})
    return can_manage_units(account, on, post.unit)


def can_abolish(account: Account, post: Post, on: date) -> Verdict:
    """Once: also a day that is still to come is not set anew."""
    if post.abolished_on < OPEN_END:
        return no(_("The post was abolished from %(day)s on.") % {"day": f"{post.abolished_on:%d/%m/%Y}"})
    return can_change_post(account, post, on)


def can_end_holding(account: Account, holding: Holding, on: date) -> Verdict:
    """An administrator of the branch; a delegation is ended by whoever may set it."""
    if holding.principal:
        return can_set_deputy(account, holding.principal, on)
    return can_manage_units(account, on, holding.post.unit)


def visible_delegations(account: Account, on: date) -> HoldingQuerySet:
    """Those of the person, given and received, and those of units the person leads or administers."""
    led = reach_of(account, on).of(Role.LEADER, Role.ADMIN).q("post__unit__path")
    own = Q(account=account.pk) | Q(principal__account=account.pk)
    return Holding.objects.filter(own | led, manner=Manner.DELEGATED)


def own_holdings(account: Account, on: date) -> HoldingQuerySet:
    """Posts the person holds today for which a deputy may be set."""
    return Holding.objects.on(on).seated().filter(account=account.pk)


def cared_units(account: Account, on: date) -> UnitQuerySet:
    """Units about whose holders the person reads training and why holdings ended."""
    return Unit.objects.filter(reach_of(account, on).of(*CARERS).able(CARE).q())


def can_read_care(account: Account, person: Account, on: date) -> Verdict:
    """The person, and leaders, officers and administrators of a unit where the person holds or held a post."""
    if account.pk == person.pk:
        return Verdict(True)
    return can_keep_care(account, person, on)


def can_keep_care(account: Account, person: Account, on: date) -> Verdict:
    """Only about holders of posts: a course of somebody who holds none but that of a member is not kept."""
    able = reach_of(account, on).of(*CARERS).able(CARE)
    held = Holding.objects.seated().filter(able.q("post__unit__path"), account=person.pk)
    if person.pk != account.pk and able.grants and held.exclude(post__role=Role.MEMBER).exists():
        return yes(Holding.objects.select_related("post__unit__present", "account").get(pk=able.grants[0].holding_id))
    return no(_("Only leaders, officers and administrators of the person's unit keep what courses holders have taken."))


def can_read_members(account: Account, unit: Unit, on: date) -> Verdict:
    """Numbers of members: whoever sees the work of the unit."""
    if work_reach(account, on).covers(unit.path):
        return Verdict(True)
    return no(_("This unit is outside your reach."))


def can_tell_members(account: Account, unit: Unit, on: date) -> Verdict:
    """The focal point, cell secretary or clerk of the unit whose members they are."""
    holding = holding_at(account, unit, TELLERS, on, TELL)
    if holding is None:
        return no(_("The focal point, cell secretary or clerk of the unit tells its numbers of members."))
    return yes(holding)


def telling_units(account: Account, on: date) -> UnitQuerySet:
    """Units for which the person tells numbers of members."""
    ids = {grant.unit_id for grant in reach_of(account, on).of(*TELLERS).able(TELL).grants}
    return Unit.objects.filter(pk__in=ids, path__isnull=False)
