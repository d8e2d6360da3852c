"""Who is signed in."""

from typing import cast

from django.http import HttpRequest

from trienkhai.people.models import Account


def account_of(request: HttpRequest) -> Account:
    """The account that asks; the sign-in middleware lets nobody else reach a page that calls this."""
    return cast(Account, request.user)
