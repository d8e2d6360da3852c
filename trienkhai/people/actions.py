"""What changes accounts, and the one-time links by which they are entered."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.norms.queries import value
from trienkhai.people.models import AccessLink, Account

TOKEN_BYTES = 24
DEFAULT_DAYS = 7


@transaction.atomic
def change_password(account_id: int, password: str, *, at: datetime) -> Account:
    """Give the account its owner's new password; the act keeps that it changed, nothing of the password."""
    account = Account.objects.select_for_update().get(pk=account_id)
    account.set_password(password)
    account.save(update_fields=["password"])
    record("account.password_changed", account, by=Actor(account_id=account.pk, name=account.name), at=at)
    return account


@transaction.atomic
def change_address(account_id: int, address: str, *, at: datetime) -> Account:
    """The e-mail address that its owner gives; the same again is no act. The act keeps a digest of it, no more."""
    account = Account.objects.select_for_update().get(pk=account_id)
    if account.email == address:
        return account
    account.email = address
    account.save(update_fields=["email"])
    by, personal = Actor(account_id=account.pk, name=account.name), {"email": address}
    record("account.address_changed", account, by=by, at=at, personal=personal)
    return account


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def give_link(account: Account, *, by: Account, at: datetime) -> tuple[AccessLink, str]:
    """A new one-time link of the account, and its token, which is kept nowhere. Earlier links end.

    Valid for the days of norm `accounts.link_days`. The caller has asked its rule, holds the account's row and records
    the act.
    """
    withdraw_links(account, at=at)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    days = value("accounts.link_days", on=day_of(at), default=DEFAULT_DAYS)
    link = AccessLink.objects.create(
        account=account, token_hash=hash_of(token), made_by=by, made_at=at, expires_at=at + timedelta(days=days)
    )
    return link, token


def withdraw_links(account: Account, *, at: datetime) -> int:
    """End the account's links that were not used; how many there were."""
    return AccessLink.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=at)


def link_fault(link: AccessLink | None, *, at: datetime) -> str:
    """Why the link lets nobody in; '' when it does."""
    if link is None:
        return _("There is no such link. Check that it was copied or typed whole.")
    if link.used_at:
        return _("This link has been used. Sign in with the user name and the password that was chosen with it.")
    if link.withdrawn_at:
        return _("This link was withdrawn or replaced by a newer one. Ask the administrator of your unit for it.")
    if link.expires_at <= at:
        return _("This link is too old. Ask the administrator of your unit for a new one.")
    if not link.account.is_active:
        return _("This account is closed. Please ask your administrator.")
    return ""


def link_of(token: str) -> AccessLink | None:
    return AccessLink.objects.select_related("account").filter(token_hash=hash_of(token)).first()


@transaction.atomic
def enter_by_link(token: str, password: str, *, at: datetime) -> Account:
    """Give the account the password its owner chose; the link is used up. Raises Refused when it lets nobody in."""
    locked = AccessLink.objects.select_for_update(of=("self",)).select_related("account")
    link = locked.filter(token_hash=hash_of(token)).first()
    if fault := link_fault(link, at=at):
        raise Refused(fault)
    assert link is not None
    account = Account.objects.select_for_update().get(pk=link.account_id)
    link.used_at = at
    link.save(update_fields=["used_at"])
    account.set_password(password)
    account.save(update_fields=["password"])
    record("account.password_chosen", account, by=Actor(account_id=account.pk, name=account.name), at=at)
    return account


def note_sign_in(account: Account, *, at: datetime) -> None:
    """Django notes the machine's own time; the site's clock is the one that counts."""
    Account.objects.filter(pk=account.pk).update(last_login=at)


def shut(account: Account) -> None:
    """No password opens the account any more, and every session of it ends with its next request. Not stored."""
    account.set_unusable_password()
