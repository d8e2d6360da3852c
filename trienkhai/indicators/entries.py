"""What this area puts into slots of the frame and of the pages of tasks."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.common.folding import fold
from trienkhai.indicators import rules
from trienkhai.indicators.models import Definition, Holder
from trienkhai.indicators.queries.focusing import standing_of, told_within
from trienkhai.indicators.queries.steps import climbed_steps
from trienkhai.indicators.queries.waiting import Due, values_due
from trienkhai.indicators.summing import Sign
from trienkhai.orgs.hints import hint
from trienkhai.orgs.rules import Reach, work_reach
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks.queries.focusing import Looked

SHOWN = 8
WAITING = 50


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For whoever sees an indicator, or may define one."""
    account, on = account_of(request), today()
    if not work_reach(account, on).grants:
        return None
    if not hint(request, "indicators.any", lambda: _sees_any(account, on)):
        return None
    url = reverse("indicators:list")
    return {
        "label": _("Indicators"),
        "url": url,
        "icon": "indicator",
        "group": "tasks",
        "order": 40,
        "current": request.path.startswith(url),
    }


def _sees_any(account: Account, on: date) -> bool:
    return rules.visible_indicators(account, on).exists() or bool(rules.defining_units(account, on))


def search(request: HttpRequest, words: str) -> dict[str, Any] | None:
    """Indicators in sight whose name holds all the words."""
    rows = rules.visible_indicators(account_of(request), today())
    wanted = fold(words).split()
    definitions = Definition.objects.filter(indicator__in=rows).select_related("indicator__unit__present")
    found: dict[int, dict[str, str]] = {}
    for row in definitions.order_by("-version", "-pk")[:1000]:
        text = fold(f"{row.indicator.code} {row.title}")
        if row.indicator_id not in found and len(found) < SHOWN and all(word in text for word in wanted):
            found[row.indicator_id] = {
                "url": reverse("indicators:indicator", args=[row.indicator_id]),
                "label": row.title,
                "hint": f"{row.indicator.code} · {row.indicator.unit.short_name}",
            }
    return {"title": _("Indicators"), "hits": list(found.values())} if found else None


def _due(account: Account, on: date) -> list[Due]:
    units = rules.telling_units(account, on)
    held = Holder.objects.filter(unit__in=units, enters=True)
    return values_due(units, on) if units and held.exists() else []


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work: values of own units that are due, values that wait for the person's approval."""
    account, on = account_of(request), today()
    due = _due(account, on)
    deciding = rules.awaiting_decision(account, on).count()
    if not due and not deciding:
        return None
    by_unit: dict[int, list[Due]] = {}
    for row in due:
        by_unit.setdefault(row.holder.unit_id, []).append(row)
    rows = [
        {"unit": found[0].holder.unit, "count": len(found), "due_on": found[0].due_on, "late": found[0].is_late(on)}
        for found in list(by_unit.values())[:SHOWN]
    ]
    return {"template": "indicators/mine.html", "rows": rows, "deciding": deciding}


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    account, on = account_of(request), today()
    count = min(WAITING, len(_due(account, on))) + rules.awaiting_decision(account, on)[:WAITING].count()
    return count or None


def steps(request: HttpRequest, reach: Reach) -> dict[str, Any] | None:
    """Under the steps of tasks that nobody owns: those of approving values. Counts and names of units only."""
    found = climbed_steps(reach.q(), today())
    return {"template": "indicators/steps.html", "steps": found} if found else None


def focus_part(request: HttpRequest, looked: Looked) -> dict[str, Any] | None:
    """On the page of a focus: its indicators at the unit looked at, and which branches moved or stand still by them."""
    account, on = account_of(request), min(today(), looked.focus.valid_to - timedelta(days=1))
    unit = looked.top or rules.own_top(account, today())
    rows = rules.visible_indicators(account, today()).filter(focus=looked.focus)
    indicators = told_within(rows, unit, on) if unit else []
    if not indicators or unit is None:
        return None
    found = standing_of(indicators, unit, looked.since, on, below=looked.below)
    return {
        "template": "indicators/focus.html",
        "unit": unit,
        "since": looked.since,
        "cells": found.cells,
        "met": sum(cell.sign == Sign.MET for cell in found.cells),
        "still": [row for row in found.branches if row.stands_still],
        "moved": [row for row in found.branches if not row.stands_still],
    }
