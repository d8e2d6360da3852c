"""The ladder of a branch."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.orgs.rules import visible_units
from trienkhai.people.requests import account_of
from trienkhai.urging import actions, rules
from trienkhai.urging.forms import LadderForm
from trienkhai.urging.queries import ladder_at


@require_http_methods(["GET", "POST"])
def ladder(request: HttpRequest, unit: int) -> HttpResponse:
    """See and set the ladder for what the unit's branch gives, or give it back to the ladder above."""
    account, on = account_of(request), clock.today()
    found = get_object_or_404(visible_units(account, on).select_related("present"), pk=unit)
    if not rules.can_place_ladder(account, found, on):
        raise Http404
    here = ladder_at(found.path or "", on)
    form = LadderForm(request.POST if "save" in request.POST else None, ladder=here)
    back = reverse("urging:overview") + f"?don-vi={found.pk}"
    if request.method == "POST" and "above" in request.POST:
        actions.place_ladder(found, None, by=account, at=clock.now())
        messages.success(request, _("The ladder above holds here again."))
        return go(request, back)
    if request.method == "POST" and form.is_valid():
        try:
            actions.place_ladder(found, form.value(), by=account, at=clock.now())
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, _("The ladder holds from today on."))
            return go(request, back)
    own = bool(here and here.place == found.path)
    context = {"form": form, "unit": found, "own": own, "back": back}
    return page(request, "urging/ladder.html", context, part="form", status=422 if form.errors else 200)
