"""What this area puts into the menu, the sign-in page and *Việc của tôi*."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.feedback import rules
from trienkhai.feedback import rules_consulting as consulting
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
        "icon": "voice",
        "group": "oversight",
        "order": 30,
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
    if not rules.receiving_holdings(account, on):
        return 0, 0
    letters = rules.visible_letters(account, on).filter(answered_on=None)
    return rules.waiting_remarks(account, on).count(), letters.count()


def _to_answer(account: Account) -> list[tuple[Any, bool]]:
    """Proposals to answer, each with whether it is late, one more than is shown; no query for whoever handles none."""
    on = today()
    if not rules.handling_ids(account, on):
        return []
    found = rules.waiting_proposals(account, on).select_related("unit__present", "held_by__present")
    return [(row, row.is_late(on)) for row in found.order_by("due_on", "pk")[: SHOWN + 1]]


def _wanted(account: Account) -> list[tuple[Any, bool]]:
    """Drafts on which the person's units owe their opinion, each with whether it is late, one more than is shown."""
    on = today()
    if not consulting.speaking_ids(account, on):
        return []
    found = consulting.wanted_opinions(account, on).select_related("unit__present", "consultation__unit__present")
    rows = found.order_by("consultation__due_on", "pk")[: SHOWN + 1]
    return [(row, row.is_late(row.consultation.due_on, on)) for row in rows]


def _unanswered(account: Account) -> int:
    """Drafts with opinions that wait for an answer of the person's units."""
    on = today()
    return consulting.consultations_to_answer(account, on).count() if consulting.asking_ids(account, on) else 0


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work: proposals to answer and opinions to give by their day, how much feedback waits."""
    account = account_of(request)
    rows, wanted, unanswered = _to_answer(account), _wanted(account), _unanswered(account)
    remarks, letters = _counts(account)
    if not (rows or wanted or unanswered or remarks or letters):
        return None
    return {
        "template": "feedback/waiting.html",
        "rows": rows[:SHOWN],
        "more_rows": len(rows) > SHOWN,
        "wanted": wanted[:SHOWN],
        "more_wanted": len(wanted) > SHOWN,
        "unanswered": unanswered,
        "remarks": remarks,
        "letters": letters,
    }


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    account, on = account_of(request), today()
    proposals = rules.waiting_proposals(account, on).count() if rules.handling_ids(account, on) else 0
    wanted = consulting.wanted_opinions(account, on).count() if consulting.speaking_ids(account, on) else 0
    return proposals + wanted + _unanswered(account) + sum(_counts(account)) or None
