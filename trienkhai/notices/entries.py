"""What this area puts into slots of the frame."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.notices.queries import troubled_digests, unread_count
from trienkhai.orgs.rules import reach_of
from trienkhai.people.requests import account_of


def menu_inbox(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """The inbox with the number of unread notices, for whoever holds a post."""
    on = today()
    if not reach_of(request.user, on).grants:
        return None
    return {
        "label": _("Inbox"),
        "url": reverse("notices:inbox"),
        "icon": "bell",
        "current": request.path.startswith("/hop-thu"),
        "count": unread_count(account_of(request), on),
        "group": "own",
        "order": 40,
    }


def mail_trouble(request: HttpRequest, obj: Any) -> str | None:
    """Mails of the last week that did not go as they should."""
    counts = troubled_digests(today() - timedelta(days=7))
    return f"mail: {', '.join(f'{name} {number}' for name, number in counts.items())}" if counts else None
