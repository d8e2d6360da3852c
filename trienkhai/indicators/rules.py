"""Who sees and who does what with indicators, their holders and their values.

Whoever submitted a value never approves it, nor does anybody in that person's name: a step with nobody else goes to the
next level above.
"""

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.indicators.climbing import Climbing
from trienkhai.indicators.models import Holder, Indicator, State, Value, ValueFile, ValueQuerySet
from trienkhai.orgs.climbing import Ladder, Posts
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.rules import Grant, holding_at, reach_of, work_reach
from trienkhai.people.models import Account

DEFINERS = (Role.OFFICER, Role.LEADER)
"""Posts that define indicators for the branch of their unit, give them down and set what is to be reached."""
TELLERS = (Role.FOCAL, Role.OFFICER, Role.SECRETARY)
"""Posts that tell the values of their unit."""
APPROVERS = (Role.LEADER,)


def visible_indicators(account: Account, on: date) -> QuerySet[Indicator]:
    """Those of units in reach, and those that a unit in reach holds."""
    reach = work_reach(account, on)
    held = Holder.objects.filter(reach.q("unit__path"), indicator=OuterRef("pk"))
    return Indicator.objects.filter(reach.q("unit__path") | Q(Exists(held)))


def focuses_served(account: Account, on: date) -> QuerySet[Any]:
    """The ids of the focuses that indicators in sight serve."""
    return visible_indicators(account, on).filter(focus__isnull=False).values("focus")


def visible_holders(account: Account, on: date) -> QuerySet[Holder]:
    """Units in reach; what an own unit gave elsewhere is read by its officers and leaders too."""
    return Holder.objects.filter(_holder_sight(account, on, ""))


def visible_values(account: Account, on: date) -> ValueQuerySet:
    return Value.objects.filter(_holder_sight(account, on, "holder__"))


def visible_value_files(account: Account, on: date) -> QuerySet[ValueFile]:
    return ValueFile.objects.filter(_holder_sight(account, on, "value__holder__"))


def _holder_sight(account: Account, on: date, way: str) -> Q:
    giving = sorted({grant.unit_id for grant in work_reach(account, on).of(*DEFINERS).grants})
    return work_reach(account, on).q(f"{way}unit__path") | Q(**{f"{way}giver__in": giving})


def defining_units(account: Account, on: date) -> list[Unit]:
    """Units for whose branch the person defines indicators, the highest first."""
    ids = {grant.unit_id for grant in reach_of(account, on).of(*DEFINERS).able("indicator").grants}
    return list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("path"))


def telling_units(account: Account, on: date) -> list[int]:
    """Units whose values the person tells."""
    return sorted({grant.unit_id for grant in reach_of(account, on).of(*TELLERS).able("value").grants})


def can_define(account: Account, unit: Unit, on: date) -> Verdict:
    """Any unit for its own branch, with no central act."""
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, DEFINERS, on, "indicator")
    return yes(holding) if holding else no(_("Only a tracking officer or a leader of the unit defines its indicators."))


def can_change(account: Account, indicator: Indicator, on: date) -> Verdict:
    """Its definition, its links, its end."""
    if indicator.valid_to <= on:
        return no(_("The indicator is closed."))
    return can_define(account, indicator.unit, on)


def can_give(account: Account, indicator: Indicator, giver: Unit, on: date) -> Verdict:
    """The owner gives it down its branch, and so does each unit that holds it."""
    if indicator.valid_to <= on:
        return no(_("The indicator is closed."))
    if giver.pk != indicator.unit_id and not holds(indicator, giver, on):
        return no(_("This unit does not hold the indicator."))
    return can_define(account, giver, on)


def holds(indicator: Indicator, unit: Unit, on: date) -> bool:
    return Holder.objects.filter(indicator=indicator, unit=unit, valid_to__gt=on).exists()


def can_set_targets(account: Account, indicator: Indicator, giver: Unit, on: date) -> Verdict:
    """Whoever gave it says what is to be reached."""
    return can_give(account, indicator, giver, on)


def can_take_back(account: Account, holder: Holder, on: date) -> Verdict:
    if holder.valid_to <= on:
        return no(_("The unit does not hold it any more."))
    if holder.unit_id == holder.indicator.unit_id:
        return no(_("The owner of an indicator holds it as long as it lives."))
    return can_define(account, holder.giver, on)


def can_tell(account: Account, unit: Unit | int, on: date) -> Verdict:
    """Whoever tells values for that unit."""
    holding = holding_at(account, unit, TELLERS, on, "value")
    return yes(holding) if holding else no(_("Only the focal point or an officer of the unit tells its values."))


def can_change_value(account: Account, value: Value, on: date) -> Verdict:
    """One that is being written, or came back."""
    if value.state not in (State.DRAFT, State.RETURNED):
        return no(_("This value was sent already."))
    return can_tell(account, value.holder.unit_id, on)


def can_decide(account: Account, value: Value, on: date, act: str = "approve") -> Verdict:
    """A leader of the unit that gave the indicator, or of the next above with somebody else to do it; never one in
    whose name it was submitted.
    """
    if value.state != State.SUBMITTED:
        return no(_("This value does not await approval."))
    if account.pk in value.claim:
        return no(_("Whoever submitted a value does not approve it."))
    holding = deciding_posts(account, [value], on, act)[value.pk]
    if holding:
        return yes(holding)
    return no(_("A leader of %(unit)s decides this.") % {"unit": deciding_unit(value, on) or value.holder.giver})


def deciding_unit(value: Value, on: date) -> Unit | None:
    """The unit whose leader decides on a submitted value; None when nobody up to the top may."""
    path = value.holder.giver.path or ""
    found = Ladder([path], on).decider(path, value.claim)
    return Unit.objects.select_related("present").filter(pk=found).first() if found else None


def deciding_posts(account: Account, values: Sequence[Value], on: date, act: str) -> dict[int, Holding | None]:
    """By id of the value, the post by which the person decides on it. Two queries, whatever the number of values."""
    ladder = Ladder({value.holder.giver.path or "" for value in values}, on)
    posts = Posts(account, ladder.units, on, act)
    found: dict[int, Holding | None] = {}
    for value in values:
        giver, claim = value.holder.giver, value.claim
        own = posts.at(giver.pk, claim)
        found[value.pk] = own or posts.at(ladder.decider(giver.path or "", claim), claim)
    return found


def awaiting_decision(account: Account, on: date, act: str = "approve") -> ValueQuerySet:
    """Values that this person may decide today: what `can_decide` says, for all rows at once."""
    grants = reach_of(account, on).of(*APPROVERS).able(act).grants
    chosen = Q(pk__in=[])
    for grant in grants:
        theirs = Q(holder__giver=grant.unit_id)
        if grant.principal:
            theirs &= ~Q(submitted_by=grant.principal) & (Q(principal=None) | ~Q(principal=grant.principal))
        chosen |= theirs
    own = Q(submitted_by=account) | Q(principal=account)
    return Value.objects.submitted().filter(chosen | _climbed(grants, on)).exclude(own)


def _climbed(grants: Sequence[Grant], on: date) -> Q:
    """What climbs to units of these grants from givers in their branches. Three queries at most."""
    if not grants:
        return Q(pk__in=[])
    below = reduce(or_, (paths.within(grant.path, "holder__giver__path") for grant in grants))
    climbing = Climbing(Value.objects.submitted().filter(below), on)
    if not climbing.way:
        return Q(pk__in=[])
    at = {grant.unit_id for grant in grants}
    whole = [giver for giver, unit in climbing.whole().items() if unit in at]
    alone = [
        row.pk
        for row in climbing.alone()
        if any(grant.unit_id == row.decider and grant.principal not in row.claim for grant in grants)
    ]
    return (Q(holder__giver__in=whole) & ~climbing.claimed) | Q(pk__in=alone)


def reads_branch(account: Account, unit: Unit, on: date) -> bool:
    """Does the person see what units below that one told? A focal point or secretary sees the own unit."""
    return any(grant.branch and grant.covers(unit.path or "") for grant in work_reach(account, on).grants)


def own_top(account: Account, on: date) -> Unit | None:
    """The highest unit whose work the person sees, or None."""
    grants = work_reach(account, on).grants
    if not grants:
        return None
    top = min(grants, key=lambda grant: (len(grant.path), grant.unit_id))
    return Unit.objects.select_related("present").get(pk=top.unit_id)
