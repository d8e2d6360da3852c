"""The page of a person: posts through time, who stood in for whom; courses taken for those who may read them."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock, slots
from trienkhai.common.htmx import go, page
from trienkhai.orgs import actions, rules_posts
from trienkhai.orgs.forms_posts import TrainingForm, language
from trienkhai.orgs.models import Training
from trienkhai.orgs.queries_posts import acts_in_words, life_of, names_in
from trienkhai.orgs.views.upkeep import answer
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


def _person(request: HttpRequest, pk: int) -> Account:
    """Somebody who holds or held a post; 404 for others, and for readers without any post."""
    account = account_of(request)
    return get_object_or_404(Account.objects.filter(rules_posts.visible_people(account, clock.today())), pk=pk)


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, "orgs/posts/person.html", _context(request, _person(request, pk)))


def _context(request: HttpRequest, shown: Account) -> dict[str, Any]:
    account, today = account_of(request), clock.today()
    life = life_of(shown)
    units = [row.post.unit_id for row in life.own]
    cared = set(rules_posts.cared_units(account, today).filter(pk__in=units).values_list("pk", flat=True))
    endings = names_in("posts.endings", today, language())
    return {
        "person": shown,
        "present": [row for row in life.own if row.valid_from <= today < row.valid_to],
        "own": [
            (row, endings.get(row.ending, "") if row.post.unit_id in cared or shown.pk == account.pk else "")
            for row in life.own
            if row.valid_to > row.valid_from
        ],
        "received": [(row, acts_in_words(row.acts, today, language())) for row in life.received],
        "given": [(row, acts_in_words(row.acts, today, language())) for row in life.given],
        "acts": slots.parts("orgs.person.acts", request, shown),
        "reads": rules_posts.can_read_care(account, shown, today),
        "keeps": rules_posts.can_keep_care(account, shown, today),
        "today": today,
    }


@require_POST
def training(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with the courses the person has taken; asking for them is an act of its own in the log."""
    account, shown = account_of(request), _person(request, pk)
    if not rules_posts.can_read_care(account, shown, clock.today()):
        raise Http404
    rows = actions.read_training(shown, by=account, at=clock.now())
    names = names_in("training.kinds", clock.today(), language())
    context = _context(request, shown) | {"courses": [(row, names.get(row.kind, row.kind)) for row in rows]}
    return page(request, "orgs/posts/person.html", context)


@require_http_methods(["GET", "POST"])
def training_add(request: HttpRequest, pk: int) -> HttpResponse:
    account, shown, today = account_of(request), _person(request, pk), clock.today()
    verdict = rules_posts.can_keep_care(account, shown, today)
    if not verdict or verdict.holding is None:
        raise Http404
    form = TrainingForm(request.POST or None, on=today)

    def work(values: dict[str, Any], at: datetime) -> None:
        actions.add_training(shown, **values, by=account, at=at)

    words = {"title": _("Course taken by %(name)s") % {"name": shown}, "label": _("Store"), "done": _("Stored.")}
    back = reverse("orgs:person", args=[pk])
    return answer(request, verdict.holding.post.unit, form, work, back=back, **words)


@require_POST
def training_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Training.objects.select_related("account"), pk=pk)
    account = account_of(request)
    if not rules_posts.can_keep_care(account, row.account, clock.today()):
        raise Http404
    actions.remove_training(pk, by=account, at=clock.now())
    messages.success(request, _("The course has been taken away."))
    return go(request, "orgs:person", row.account_id)
