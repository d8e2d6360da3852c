"""People invited to posts, and their accounts: closing, opening, renaming, new links.

An administrator never knows a password: a link is shown once, its owner chooses the password.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused
from trienkhai.orgs import rules_accounts as rules
from trienkhai.orgs.actions.posts import appoint, end_holding
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Invitation, Post, Role
from trienkhai.orgs.naming_accounts import propose_user_name, user_name_fault
from trienkhai.people.actions import give_link, shut, withdraw_links
from trienkhai.people.models import AccessLink, Account

PROPOSALS = 5


@dataclass(frozen=True)
class Invited:
    """`token` is kept nowhere: who loses it gets a new link."""

    account: Account
    link: AccessLink
    token: str = field(repr=False)
    holding: Holding | None = None


@dataclass(frozen=True)
class Guest:
    """One person to invite; without a user name one is made from the name."""

    name: str
    username: str
    post: Post
    valid_from: date
    email: str = ""


@transaction.atomic
def invite(guest: Guest, *, by: Account, at: datetime) -> Invited:
    """A new account with the post from that day, and the one-time link by which its owner chooses a password.

    Raises Refused for a post outside of the branch, ValidationError for a user name that is taken or odd.
    """
    verdict = rules.can_invite(by, guest.post.unit, day_of(at)).require()
    if not squeeze(guest.name):
        raise ValidationError({"name": _("A person has a name.")})
    account = _new_account(guest)
    holding = appoint(guest.post, account, valid_from=guest.valid_from, by=by, at=at)
    Invitation.objects.create(holding=holding, made_by=by, made_at=at)
    link, token = give_link(account, by=by, at=at)
    who, personal = actor(by, verdict.holding), {"email": guest.email} if guest.email else None
    record(
        "account.invited", account, by=who, at=at, unit_path=guest.post.unit.path, personal=personal, post=guest.post.pk
    )
    return Invited(account, link, token, holding)


def _new_account(guest: Guest) -> Account:
    """Under the user name that was asked for; without one under the first proposed that nobody takes meanwhile."""
    asked = guest.username.strip().lower()
    username = asked or propose_user_name(guest.name)
    for _number in range(PROPOSALS):
        if fault := user_name_fault(username):
            raise ValidationError({"username": fault})
        try:
            with transaction.atomic():
                return Account.objects.create_user(username, None, name=guest.name, email=guest.email)
        except IntegrityError:
            if asked:
                break
            username = propose_user_name(guest.name, taken=[username])
    raise ValidationError({"username": _("Another account has the user name “%(name)s”.") % {"name": username}})


@transaction.atomic
def invite_all(guests: Sequence[Guest], *, by: Account, at: datetime) -> list[Invited]:
    """All of them or none. Raises what `invite` raises."""
    return [invite(guest, by=by, at=at) for guest in guests]


@transaction.atomic
def try_all(guests: Sequence[Guest], *, by: Account, at: datetime) -> list[tuple[int, str]]:
    """What `invite_all` would refuse, by the place in the list; whatever comes of it, nothing is stored."""
    found = []
    for place, guest in enumerate(guests):
        try:
            with transaction.atomic():
                invite(guest, by=by, at=at)
        except ValidationError as fault:
            found.append((place, " ".join(fault.messages)))
        except Refused as fault:
            found.append((place, str(fault)))
    transaction.set_rollback(True)
    return found


@transaction.atomic
def withdraw_invitation(invitation_id: int, *, by: Account, at: datetime) -> Account:
    """Take back an invitation nobody has followed: its link ends, the account is closed and its post given up."""
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("holding__post__unit")
    invitation = locked.get(pk=invitation_id)
    account = Account.objects.select_for_update().get(pk=invitation.holding.account_id)
    verdict = rules.can_look_after(by, account, day_of(at)).require()
    if invitation.withdrawn_at:
        raise Refused(_("This invitation was withdrawn already."))
    if account.links.exclude(used_at=None).exists() or account.has_usable_password():
        raise Refused(_("%(name)s has signed in already; close the account instead.") % {"name": account.name})
    withdraw_links(account, at=at)
    _give_up(invitation.holding, by=by, at=at)
    account.is_active = False
    account.save(update_fields=["is_active"])
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record("account.invitation_withdrawn", account, by=actor(by, verdict.holding), at=at)
    return account


def _give_up(holding: Holding, *, by: Account, at: datetime) -> None:
    """A holding not begun yet ends with the day it begins; one that runs ends today."""
    first = max(holding.valid_from.toordinal() + 1, day_of(at).toordinal())
    if date.fromordinal(first) < holding.valid_to:
        end_holding(holding.pk, on=date.fromordinal(first), by=by, at=at)


@transaction.atomic
def renew_link(account_id: int, *, by: Account, at: datetime) -> Invited:
    """A new one-time link in place of the account's password and of all earlier links; its sessions end at once."""
    account = Account.objects.select_for_update().get(pk=account_id)
    verdict = rules.can_look_after(by, account, day_of(at)).require()
    if not account.is_active:
        raise Refused(_("This account is closed. Open it first."))
    known = account.has_usable_password()
    shut(account)
    account.save(update_fields=["password"])
    link, token = give_link(account, by=by, at=at)
    verb = "account.password_reset" if known else "account.link_given"
    record(verb, account, by=actor(by, verdict.holding), at=at)
    return Invited(account, link, token)


@transaction.atomic
def close_account(account_id: int, *, by: Account, at: datetime) -> Account:
    """Nobody signs in by it any more: password, links and sessions end. What the person did stays under its name.

    Raises Refused for the last administrator of a unit.
    """
    _hold_administrators(account_id, day_of(at))
    account = Account.objects.select_for_update().get(pk=account_id)
    verdict = rules.can_close(by, account, day_of(at)).require()
    withdraw_links(account, at=at)
    shut(account)
    account.is_active = False
    account.save(update_fields=["is_active", "password"])
    record("account.closed", account, by=actor(by, verdict.holding), at=at)
    return account


def _hold_administrators(account_id: int, on: date) -> None:
    """Administrators who close each other at once do it one after the other, so that the last one is refused."""
    admins = Holding.objects.on(on).filter(post__role=Role.ADMIN)
    mine = admins.filter(account=account_id).values_list("post__unit__path", flat=True)
    above = {pk for path in mine for pk in paths.ids(path or "")}
    beside = admins.filter(post__unit__in=above).values("account")
    list(Account.objects.select_for_update().filter(pk__in=beside).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def open_account(account_id: int, *, by: Account, at: datetime) -> Invited:
    """Open a closed account; its owner chooses a new password with the link."""
    account = Account.objects.select_for_update().get(pk=account_id)
    verdict = rules.can_look_after(by, account, day_of(at)).require()
    if account.is_active:
        raise Refused(_("This account is open already."))
    account.is_active = True
    account.save(update_fields=["is_active"])
    link, token = give_link(account, by=by, at=at)
    record("account.opened", account, by=actor(by, verdict.holding), at=at)
    return Invited(account, link, token)


@transaction.atomic
def change_account(account_id: int, *, name: str, email: str, by: Account, at: datetime) -> Account:
    """Another name or address; the same again is no act. Acts of earlier days keep the name they were done under."""
    account = Account.objects.select_for_update().get(pk=account_id)
    verdict = rules.can_look_after(by, account, day_of(at)).require()
    name = squeeze(name)
    if not name:
        raise ValidationError({"name": _("A person has a name.")})
    changed: dict[str, Any] = {}
    if account.name != name:
        changed["name"] = [account.name, name]
    personal = {"email": email} if account.email != email else None
    if not changed and personal is None:
        return account
    account.name, account.email = name, email
    account.save(update_fields=["name", "sort_key", "search_text", "email"])
    record("account.changed", account, by=actor(by, verdict.holding), at=at, personal=personal, **changed)
    return account
