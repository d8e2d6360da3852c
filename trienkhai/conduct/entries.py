"""What this area puts into the menu and *Việc của tôi*."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.conduct import rules
from trienkhai.conduct.queries import rows_waiting
from trienkhai.orgs.rules import reach_of
from trienkhai.people.requests import account_of


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """Theme and examples for everybody of a unit."""
    if not reach_of(account_of(request), today()).has(*rules.EVERYONE):
        return None
    url = reverse("conduct:year")
    return {
        "label": _("Setting an example"),
        "url": url,
        "icon": "example",
        "group": "meetings",
        "order": 30,
        "current": request.path.startswith(url),
    }


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work, each with its one next act."""
    on = today()
    rows = rows_waiting(account_of(request), on)
    return {"template": "conduct/waiting.html", "rows": rows, "on": on} if rows else None


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    return len(rows_waiting(account_of(request), today())) or None
