"""The log: what was done within a person's reach, and one act with its values and its seal."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.dashboards import rules
from trienkhai.dashboards.forms import ActFilter
from trienkhai.dashboards.queries.acts import chain, details_of, narrowed, page_of, seal_of
from trienkhai.dashboards.wording import label, sentence, values_of
from trienkhai.people.requests import account_of

PAGES = {
    "tasks.assignment": "tasks:assignment",
    "tasks.issue": "tasks:issue",
    "tasks.partnership": "tasks:partnership",
    "tasks.opinion": "tasks:opinion",
    "orgs.unit": "orgs:unit",
    "documents.document": "documents:detail",
}
"""Where the target of an act is shown."""


@require_GET
def acts(request: HttpRequest) -> HttpResponse:
    """Acts within reach, newest first, fifty a page; `truoc` is the act to go on from."""
    account = account_of(request)
    on = clock.today()
    if not rules.reads_acts(account, on):
        raise Http404
    form = ActFilter(request.GET, today=on)
    shown = narrowed(rules.visible_acts(account, on), form.wanted())
    before = request.GET.get("truoc", "")
    rows, more = page_of(shown, int(before) if before.isdecimal() and len(before) < 18 else None)
    context = {
        "form": form,
        "rows": [(act, sentence(act), reverse("dashboards:act", args=[act.pk])) for act in rows],
        "more": more,
        "before": before,
        "chain": chain(),
    }
    return page(request, "dashboards/acts.html", context, part="acts")


@require_GET
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One act: who, by which post, for whom, what, old and new values, and where it stands in the chain."""
    account = account_of(request)
    shown = get_object_or_404(rules.visible_acts(account, clock.today()), pk=pk)
    context: dict[str, Any] = {
        "act": shown,
        "words": sentence(shown),
        "values": values_of(shown),
        "details": [(label(row.key), row) for row in details_of(shown)],
        "seal": seal_of(shown),
        "target_url": target_url(shown),
        "crumbs": [{"label": _("Acts"), "url": reverse("dashboards:acts")}],
    }
    return page(request, "dashboards/act.html", context)


def target_url(act: Act) -> str:
    try:
        return reverse(PAGES[act.target_type], args=[act.target_id])
    except (KeyError, NoReverseMatch):
        return ""
