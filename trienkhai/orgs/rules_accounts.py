"""Who may do what with accounts, and with the yearly review of rights.

An account belongs to where its person holds posts: whoever administers all of these units looks after it, whoever
administers only some of them sees it and touches nothing.
"""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.verdict import Verdict, no, yes
from trienkhai.orgs.models import Holding, Invitation, Review, Role, Unit, UnitQuerySet
from trienkhai.orgs.rules import Grant, reach_of
from trienkhai.people.models import Account

REVIEWERS = (Role.ADMIN, Role.LEADER)


def _grants(account: Account, on: date) -> list[Grant]:
    return list(reach_of(account, on).of(Role.ADMIN).grants)


def whole_site(account: Account, on: date) -> bool:
    """Does the person administer a whole tree, and so also accounts that never held a post?"""
    return any(grant.branch and paths.depth(grant.path) == 1 for grant in _grants(account, on))


def visible_accounts(account: Account, on: date) -> QuerySet[Account]:
    """Accounts that hold, held or will hold a post in the units one administers; at the top of a tree also those that
    never held any."""
    reach = reach_of(account, on).of(Role.ADMIN)
    if not reach.grants:
        return Account.objects.none()
    held = Holding.objects.filter(account=OuterRef("pk"))
    there = Exists(held.filter(reach.q("post__unit__path")))
    return Account.objects.filter(there | ~Exists(held) if whole_site(account, on) else there)


def places_of(person: Account, on: date) -> list[Unit]:
    """Units whose administrator looks after the account: of its posts now and to come, else of the last one it held."""
    held = Holding.objects.filter(account=person).select_related("post__unit__present")
    lasting = list(held.filter(valid_to__gt=on))
    rows = lasting or list(held.order_by("-valid_to", "-pk")[:1])
    return [row.post.unit for row in rows]


def can_look_after(account: Account, person: Account, on: date) -> Verdict:
    """Close, open, rename, give a new link: for the administrator of every unit at which the person holds a post."""
    grants = _grants(account, on)
    if not grants:
        return no(_("Only an administrator looks after accounts."))
    if person.pk == account.pk:
        return no(_("Your own account is looked after by another administrator; you change your password yourself."))
    places = places_of(person, on)
    outside = sorted({unit.name for unit in places if not any(grant.covers(unit.path or "") for grant in grants)})
    if outside:
        words = {"name": person.name, "units": ", ".join(outside[:3])}
        return no(
            _("%(name)s also holds a post outside of your branch: %(units)s. An administrator of both does this.")
            % words
        )
    if not places and not whole_site(account, on):
        return no(_("This person never held a post; an administrator of the whole organisation looks after it."))
    return yes(_holding(grants[0]))


def _holding(grant: Grant) -> Holding:
    return Holding.objects.select_related("post__unit__present", "account", "principal").get(pk=grant.holding_id)


def can_close(account: Account, person: Account, on: date) -> Verdict:
    """As `can_look_after`; not the last one who administers a unit."""
    verdict = can_look_after(account, person, on)
    if verdict and not person.is_active:
        return no(_("This account is closed already."))
    if verdict and (left := left_without([person], on)):
        return no(
            _("%(name)s is the last administrator of %(unit)s. Give that post to another person first.")
            % {"name": person.name, "unit": left[0].name}
        )
    return verdict


def left_without(persons: Collection[Account], on: date, holdings: Collection[int] = ()) -> list[Unit]:
    """Units that nobody who can sign in would administer without these people, or without these holdings of theirs."""
    admins = Holding.objects.on(on).filter(post__role=Role.ADMIN).select_related("post__unit__present")
    going = admins.filter(account__in=[person.pk for person in persons])
    going = going.filter(pk__in=list(holdings)) if holdings else going
    rows = list(going)
    if not rows:
        return []
    able = admins.filter(account__is_active=True).exclude(account__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    above = {pk for row in rows for pk in paths.ids(row.post.unit.path or "")}
    others = able.filter(post__unit__in=above).exclude(pk__in=[row.pk for row in rows])
    stay = [Grant("", row.post.unit.path or "", row.post.reach == "branch", 0, 0) for row in others]
    return [row.post.unit for row in rows if not any(grant.covers(row.post.unit.path or "") for grant in stay)]


def can_invite(account: Account, unit: Unit, on: date) -> Verdict:
    """To a post of a unit that one administers, never to one outside of the branch."""
    for grant in _grants(account, on):
        if grant.covers(unit.path or ""):
            return yes(_holding(grant))
    return no(_("Posts of %(unit)s are given by its own administrator.") % {"unit": unit})


def visible_invitations(account: Account, on: date) -> QuerySet[Invitation]:
    return Invitation.objects.filter(reach_of(account, on).of(Role.ADMIN).q("holding__post__unit__path"))


def reviewed_units(account: Account, on: date) -> UnitQuerySet:
    """Units at which the person is administrator or leader: it opens the review of their branch."""
    ids = {grant.unit_id for grant in reach_of(account, on).of(*REVIEWERS).able("review").grants}
    return Unit.objects.filter(pk__in=ids)


def can_review(account: Account, unit: Unit, on: date) -> Verdict:
    """The administrator or a leader of the unit, or of one above it."""
    for grant in reach_of(account, on).of(*REVIEWERS).able("review").grants:
        if grant.covers(unit.path or ""):
            return yes(_holding(grant))
    return no(_("The administrator or a leader of the unit reviews its rights."))


def visible_reviews(account: Account, on: date) -> QuerySet[Review]:
    return Review.objects.filter(reach_of(account, on).of(*REVIEWERS).q("unit__path"))
