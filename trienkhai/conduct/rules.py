"""Who commits, reports and comments, and who reads it: sensitive personal data, shown by role, each reading an act.

A commitment is read by its author, by leaders and the secretary of the unit, by leaders above and by the inspector of
the branch. Others see numbers. Nobody comments on their own, and no deputy does it in the author's name.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.conduct.models import CellCount, Commitment, CommitmentQuerySet, Example, Period, Review, Theme
from trienkhai.orgs.climbing import Ladder
from trienkhai.orgs.models import Holding, HoldingQuerySet, Role, RosterSpan, Unit
from trienkhai.orgs.rules import CONTENT_READERS, Reach, holding_at, reach_of, work_reach
from trienkhai.orgs.rules_roster import has_roster, rostered
from trienkhai.people.models import Account

SIGNERS = (Role.LEADER, Role.SECRETARY)
THEMERS = (Role.LEADER, Role.SECRETARY, Role.OFFICER)
EVERYONE = (*CONTENT_READERS, Role.MASS, Role.MEMBER)
ACT = "conduct"
"""No group of acts that are delegated holds it: a deputy neither reads commitments nor comments on them."""


def held_reach(account: Account, on: date, *roles: str) -> Reach:
    """The person's own posts, not those in which they stand in for another."""
    return reach_of(account, on).of(*roles).able(ACT)


def own_ids(account: Account, on: date, *roles: str) -> set[int]:
    return {grant.unit_id for grant in held_reach(account, on, *roles).grants}


def signing(on: date) -> HoldingQuerySet:
    """Posts of leaders and secretaries and who holds them: those who commit themselves by name."""
    return _seats(on).filter(account__is_active=True)


def signing_in(year: int, on: date) -> HoldingQuerySet:
    """The same for a year: as on its last day, or today where that has not come."""
    last = date(year, 12, 31)
    return _seats(last) if last < on else signing(on)


def _seats(day: date) -> HoldingQuerySet:
    return Holding.objects.on(day).seated().filter(post__role__in=SIGNERS)


def visible_commitments(account: Account, on: date) -> CommitmentQuerySet:
    """The own one; those of the unit for its leaders and secretary; of the branch for leaders above, inspectors.

    Those of members only while the list by name is switched on where they stand.
    """
    guided = held_reach(account, on, Role.LEADER, Role.INSPECTOR).q("unit__path")
    seen = guided | Q(unit__in=own_ids(account, on, *SIGNERS)) | of_author(account)
    named = Q(member=None) | (Q(unit__in=Unit.objects.filter(rostered()).values("pk")) & Q(member__name__gt=""))
    return Commitment.objects.filter(seen).filter(named)


def commenters_above(rows: Collection[Commitment], on: date) -> dict[int, int]:
    """Commitment → the unit whose leaders comment in the name of the collective where nobody but the author signs: the
    nearest one above with a leader who is not the author. Two queries."""
    ways = {row.pk: row.unit.path or "" for row in rows}
    heads = {pk: path[: -paths.WIDTH] for pk, path in ways.items()}
    signers, leaders = Ladder(ways.values(), on, roles=SIGNERS, act=ACT), Ladder(heads.values(), on, act=ACT)
    claims = {row.pk: {row.author_id} if row.author_id else set() for row in rows}
    alone = [row.pk for row in rows if signers.decider(ways[row.pk], claims[row.pk]) != row.unit_id]
    nearest = {pk: leaders.decider(heads[pk], claims[pk]) for pk in alone}
    return {pk: unit for pk, unit in nearest.items() if unit}


def commenter_above(row: Commitment, on: date) -> int | None:
    """The unit above whose leaders comment on this one, if the own unit has nobody to."""
    return commenters_above([row], on).get(row.pk)


def of_author(account: Account) -> Q:
    return Q(account=account.pk) | Q(member__account=account.pk)


def is_author(account: Account, row: Commitment) -> bool:
    return row.author_id == account.pk


def can_set_theme(account: Account, unit: Unit, on: date) -> Verdict:
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, THEMERS, on, ACT)
    said = _("A leader, the secretary or the tracking officer of %(unit)s sets the theme.")
    return yes(holding) if holding else no(said % {"unit": unit})


def span_of(account: Account, unit: Unit, on: date) -> RosterSpan | None:
    """The person's row in the list by name of the unit, where one is switched on."""
    if not has_roster(unit):
        return None
    rows = RosterSpan.objects.filter(unit=unit, member__account=account.pk, valid_from__lte=on, valid_to__gt=on)
    return rows.select_related("member").first()


def can_commit(account: Account, unit: Unit, on: date) -> Verdict:
    """Leaders and the secretary by name; a member only where the list by name is switched on."""
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    if holding := signing(on).filter(account=account, post__unit=unit).select_related("post__unit__present").first():
        return yes(holding)
    if span_of(account, unit, on) and (member := holding_at(account, unit, EVERYONE, on, ACT)):
        return yes(member)
    return no(_("Leaders commit themselves by name; members are counted, with their list by name off."))


def _open(row: Commitment) -> Verdict:
    return no(_("This commitment was ended: %(why)s") % {"why": row.ended}) if row.ended else Verdict(True)


def can_report(account: Account, row: Commitment, period: str, on: date) -> Verdict:
    """The author, from the first day of the year until the collective has commented."""
    if not is_author(account, row):
        return no(_("Everybody reports on the own commitment alone."))
    if not (still := _open(row)):
        return still
    if period not in Period.values:
        return no(_("Choose one of the values shown."))
    if row.year > on.year:
        return no(_("The year %(year)s has not begun.") % {"year": row.year})
    if row.reviews.filter(period=period, commented_on__isnull=False).exists():
        return no(_("The collective has commented already: the report stays as it is."))
    return Verdict(True)


def can_comment(account: Account, review: Review, on: date) -> Verdict:
    """In the name of the collective: another leader or the secretary; with nobody else there, a leader of the nearest
    unit above."""
    row = review.commitment
    if review.commented_on:
        return no(_("The collective has commented already."))
    if not (still := _open(row)):
        return still
    if is_author(account, row):
        return no(_("Nobody comments on the own commitment."))
    if row.unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    besides = {row.author_id} if row.author_id else set()
    if holding := holding_at(account, row.unit, SIGNERS, on, ACT, besides=besides):
        return yes(holding)
    unit = commenter_above(row, on)
    above = holding_at(account, unit, (Role.LEADER,), on, ACT, besides=besides) if unit else None
    said = _("Another leader or the secretary of %(unit)s enters what the collective said.")
    return yes(above) if above else no(said % {"unit": row.unit})


def can_count(account: Account, unit: Unit, on: date) -> Verdict:
    """Tell the numbers of members, and spread a good example."""
    if unit.closed_on <= on:
        return no(_("This unit no longer stands."))
    holding = holding_at(account, unit, SIGNERS, on, ACT)
    return yes(holding) if holding else no(_("A leader or the secretary of %(unit)s does this.") % {"unit": unit})


def _around(account: Account, on: date) -> Q:
    """Own units, those above them, and those in reach: where themes and examples are spread."""
    own = Unit.objects.filter(pk__in=own_ids(account, on, *EVERYONE)).values_list("path", flat=True)
    above = {pk for path in own if path for pk in paths.ids(path)}
    return Q(unit__in=above) | work_reach(account, on).q("unit__path")


def visible_themes(account: Account, on: date) -> QuerySet[Theme]:
    return Theme.objects.filter(_around(account, on))


def visible_examples(account: Account, on: date) -> QuerySet[Example]:
    return Example.objects.filter(_around(account, on))


def visible_counts(account: Account, on: date) -> QuerySet[CellCount]:
    """Numbers, for everybody of the unit and whoever sees its work."""
    own = Q(unit__in=own_ids(account, on, *EVERYONE))
    return CellCount.objects.filter(own | work_reach(account, on).q("unit__path"))
