"""What this area puts into the menu, the page of a unit and *Việc của tôi*."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import moment, today
from trienkhai.norms.queries import value
from trienkhai.orgs.hints import hint
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.worksessions import rules
from trienkhai.worksessions.models import Session, SessionState
from trienkhai.worksessions.queries import next_step, untold, with_steps

WAITING = 20


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For whoever prepares sessions, and for units that have any."""
    account, on = account_of(request), today()
    if not rules.own_ids(account, on) or not hint(request, "worksessions.any", lambda: _sees_any(account, on)):
        return None
    url = reverse("worksessions:list")
    return {
        "label": _("Working sessions"),
        "url": url,
        "icon": "session",
        "group": "meetings",
        "order": 40,
        "current": request.path.startswith(url),
    }


def _sees_any(account: Account, on: date) -> bool:
    return bool(rules.preparing_units(account, on)) or rules.visible_sessions(account, on).exists()


def unit_actions(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """On the page of a unit: plan a session with it, for whoever may."""
    account, on = account_of(request), today()
    uppers = [one for one in rules.preparing_units(account, on) if rules.stands_below(unit, one, on)]
    if not uppers:
        return None
    url = f"{reverse('worksessions:add', args=[uppers[-1].pk])}?don-vi={unit.pk}"
    return {"label": _("Plan a working session"), "url": url, "icon": "people"}


def to_do(account: Account) -> list[tuple[Session, str, str]]:
    """Sessions with the words of the next act of the person and the page where it is done.

    One small query where there is no session: every page asks for the number.
    """
    on = today()
    preparing, speaking = rules.preparing_ids(account, on), rules.speaking_ids(account, on)
    if not (preparing or speaking) or not Session.objects.exists():
        return []
    ahead = int(value("worksessions.shown_days", on=on, default=14))
    back = int(value("worksessions.followed_days", on=on, default=180))
    soon = Q(state=SessionState.PLANNED, starts_at__lt=moment(on + timedelta(days=ahead + 1), 0))
    come = Q(starts_at__lt=moment(on + timedelta(days=1), 0))
    to_prepare = come | (Q(has_dossier=False) & rules.guided(account, on).q("unit__path"))
    led = Q(upper__in=preparing)
    rows = with_steps(Session.objects.all())
    planned = rows.filter(soon).filter((led & to_prepare) | Q(unit__in=speaking, has_words=False))
    held = untold(Session.objects.filter(led, starts_at__gte=moment(on - timedelta(days=back), 0)))
    shown = [*held.order_by("starts_at", "pk")[:WAITING], *planned.order_by("starts_at", "pk")[:WAITING]]
    shown = sorted(shown, key=lambda row: (row.starts_at, row.pk))[:WAITING]
    return [(row, *act) for row in shown if (act := _act(row, preparing, on))]


def _act(row: Any, preparing: set[int], on: date) -> tuple[str, str] | None:
    """Of a row that has a next act of the person: what the upper unit does goes before what the unit says."""
    url = reverse("worksessions:session", args=[row.pk])
    words = {
        "dossier": _("Make the dossier"),
        "hold": _("Record the conclusions"),
        "draft": _("Draft the notice"),
        "issue": _("Issue the notice"),
        "give": _("Give the tasks"),
    }
    if row.upper_id in preparing and (step := next_step(row, on)):
        return words[step], url
    if row.state == SessionState.PLANNED and not row.has_words:
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
