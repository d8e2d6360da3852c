"""What this area puts into the menu and *Việc của tôi*."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import CONTENT_READERS, reach_of, work_reach
from trienkhai.oversight import rules
from trienkhai.oversight.queries import rows_waiting
from trienkhai.people.requests import account_of


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """Supervision for who plans it or sees work; for members the lists of their unit."""
    reach = reach_of(account_of(request), today())
    if not reach.has(*rules.EVERYONE):
        return None
    name = "oversight:plans" if reach.has(*CONTENT_READERS, Role.MASS) else "oversight:democracy"
    current = request.path.startswith(("/giam-sat", "/dan-chu"))
    label = _("Supervision, democracy")
    return {"label": label, "url": reverse(name), "icon": "eye", "group": "oversight", "order": 20, "current": current}


def unit_actions(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """On the page of a unit: its lists of democracy at the grassroots, for whoever reads them."""
    account, on = account_of(request), today()
    if not work_reach(account, on).covers(unit.path) and unit.pk not in rules.read_ids(account, on, *rules.EVERYONE):
        return None
    url = f"{reverse('oversight:democracy')}?don-vi={unit.pk}"
    return {"label": _("Democracy at the grassroots"), "url": url, "icon": "eye"}


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work, each with its one next act."""
    on = today()
    rows = rows_waiting(account_of(request), on)
    return {"template": "oversight/waiting.html", "rows": rows, "on": on} if rows else None


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    return len(rows_waiting(account_of(request), today())) or None
