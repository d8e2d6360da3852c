"""What this area puts into the menu and *Việc của tôi*."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import moment, today
from trienkhai.meetings import rules
from trienkhai.meetings.models import Meeting, MeetingState, ScoreSheet
from trienkhai.meetings.queries.steps import climbed_scores
from trienkhai.meetings.rules_scoring import next_scores
from trienkhai.norms.queries import value
from trienkhai.orgs.rules import Reach
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

WAITING = 30


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For whoever belongs to a unit that meets, members too."""
    if not rules.own_ids(account_of(request), today()):
        return None
    url = reverse("meetings:calendar")
    return {
        "label": _("Meetings"),
        "url": url,
        "icon": "people",
        "group": "meetings",
        "order": 10,
        "current": request.path.startswith((url, "/cuoc-hop")),
    }


def to_do(account: Account) -> list[Meeting]:
    """Meetings of units where the person convenes or is the clerk: to be held soon or past their day, minutes to write;
    for whoever convenes minutes to send too, also of units that such a unit took over.
    """
    on = today()
    ids = rules.clerking_ids(account, on)
    if not ids:
        return []
    convened = rules.writing_ids(account, on)
    days = int(value("meetings.shown_days", on=on, default=7))
    soon = Q(state=MeetingState.PLANNED, starts_at__lt=moment(on + timedelta(days=days + 1), 0))
    unsent = Q(state=MeetingState.CLOSED, sent_on=None, unit__present__parent__isnull=False)
    own = Q(soon | Q(state=MeetingState.OPEN), unit__in=ids) | Q(unsent, unit__in=convened)
    ended = Q(state=MeetingState.CLOSED, sent_on=None, unit__in=rules.sending_for(account, on))
    rows = Meeting.objects.filter(own | ended)
    return list(rows.select_related("unit__present").order_by("starts_at", "pk")[:WAITING])


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work, each with its one next act."""
    on = today()
    rows = [(row, _next(row, row.day <= on)) for row in to_do(account_of(request))]
    if not rows:
        return None
    late = {row.pk for row, _act in rows if row.is_overdue(on) or (row.state == MeetingState.PLANNED and row.day < on)}
    return {"template": "meetings/waiting.html", "rows": rows, "late": late}


def _next(row: Meeting, day_came: bool) -> tuple[str, str]:
    """The words of the next act and the page where it is done."""
    if row.state == MeetingState.OPEN:
        return _("Write the minutes"), reverse("meetings:minutes", args=[row.pk])
    url = reverse("meetings:meeting", args=[row.pk])
    if row.state == MeetingState.CLOSED:
        return _("Send the minutes up"), url
    if day_came:
        return _("Open the meeting"), url
    return (_("Look at the meeting"), url) if row.invited_at else (_("Send the invitation"), url)


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    return len(to_do(account_of(request))) or None


def scores_to_do(account: Account) -> list[ScoreSheet]:
    """Score sheets of which the next step is for the person; none that another one takes on after the person.

    One small query where no meeting was ever scored: every page asks for the number.
    """
    if not ScoreSheet.objects.exists():
        return []
    return list(next_scores(account, today()).select_related("unit__present")[:WAITING])


def scores(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work too."""
    rows = scores_to_do(account_of(request))
    return {"template": "meetings/waiting_scores.html", "rows": rows} if rows else None


def scores_count(request: HttpRequest, obj: Any) -> int | None:
    return len(scores_to_do(account_of(request))) or None


def steps(request: HttpRequest, reach: Reach) -> dict[str, Any] | None:
    """Under the steps of tasks that nobody owns: those of scores. Counts and names of units only."""
    found = climbed_scores(reach.q(), today())
    return {"template": "meetings/steps.html", "steps": found} if found else None
