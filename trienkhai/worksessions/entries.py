"""What this area puts into the menu, the page of a unit and *Việc của tôi*."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import moment, today
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.worksessions import rules
from trienkhai.worksessions.models import Session, SessionState
from trienkhai.worksessions.queries import next_step, with_steps

WAITING = 20
RECENT = 180
"""So many days after a session its notice and tasks are asked for."""


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For whoever prepares sessions, and for units that have any."""
    account, on = account_of(request), today()
    if not rules.own_ids(account, on):
        return None
    if not rules.preparing_units(account, on) and not rules.visible_sessions(account, on).exists():
        return None
    url = reverse("worksessions:list")
    return {
        "label": _("Working sessions"),
        "url": url,
        "icon": "people",
        "order": 48,
        "current": request.path.startswith(url),
    }


def unit_actions(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """On the page of a unit: plan a session with it, for whoever may."""
    account, on = account_of(request), today()
    uppers = [one for one in rules.preparing_units(account, on) if rules.stands_below(unit, one, on)]
    if not uppers:
        return None
    url = f"{reverse('worksessions:add', args=[uppers[-1].pk])}?don-vi={unit.pk}"
    return {"label": _("Plan a working session"), "url": url, "icon": "people"}


def to_do(account: Account) -> list[tuple[Session, str, str]]:
    """Sessions with the words of the next act of the person and the page where it is done."""
    on = today()
    preparing, speaking = rules.preparing_ids(account, on), rules.speaking_ids(account, on)
    if not preparing and not speaking:
        return []
    days = int(value("worksessions.shown_days", on=on, default=14))
    soon = Q(state=SessionState.PLANNED, starts_at__lt=moment(on + timedelta(days=days + 1), 0))
    held = Q(state=SessionState.ENDED, starts_at__gte=moment(on - timedelta(days=RECENT), 0), upper__in=preparing)
    rows = Session.objects.filter(Q(upper__in=preparing) | Q(unit__in=speaking)).filter(soon | held)
    rows = with_steps(rows).order_by("starts_at", "pk")
    found = [(row, *act) for row in rows[:WAITING] if (act := _act(row, preparing, speaking, on))]
    return found


def _act(row: Any, preparing: set[int], speaking: set[int], on: Any) -> tuple[str, str] | None:
    url = reverse("worksessions:session", args=[row.pk])
    if row.upper_id in preparing:
        words = {
            "dossier": _("Make the dossier"),
            "hold": _("Record the conclusions"),
            "draft": _("Draft the notice"),
            "issue": _("Issue the notice"),
            "give": _("Give the tasks"),
        }
        return (words[step], url) if (step := next_step(row, on)) else None
    if row.unit_id in speaking and row.state == SessionState.PLANNED and not row.has_words:
        return _("Tell difficulties and proposals"), f"{url}#don-vi-neu"
    return None


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work, each with its one next act."""
    rows = to_do(account_of(request))
    if not rows:
        return None
    return {"template": "worksessions/waiting.html", "rows": rows, "on": today()}


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    return len(to_do(account_of(request))) or None
