"""What a person chooses: e-mail and which kinds, the calendar's address."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.core import signing
from django.db import transaction

from trienkhai.audit.actions import Actor, record
from trienkhai.notices.models import CalendarFeed, MailChoice, Rhythm
from trienkhai.people.models import Account

SALT = "trienkhai.notices.unsubscribe"


@transaction.atomic
def set_choice(account: Account, *, rhythm: str, left_out: Sequence[str], at: datetime) -> MailChoice:
    """left_out: names of groups of kinds (`wording.GROUPS`) that are not to be mailed."""
    names = sorted(left_out)
    values = {"rhythm": rhythm, "left_out": names}
    choice, _made = MailChoice.objects.update_or_create(account=account, defaults=values)
    record("mail.choice_set", account, by=_own(account), at=at, rhythm=rhythm, left_out=names)
    return choice


def unsubscribe_token(account: Account) -> str:
    """Signed words for the link in a mail: this account at this address."""
    return signing.Signer(salt=SALT).sign_object([account.pk, account.email])


def account_of_token(token: str) -> Account | None:
    """Whose link that is; None for a wrong one, and when the address has changed since."""
    try:
        pk, address = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Account.objects.filter(pk=pk, email=address).first()


@transaction.atomic
def unsubscribe(account: Account, *, at: datetime) -> None:
    """No more e-mail to this person; done twice it is done once."""
    choice = MailChoice.objects.select_for_update().filter(account=account).first()
    if choice is not None and choice.rhythm == Rhythm.NONE:
        return
    MailChoice.objects.update_or_create(account=account, defaults={"rhythm": Rhythm.NONE})
    record("mail.unsubscribed", account, by=_own(account), at=at)


@transaction.atomic
def make_feed(account: Account, *, at: datetime) -> str:
    """A new calendar address, which ends the old one; returns its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    values = {"token_hash": hash_of(token), "made_at": at}
    _feed, made = CalendarFeed.objects.update_or_create(account=account, defaults=values)
    record("calendar.made" if made else "calendar.renewed", account, by=_own(account), at=at)
    return token


@transaction.atomic
def revoke_feed(account: Account, *, at: datetime) -> bool:
    """End the calendar's address; False when there is none."""
    deleted, _rows = CalendarFeed.objects.filter(account=account).delete()
    if deleted:
        record("calendar.revoked", account, by=_own(account), at=at)
    return bool(deleted)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _own(account: Account) -> Actor:
    return Actor(account_id=account.pk, name=account.name)
