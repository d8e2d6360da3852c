"""Deputies: who stands in for whom, for which acts, from when until when."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.orgs import actions, rules, rules_posts
from trienkhai.orgs.forms_posts import DelegateForm, language
from trienkhai.orgs.models import Holding, Manner
from trienkhai.orgs.queries_posts import acts_in_words
from trienkhai.orgs.views.upkeep import answer
from trienkhai.people.requests import account_of

PAGE = 50


@require_GET
def deputies(request: HttpRequest) -> HttpResponse:
    """Delegations of the person and of units the person leads or administers: in force and to come, then past ones."""
    account, today = account_of(request), clock.today()
    if not rules.reach_of(account, today).grants:
        raise Http404
    rows = rules_posts.visible_delegations(account, today).exclude(valid_to=F("valid_from"))
    related = ("account", "post__unit__present", "principal__account", "principal__post__unit")
    rows = rows.select_related(*related).order_by("-valid_from", "-pk")
    past = Paginator(rows.filter(valid_to__lte=today), PAGE).get_page(request.GET.get("page"))
    context = {
        "current": [_line(row, account, today) for row in rows.filter(valid_to__gt=today)],
        "past": [_line(row, account, today) for row in past.object_list],
        "pager": past,
        "own": rules_posts.own_holdings(account, today).select_related("post__unit__present").order_by("pk"),
        "on": today,
    }
    return page(request, "orgs/posts/deputies.html", context)


def _line(row: Holding, account: Any, today: Any) -> dict[str, Any]:
    may_end = row.valid_to > today and rules_posts.can_end_holding(account, row, today)
    return {
        "holding": row,
        "acts": acts_in_words(row.acts, today, language()),
        "ends": may_end,
        "to_come": row.valid_from > today,
    }


@require_http_methods(["GET", "POST"])
def deputy_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a deputy of a holder, for the acts that are ticked and a period."""
    account, today = account_of(request), clock.today()
    rows = rules_posts.visible_holdings(account, today).filter(valid_to__gt=today).exclude(manner=Manner.DELEGATED)
    holding = get_object_or_404(rows.select_related("post__unit__present", "account"), pk=pk)
    if not rules_posts.can_set_deputy(account, holding, today):
        raise Http404
    form = DelegateForm(request.POST or None, initial={"valid_from": today}, on=today)

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.delegate(holding, **form.values(), by=account, at=at)

    title = _("Deputy of %(name)s – %(post)s") % {"name": holding.account, "post": holding.post.title}
    words = {"title": title, "label": _("Set the deputy"), "done": _("The deputy has been set.")}
    return answer(request, holding.post.unit, form, work, back=reverse("orgs:deputies"), **words)
