"""What accounts, the review of rights and the question who sees what put into slots of pages."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.common import paths
from trienkhai.common.clock import today
from trienkhai.orgs import explaining, rules, rules_accounts
from trienkhai.orgs.explaining import Kind, Way, reaching
from trienkhai.orgs.models import Review, Role, Unit
from trienkhai.orgs.queries_accounts import Due, review_due, to_review
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

UNIT = Kind(
    name="don-vi",
    label=gettext_lazy("Unit"),
    things=lambda: Unit.objects.select_related("present"),
    title=lambda unit: unit.name,
    url=lambda unit: reverse("orgs:unit", args=[unit.pk]),
    owners=lambda unit: [unit],
    visible=rules.visible_units,
)


def ways_to_unit(unit: Unit, on: date) -> Iterator[Way]:
    """Who sees the work of a unit."""
    yield Way(gettext_lazy("the work of the unit stands in the reach of the post"), reaching(on, [unit]))


def menu_accounts(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For administrators."""
    if not rules.reach_of(account_of(request), today()).has(Role.ADMIN):
        return None
    url = reverse("orgs:accounts")
    return {
        "label": _("Accounts"),
        "url": url,
        "icon": "accounts",
        "group": "organisation",
        "order": 30,
        "current": request.path.startswith(url),
    }


def menu_reviews(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For administrators; leaders come from their work and from the page of their unit."""
    if not rules.reach_of(account_of(request), today()).has(Role.ADMIN):
        return None
    url = reverse("orgs:reviews")
    here = request.path.startswith(url)
    return {
        "label": _("Review of rights"),
        "url": url,
        "icon": "rights",
        "group": "organisation",
        "order": 40,
        "current": here,
    }


def unit_review(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """On the page of a unit whose rights one reviews."""
    grants = rules.reach_of(account_of(request), today()).of(*rules_accounts.REVIEWERS).able("review").grants
    if all(grant.unit_id != unit.pk for grant in grants):
        return None
    return {"label": _("Review of rights"), "url": reverse("orgs:reviews"), "icon": "lock"}


def unit_actions(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """On the page of a unit one administers: invite someone to one of its posts."""
    if not rules.can_manage_units(account_of(request), today(), unit):
        return None
    return {"label": _("Invite a person"), "url": f"{reverse('orgs:account_invite')}?don-vi={unit.pk}", "icon": "add"}


def unit_sight(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    if not explaining.can_ask(account_of(request), UNIT, unit, today()):
        return None
    return {"label": _("Who may see it"), "url": reverse("orgs:sight", args=[UNIT.name, unit.pk]), "icon": "eye"}


def sight_link(name: str) -> Callable[[HttpRequest, Any], dict[str, Any] | None]:
    """A filler for the page of a thing of that kind: the way to who may see it, for whoever may ask."""

    def filler(request: HttpRequest, thing: Any) -> dict[str, Any] | None:
        kind = explaining.kind_of(name)
        if kind is None or not explaining.can_ask(account_of(request), kind, thing, today()):
            return None
        return {"template": "orgs/accounts/sight_link.html", "url": reverse("orgs:sight", args=[name, thing.pk])}

    return filler


def review_waiting(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """In the queue of my work: the review of the year where one is administrator or leader, when it is due."""
    rows = _due_reviews(account_of(request), today())
    return {"template": "orgs/accounts/waiting.html", "rows": rows, "on": today()} if rows else None


def review_waiting_count(request: HttpRequest, obj: Any) -> int | None:
    return len(_due_reviews(account_of(request), today())) or None


def _due_reviews(by: Account, on: date) -> list[tuple[Unit, Review | None, int, Due]]:
    """Units of one's own with a review of the year to open or to go on with: the review, how much is left, until when.

    An administrator opens one, unless the unit stands in the review of a unit above; a leader goes on with an open one.
    """
    grants = rules.reach_of(by, on).of(*rules_accounts.REVIEWERS).able("review").grants
    due = review_due(on) if grants else None
    if due is None or on < due.warned_from:
        return []
    above = {pk for grant in grants for pk in paths.ids(grant.path)}
    rows = Review.objects.filter(unit__in=above, year=due.year).select_related("unit__present")
    known = {row.unit_id: row for row in rows}
    opening = {
        grant.unit_id for grant in grants if grant.role == Role.ADMIN and not known.keys() & set(paths.ids(grant.path))
    }
    going_on = [known[pk] for pk in sorted({grant.unit_id for grant in grants} & known.keys())]
    to_open = Unit.objects.filter(pk__in=opening).select_related("present").order_by("path") if opening else []
    found: list[tuple[Unit, Review | None, int, Due]] = [(unit, None, 0, due) for unit in to_open]
    return found + [(row.unit, row, to_review(row, on).count(), due) for row in going_on if row.closed_at is None]
