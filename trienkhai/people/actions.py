"""What changes accounts."""

from datetime import datetime

from django.db import transaction

from trienkhai.audit.actions import Actor, record
from trienkhai.people.models import Account


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
