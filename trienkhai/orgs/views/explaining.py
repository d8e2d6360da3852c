"""The page that tells who may see a given thing, and why."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.orgs import explaining
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of


@require_GET
def sight(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Yes or no for a named account with the sentence of the rule; the others by reason, counted, the first by name.

    Whoever may ask and not see is told the reasons without the thing's title.
    """
    by, on = account_of(request), clock.today()
    known = explaining.kind_of(kind)
    if known is None:
        raise Http404
    thing = get_object_or_404(known.things(), pk=pk)
    if not explaining.can_ask(by, known, thing, on):
        raise Http404
    seen = known.visible(by, on).filter(pk=thing.pk).exists()
    asked = request.GET.get("ten", "").strip().lower()[:60]
    person = Account.objects.filter(username=asked).first() if asked else None
    context = {
        "kind": known,
        "title": known.title(thing) if seen else "",
        "back": known.url(thing) if seen else "",
        "asked": asked,
        "person": person,
        "reasons": explaining.reasons_of(known, thing, person, on) if person else [],
        "groups": explaining.groups_of(known, thing, on),
        "crumbs": [{"label": known.title(thing), "url": known.url(thing)}] if seen else [],
        "first": explaining.FIRST,
        "closed": _("The account is closed.") if person and not person.is_active else "",
    }
    return page(request, "orgs/accounts/sight.html", context, part="answer")
