"""The page of one unit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from trienkhai.common import clock, slots
from trienkhai.common.htmx import page
from trienkhai.orgs import rules
from trienkhai.orgs.models import Relation
from trienkhai.orgs.queries import ancestors, child_counts, children, kind_names, posts_with_holders, sector_names
from trienkhai.people.requests import account_of


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the unit is, was, who holds its posts, and what stands below it. Anyone with a post may look it up."""
    account = account_of(request)
    on = clock.today()
    shown = get_object_or_404(rules.named_units(account, on).select_related("present__parent__present"), pk=pk)
    below = list(children(shown))
    language = (get_language() or "vi")[:2]
    context = {
        "unit": shown,
        "crumbs": [
            {"label": above.short_name, "url": reverse("orgs:unit", args=[above.pk])} for above in ancestors(shown)[:-1]
        ],
        "versions": list(shown.versions.select_related("parent__present").order_by("-valid_from")),
        "terms": list(shown.terms.order_by("-starts_on")),
        "posts": posts_with_holders(shown, on),
        "children": [child for child in below if child.present and child.present.relation == Relation.SUBORDINATE],
        "others": [child for child in below if child.present and child.present.relation != Relation.SUBORDINATE],
        "counts": child_counts([child.pk for child in below], on),
        "kinds": kind_names(on, language),
        "sectors": sector_names(on, language),
        "can_manage": rules.can_manage_units(account, on, shown),
        "actions": slots.parts("orgs.unit.actions", request, shown),
        "standing": shown.established_on <= on < shown.closed_on,
    }
    return page(request, "orgs/unit.html", context)
