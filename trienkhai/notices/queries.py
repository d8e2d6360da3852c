"""Questions about an inbox."""

from datetime import date

from django.db.models import F, QuerySet

from trienkhai.notices.models import Notice
from trienkhai.notices.rules import visible_notices
from trienkhai.people.models import Account

MANY = 999


def inbox_of(account: Account, on: date) -> QuerySet[Notice]:
    """Unread first, then newest first."""
    rows = visible_notices(account, on).select_related("post__unit__present")
    return rows.order_by(F("read_at").desc(nulls_first=True), "-at", "-pk")


def unread_count(account: Account, on: date) -> int:
    """How many are unread, counted no further than 1,000."""
    return visible_notices(account, on).filter(read_at=None).order_by().values("pk")[: MANY + 1].count()
