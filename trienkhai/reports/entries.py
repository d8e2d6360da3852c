"""What this area puts into the menu, the search and *Việc của tôi*."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.common.folding import fold
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Role
from trienkhai.orgs.rules import CONTENT_READERS, reach_of
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.reports import rules
from trienkhai.reports.models import PeriodReport
from trienkhai.reports.queries.completeness import open_reports
from trienkhai.reports.wording import period_words

SHOWN = 8
WAITING = 30


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For whoever reports, reads reports or designs forms."""
    if not reach_of(account_of(request), today()).of(*CONTENT_READERS).grants:
        return None
    url = reverse("reports:overview")
    return {
        "label": _("Period reports"),
        "url": url,
        "icon": "report",
        "group": "tasks",
        "order": 70,
        "current": request.path.startswith(url),
    }


def search_forms(request: HttpRequest, words: str) -> dict[str, Any] | None:
    """Forms in sight whose title holds all the words."""
    wanted = fold(words).split()
    rows = rules.visible_forms(account_of(request), today()).select_related("unit__present").order_by("-pk")[:500]
    found = [row for row in rows if wanted and all(word in fold(row.title) for word in wanted)][:SHOWN]
    hits = [
        {"url": reverse("reports:form", args=[row.pk]), "label": row.title, "hint": row.unit.short_name}
        for row in found
    ]
    return {"title": _("Period reports"), "hits": hits} if hits else None


def to_fill(account: Account) -> list[PeriodReport]:
    """What the person's units have to report soon, have begun or got back."""
    on = today()
    ids = rules.filling_ids(account, on)
    if not ids:
        return []
    days = value("report_shown_days", on=on, default=15)
    return list(open_reports(ids, on, on + timedelta(days=days))[:WAITING])


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work: reports to fill, and how many wait for a decision."""
    account, on = account_of(request), today()
    reports = to_fill(account)
    decisions = _decisions(account)
    if not reports and not decisions:
        return None
    late = {row.pk for row in reports if row.is_overdue(on)}
    named = [(row, period_words(row.period.form, row.period)) for row in reports]
    return {"template": "reports/waiting.html", "reports": named, "late": late, "decisions": decisions}


def _decisions(account: Account) -> int:
    if not reach_of(account, today()).of(Role.LEADER).able("approve").grants:
        return 0
    return rules.awaiting_decision(account, today()).count()


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    account = account_of(request)
    return (len(to_fill(account)) + _decisions(account)) or None
