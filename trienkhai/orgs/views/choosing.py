"""What a field for choosing a unit shows while a person types."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trienkhai.common import clock
from trienkhai.common.folding import printable, squeeze
from trienkhai.orgs import rules
from trienkhai.orgs.finding import Scope, offers
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of

SHORTEST, LONGEST, MOST_APART = 2, 100, 60


@require_GET
def unit_choices(request: HttpRequest) -> HttpResponse:
    """Units that hold the words of the field `truong`: rows of a list box. Names are open to anyone with a post.

    What may be chosen in the end is asked of the form's own field, not of this address.
    """
    today = clock.today()
    named = rules.named_units(account_of(request), today)
    field = request.GET.get("truong", "")[:40]
    words = squeeze(printable(request.GET.get(field, "")))[:LONGEST]
    found, more = offers(words, _scope(request, today)) if len(words) >= SHORTEST and named.exists() else ([], False)
    context = {"field": field, "words": words, "offers": found, "more": more, "asked": len(words) >= SHORTEST}
    return render(request, "orgs/choosing/offers.html", context)


def _scope(request: HttpRequest, today: date) -> Scope:
    given = request.GET
    try:
        on = date.fromisoformat(given.get("ngay", ""))
    except ValueError:
        on = today
    external = {"0": False, "1": True}.get(given.get("ngoai", ""))
    apart = tuple(int(pk) for pk in given.getlist("tru")[:MOST_APART] if _is_id(pk))
    within, not_below = _unit(given.get("trong")), _unit(given.get("ngoai-nhanh"))
    return Scope(on, within, apart, not_below, external, closed="ca-cu" in given)


def _unit(pk: str | None) -> Unit | None:
    return Unit.objects.filter(pk=int(pk)).first() if pk and _is_id(pk) else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
