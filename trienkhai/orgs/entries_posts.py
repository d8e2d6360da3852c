"""What posts, people and numbers of members put into the menu, the search and the page of a unit."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import today
from trienkhai.orgs import rules_posts
from trienkhai.orgs.forms_posts import language
from trienkhai.orgs.models import Unit
from trienkhai.orgs.queries_members import members_by_branch
from trienkhai.orgs.queries_posts import committee_on, names_in, people_found
from trienkhai.orgs.rules import reach_of
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of

SHOWN = 6
PLACES = ("/chuc-danh", "/giu-chuc/", "/can-bo/", "/uy-quyen", "/dang-vien", "/danh-sach-dang-vien")


def menu_posts(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not reach_of(request.user, today()).grants:
        return None
    current = request.path.startswith(PLACES)
    return {
        "label": _("Posts"),
        "url": reverse("orgs:posts"),
        "icon": "post",
        "group": "organisation",
        "order": 20,
        "current": current,
    }


def search_people(request: HttpRequest, words: str) -> dict[str, Any] | None:
    """People in posts by name, with or without accents."""
    on, account = today(), account_of(request)
    if not reach_of(account, on).grants:
        return None
    found = people_found(Account.objects.all(), words, on, SHOWN)
    hits = [
        {
            "url": reverse("orgs:person", args=[person.pk]),
            "label": person.name,
            "hint": f"{holding.post.title}, {holding.post.unit.short_name}",
        }
        for person, holding in found
    ]
    return {"title": _("People"), "hits": hits} if hits else None


def unit_posts(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    return {"label": _("Posts"), "url": f"{reverse('orgs:posts')}?don-vi={unit.pk}", "icon": "people"}


def unit_committee(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    found = committee_on(unit, today())
    return {"template": "orgs/posts/unit_committee.html", "committee": found} if found else None


def unit_members(request: HttpRequest, unit: Unit) -> dict[str, Any] | None:
    """Numbers of members of the branch, for whoever sees the work of the unit."""
    on, account = today(), account_of(request)
    if not rules_posts.can_read_members(account, unit, on):
        return None
    whole, _lines = members_by_branch(unit, on)
    if not whole.units:
        return None
    rows = [(label, whole.numbers.get(name, 0)) for name, label in names_in("members.classes", on, language()).items()]
    return {"template": "orgs/posts/unit_members.html", "whole": whole, "rows": rows, "unit": unit}
