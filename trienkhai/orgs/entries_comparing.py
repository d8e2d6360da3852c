"""Where comparisons of models show up on other pages: the tree, *Việc của tôi*."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.orgs import rules_comparing as rules
from trienkhai.people.requests import account_of

SHOWN = 8


def tree_actions(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """On the tree: for whoever sees one or prepares them."""
    account, on = account_of(request), today()
    if not rules.visible_comparisons(account, on).exists() and not rules.files.preparing_offices(account, on).exists():
        return None
    return {"label": _("Comparisons of models"), "url": reverse("orgs:comparisons"), "icon": "tree"}


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work: opinions that units led by the person owe."""
    on = today()
    rows = rules.opinions_to_give(account_of(request), on).select_related(
        "comparison__office__present", "unit__present"
    )
    owed = list(rows.order_by("comparison__opinions_due_on", "pk")[:SHOWN])
    return {"template": "orgs/comparing/mine.html", "owed": owed, "on": on} if owed else None


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    return rules.opinions_to_give(account_of(request), today()).count() or None
