"""What this area puts into the menu, the sign-in page and *Việc của tôi*."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.feedback import rules
from trienkhai.orgs.rules import reach_of
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

SHOWN = 12


def menu(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For whoever holds a post other than that of an administrator."""
    if not reach_of(account_of(request), today()).of(*rules.MEMBERS).grants:
        return None
    url = reverse("feedback:overview")
    return {
        "label": _("Voice from below"),
        "url": url,
        "icon": "people",
        "order": 47,
        "current": request.path.startswith(url),
    }


def sign_in_link(request: HttpRequest, obj: Any) -> dict[str, str] | None:
    """For people without an account, while a unit takes feedback without a name."""
    if not rules.receiving_units(today()).exists():
        return None
    return {"url": reverse("feedback:unnamed"), "label": _("Give feedback without a name")}


def _counts(account: Account) -> tuple[int, int]:
    """Open feedback by name and without that the person may answer; no query for whoever receives none."""
    on = today()
    if not (holdings := rules.receiving_holdings(account, on)):
        return 0, 0
    remarks = rules.visible_remarks(account, on).filter(answered_at=None, unit__in=list(holdings)).exclude(by=account)
    return remarks.count(), rules.visible_letters(account, on).filter(answered_on=None).count()


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work: proposals to answer by their day, and how much feedback waits."""
    account, on = account_of(request), today()
    rows = []
    if rules.handling_ids(account, on):
        found = rules.waiting_proposals(account, on).select_related("unit__present", "held_by__present")
        rows = list(found.order_by("due_on", "pk")[:SHOWN])
    remarks, letters = _counts(account)
    if not rows and not remarks and not letters:
        return None
    listed = [(row, row.is_late(on)) for row in rows]
    return {"template": "feedback/waiting.html", "rows": listed, "remarks": remarks, "letters": letters}


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    account, on = account_of(request), today()
    proposals = rules.waiting_proposals(account, on).count() if rules.handling_ids(account, on) else 0
    return proposals + sum(_counts(account)) or None
