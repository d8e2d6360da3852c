"""Where lists of members by name show up on other pages: a unit, *Việc của tôi*, one's own account."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.orgs import rules_roster
from trienkhai.orgs.forms_posts import language
from trienkhai.orgs.models import Role, RosterTransfer, Unit
from trienkhai.orgs.queries_posts import names_in
from trienkhai.orgs.queries_roster import rows_of_account
from trienkhai.orgs.rules import reach_of
from trienkhai.people.requests import account_of


def unit_list(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """On the page of a unit, for whoever may open its list; for whoever may switch one on, the way there."""
    account, on = account_of(request), today()
    if rules_roster.can_read_roster(account, unit, on):
        return {"label": _("List of members"), "url": reverse("orgs:roster", args=[unit.pk]), "icon": "lock"}
    if reach_of(account, on).has(Role.ADMIN) and rules_roster.can_switch_on(account, unit, on):
        url = reverse("orgs:roster_on", args=[unit.pk])
        return {"label": _("Switch on a list of members"), "url": url, "icon": "lock"}
    return None


def tree_lists(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """On the tree, for administrators: where lists are switched on."""
    if not reach_of(account_of(request), today()).has(Role.ADMIN):
        return None
    return {"label": _("Lists of members by name"), "url": reverse("orgs:rosters"), "icon": "lock"}


def own_rows(request: HttpRequest, account: Any) -> dict[str, Any] | None:
    """On the page of one's own account: what lists of members say about oneself."""
    rows = list(rows_of_account(account_of(request)))
    if not rows:
        return None
    names = names_in("members.classes", today(), language())
    return {"template": "orgs/roster/own.html", "rows": [(row, names.get(row.kind, row.kind)) for row in rows]}


def waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work: members that another unit asks to take over, as numbers."""
    rows = rules_roster.asked_transfers(account_of(request), today()).select_related("to_unit__present")
    found: dict[Unit, int] = {}
    for row in rows.order_by("to_unit__path", "pk"):
        found[row.to_unit] = found.get(row.to_unit, 0) + 1
    return {"template": "orgs/roster/mine.html", "units": list(found.items())} if found else None


def waiting_count(request: HttpRequest, obj: Any) -> int | None:
    """Of a list that nobody transfers members on, one small query."""
    if not RosterTransfer.objects.exists():
        return None
    return rules_roster.asked_transfers(account_of(request), today()).count() or None
