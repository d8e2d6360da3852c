"""Where reorganisation files show up on other pages: the tree, a unit, *Việc của tôi*."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.orgs import rules_reorganising as rules
from trienkhai.orgs.models import Unit
from trienkhai.orgs.queries_reorganising import files_of
from trienkhai.people.requests import account_of

SHOWN = 8


def tree_actions(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """On the tree: the files, for whoever sees one or prepares them."""
    account, on = account_of(request), today()
    if not rules.visible_reorganisations(account, on).exists() and not rules.preparing_offices(account, on).exists():
        return None
    return {"label": _("Reorganisation files"), "url": reverse("orgs:reorganisations"), "icon": "folder"}


def unit_actions(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """On a unit's page: the files that name it or changed it."""
    rows = rules.visible_reorganisations(account_of(request), today())
    if not rows.filter(pk__in=files_of(unit)).exists():
        return None
    url = f"{reverse('orgs:reorganisations')}?don-vi={unit.pk}"
    return {"label": _("Reorganisation files"), "url": url, "icon": "folder"}


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work: files to approve, files that came back."""
    account, on = account_of(request), today()
    deciding = list(
        rules.awaiting_approval(account, on).select_related("submitted_by").order_by("effective_on")[:SHOWN]
    )
    returned = list(rules.returned_to(account, on).order_by("effective_on")[:SHOWN])
    if not deciding and not returned:
        return None
    return {"template": "orgs/reorganising/mine.html", "deciding": deciding, "returned": returned}


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    account, on = account_of(request), today()
    return rules.awaiting_approval(account, on).count() + rules.returned_to(account, on).count() or None
