"""The ways to co-ordination with partners from earlier pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trienkhai.common.clock import today
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import work_reach
from trienkhai.people.requests import account_of
from trienkhai.tasks import rules_coordinating as rules
from trienkhai.tasks.links import list_url

SHOWN = 50


def menu_coordination(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not work_reach(request.user, today()).grants:
        return None
    return {
        "label": pgettext("menu", "Co-ordination"),
        "url": reverse("tasks:coordination"),
        "icon": "together",
        "group": "tasks",
        "order": 50,
        "current": request.path.startswith("/phoi-hop"),
    }


def unit_actions(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """On the page of a unit: its partners, for whoever sees its work."""
    if not work_reach(request.user, today()).covers(unit.path):
        return None
    return {"label": _("Co-ordination"), "url": list_url("tasks:coordination", don_vi=unit.pk), "icon": "people"}


def my_opinions(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """Opinions asked of own units, and those that own units asked and that are overdue."""
    account, on = account_of(request), today()
    wanted = list(rules.opinions_wanted(account, on)[:SHOWN])
    overdue = list(rules.opinions_overdue(account, on)[:SHOWN])
    if not (wanted or overdue):
        return None
    return {"template": "tasks/my_opinions.html", "wanted": wanted, "overdue": overdue, "on": on}


def count_opinions(request: HttpRequest, obj: Any) -> int | None:
    return rules.opinions_wanted(account_of(request), today()).count() or None
