"""What this area puts into slots of earlier pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.exchange.rules import can_export, exporting_unit
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of


def tree_actions(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """On the page of the organisation: the way to its file, for the highest branch the person may export."""
    unit = exporting_unit(account_of(request), today())
    return _link(unit) if unit else None


def unit_actions(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    return _link(unit) if can_export(account_of(request), unit, today()) else None


def _link(unit: Unit) -> dict[str, Any]:
    return {"label": _("As a file"), "url": reverse("exchange:units", args=[unit.pk]), "icon": "download"}
