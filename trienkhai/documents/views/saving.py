"""The searches a person keeps beside the list."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import page
from trienkhai.documents import actions
from trienkhai.documents.forms_listing import SaveSearchForm
from trienkhai.documents.views.listing import active_filters, address, filter_form, filters_of_later_areas
from trienkhai.documents.views.pages import list_crumb, show
from trienkhai.people.requests import account_of


@require_http_methods(["GET", "POST"])
def save_search(request: HttpRequest) -> HttpResponse:
    """Keep the search of the address under a name."""
    asked_for = filter_form(request, filters_of_later_areas(request))
    given = asked_for.values()
    form = SaveSearchForm(request.POST or None, initial={"name": request.GET.get("q", "")[:80]})
    if request.method == "POST" and form.is_valid():
        kept = urlencode({name: request.GET[name] for name in given})
        try:
            actions.save_search(form.cleaned_data["name"], kept, by=account_of(request), at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("The search is kept beside the list."))
            return redirect(address(request))
    context = {
        "form": form,
        "words": given.get("q", ""),
        "active": active_filters(request, given, asked_for),
        "back": address(request),
        "crumbs": [list_crumb()],
    }
    return page(request, "documents/save_search.html", context, part="form", status=422 if form.errors else 200)


@require_POST
def remove_saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    actions.remove_saved_search(pk, by=account_of(request))
    messages.success(request, _("The search is no longer kept."))
    return redirect("documents:list")
