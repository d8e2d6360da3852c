"""What the pages of this area share."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common import clock
from trienkhai.indicators import rules
from trienkhai.indicators.models import Indicator
from trienkhai.indicators.periods import Period, period_at, period_of
from trienkhai.orgs.models import Unit
from trienkhai.orgs.rules import visible_units
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

PAGE = 50


def number_asked(request: HttpRequest, name: str = "don-vi") -> int | None:
    """An id from the address; None for what is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else None


def year_asked(request: HttpRequest, on: date) -> int:
    """The year of the address (`nam`); the present one for what is none."""
    text = request.GET.get("nam", "")
    return int(text) if text.isdecimal() and len(text) == 4 and 1900 < int(text) < 2200 else on.year


def day_asked(request: HttpRequest, name: str = "ky") -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def period_asked(request: HttpRequest, indicator: Indicator, on: date) -> Period:
    """The period that begins on the day of the address; the present one for what is none."""
    asked = day_asked(request)
    found = period_at(indicator, asked) if asked else None
    return found or period_of(indicator, max(indicator.valid_from, on))


def indicator_of(request: HttpRequest, pk: int) -> Indicator:
    rows = rules.visible_indicators(account_of(request), clock.today())
    return get_object_or_404(rows.select_related("unit__present", "document", "focus"), pk=pk)


def unit_shown(request: HttpRequest, account: Account, on: date) -> Unit:
    """The unit of the address (404 out of reach), else the highest of the person's own."""
    asked = number_asked(request)
    if asked:
        return get_object_or_404(visible_units(account, on).select_related("present"), pk=asked)
    unit = rules.own_top(account, on)
    if unit is None:
        raise Http404
    return unit


def list_crumb(unit: Unit | None = None) -> dict[str, str]:
    address = reverse("indicators:list")
    return {"label": _("Indicators"), "url": f"{address}?don-vi={unit.pk}" if unit else address}


def indicator_crumb(indicator: Indicator, title: str, unit: Unit, kept: str = "") -> dict[str, str]:
    """kept: what the address takes along."""
    return {"label": title, "url": f"{reverse('indicators:indicator', args=[indicator.pk])}?don-vi={unit.pk}{kept}"}


def context_of(indicator: Indicator, title: str, unit: Unit, **more: Any) -> dict[str, Any]:
    """kept: what the links of the page take along."""
    crumbs = [list_crumb(unit), indicator_crumb(indicator, title, unit, more.get("kept", ""))]
    return {"indicator": indicator, "title": title, "unit": unit, "crumbs": crumbs} | more
