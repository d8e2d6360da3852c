"""Urging one assignment, or everything that a list shows."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.people.requests import account_of
from trienkhai.tasks.links import list_url
from trienkhai.tasks.queries import due_soon_day
from trienkhai.tasks.queries.standing import standing_of
from trienkhai.tasks.queries.wanted import Wanted
from trienkhai.tasks.rules import visible_assignments
from trienkhai.urging import actions, rules
from trienkhai.urging.forms import CallAllForm, CallForm
from trienkhai.urging.queries import rests


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Urge one assignment."""
    account, on = account_of(request), clock.today()
    rows = visible_assignments(account, on).select_related("task__assigner", "held_by__present", "answers_to")
    found = get_object_or_404(rows, pk=pk)
    if not rules.calling_units(account, on):
        raise Http404
    verdict = rules.can_call(account, found, on)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.call(found.pk, text=form.cleaned_data["text"], by=account, at=clock.now())
        messages.success(request, _("%(unit)s has been urged.") % {"unit": found.held_by.short_name})
        return go(request, "tasks:assignment", found.pk)
    context = {
        "form": form,
        "assignment": found,
        "row": {"assignment": found, "standing": standing_of(found, on, due_soon_day(on))},
        "may": verdict,
        "rests": rests(found),
    }
    return page(request, "urging/call.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def call_all(request: HttpRequest) -> HttpResponse:
    """Urge all that the list of tasks shows and the person may urge, after a page that says how many."""
    account, on = account_of(request), clock.today()
    units = rules.calling_units(account, on)
    if not units:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    wanted = Wanted.read(given)
    form = CallAllForm(request.POST if request.method == "POST" else None, units=units)
    chosen = next((unit for unit in units if str(unit.pk) == given.get("tu")), units[0])
    rows = wanted.narrow(visible_assignments(account, on), on)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.call_matching(
                rows,
                chosen,
                text=form.cleaned_data["text"],
                selection=_described(wanted),
                by=account,
                at=clock.now(),
            )
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            words = ngettext("%(n)d task has been urged.", "%(n)d tasks have been urged.", done)
            messages.success(request, words % {"n": done})
            return go(request, _list_of(wanted))
    context = {
        "form": form,
        "unit": chosen,
        "count": rules.visible_callable(account, chosen, on).filter(pk__in=rows.order_by().values("pk")).count(),
        "hidden": list(wanted.params.items()),
        "back": _list_of(wanted),
        "action": reverse("urging:call_all"),
    }
    return page(request, "urging/call_all.html", context, status=422 if form.errors else 200)


def _described(wanted: Wanted) -> str:
    """The selection as the act keeps it."""
    return "; ".join(f"{name}={value}" for name, value in wanted.params.items()) or "all in sight"


def _list_of(wanted: Wanted) -> str:
    return list_url(**{name.replace("-", "_"): value for name, value in wanted.params.items()})
