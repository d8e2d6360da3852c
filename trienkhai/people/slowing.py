"""Guessing made slow: each attempt after the first few waits longer than the one before.

Counted for what is tried together with the address it comes from, so that a stranger who guesses does not keep the
owner out elsewhere, nor a colleague's account at the same address. Norms `accounts.slow_sign_in` and
`accounts.slow_links`: attempts that are free, the first pause in seconds, the longest one, and the hours after which
all is forgotten.
"""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction

from trienkhai.common.clock import day_of
from trienkhai.norms.queries import value
from trienkhai.people.models import Attempt

SIGN_IN, LINKS = "accounts.slow_sign_in", "accounts.slow_links"
DOUBLINGS = 20


def key_of(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@transaction.atomic
def take_attempt(norm: str, key: str, *, at: datetime) -> int:
    """Count one attempt before it is tried; 0, or the seconds still to wait, in which case nothing is counted.

    Counted beforehand, so that many at once are no way around. A success takes it back (`forget`).
    """
    slow = value(norm, on=day_of(at))
    if slow is None:
        return 0
    begun = {"last_at": at, "free_at": at}
    row, _made = Attempt.objects.select_for_update().get_or_create(key=key, defaults=begun)
    if not row.last_at <= at <= row.last_at + timedelta(hours=slow["forget_hours"]):
        row.count, row.free_at = 0, at
    if row.free_at > at:
        return int((row.free_at - at).total_seconds()) + 1
    row.count, row.last_at = row.count + 1, at
    row.free_at = at + timedelta(seconds=pause(row.count, slow))
    row.save()
    return 0


def pause(count: int, slow: dict[str, int]) -> int:
    """Seconds to wait after so many attempts in a row: none while they are free, then doubling up to the longest."""
    over = count - slow["free"]
    if over < 0:
        return 0
    return min(slow["first_seconds"] * 2 ** min(over, DOUBLINGS), slow["most_seconds"])


def forget(key: str) -> None:
    Attempt.objects.filter(key=key).delete()


def forget_old(*, at: datetime) -> int:
    """Delete what has been forgotten long since; returns how many rows."""
    deleted, _rows = Attempt.objects.filter(last_at__lt=at - timedelta(days=30)).delete()
    return deleted


def address_of(meta: dict[str, str]) -> str:
    """The address a request comes from, as the server names it."""
    return str(meta.get("REMOTE_ADDR") or "")
