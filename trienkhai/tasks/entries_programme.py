"""The ways to programmes and focuses from earlier pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trienkhai.common.clock import today
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import work_reach
from trienkhai.tasks.links import list_url


def menu_programmes(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not work_reach(request.user, today()).grants:
        return None
    current = request.path.startswith(("/chuong-trinh", "/trong-tam"))
    return {
        "label": pgettext("menu", "Programme"),
        "url": reverse("tasks:programmes"),
        "icon": "focus",
        "group": "tasks",
        "order": 30,
        "current": current,
    }


def unit_actions(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """On the page of a unit: its programmes, for whoever sees its work."""
    if not work_reach(request.user, today()).covers(unit.path):
        return None
    return {"label": _("Programme"), "url": list_url("tasks:programmes", don_vi=unit.pk), "icon": "focus"}
