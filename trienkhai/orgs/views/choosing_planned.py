"""What a field for choosing a unit of a reorganisation file shows while a person types."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trienkhai.common import clock
from trienkhai.common.folding import printable, squeeze
from trienkhai.orgs import rules_reorganising as rules
from trienkhai.orgs.actions.reorganising import planned_until
from trienkhai.orgs.finding_planned import planned_offers
from trienkhai.orgs.views.choosing import LONGEST, SHORTEST
from trienkhai.orgs.views.reorganising import seen
from trienkhai.people.requests import account_of


@require_GET
def step_units(request: HttpRequest, pk: int) -> HttpResponse:
    """Units that hold the words of the field `truong`, as they would be before the step `buoc`, or after all steps."""
    file = seen(request, pk)
    if not rules.can_change(account_of(request), file, clock.today()):
        raise Http404
    field, step = request.GET.get("truong", "")[:40], request.GET.get("buoc", "")
    words = squeeze(printable(request.GET.get(field, "")))[:LONGEST]
    until = int(step) if step.isascii() and step.isdecimal() and len(step) < 5 else None
    found, more = planned_offers(words, planned_until(file, until)) if len(words) >= SHORTEST else ([], False)
    context = {"field": field, "words": words, "offers": found, "more": more, "asked": len(words) >= SHORTEST}
    return render(request, "orgs/choosing/offers.html", context)
