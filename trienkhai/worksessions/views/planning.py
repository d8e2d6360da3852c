"""Planning a session, changing and cancelling it, naming its people."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of
from trienkhai.worksessions import actions, rules
from trienkhai.worksessions.forms import CancelForm, PeopleForm, SessionForm
from trienkhai.worksessions.queries import seats_of
from trienkhai.worksessions.views.common import answer, list_crumb, seen_session, show_faults


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, upper: int) -> HttpResponse:
    """Plan a session of a unit where the person prepares; `don-vi`: with whom. A stranger finds nothing."""
    account, on = account_of(request), clock.today()
    own = Unit.objects.filter(pk__in=rules.own_ids(account, on)).select_related("present")
    found = get_object_or_404(own, pk=upper)
    rules.can_plan(account, found, on).require()
    asked = request.GET.get("don-vi", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 12 else 0
    below = Unit.objects.filter(pk=number).first()
    initial = {"hour": "08:00", "unit": below if below and rules.stands_below(below, found, on) else None}
    form = SessionForm(request.POST or None, upper=found, on=on, initial=initial)
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        try:
            made = actions.plan_session(found, unit, form.details(), by=account, at=clock.now())
        except ValidationError as fault:
            show_faults(form, fault)
        else:
            messages.success(request, _("The working session is planned; name who takes part."))
            return go(request, "worksessions:people", made.pk)
    context = {"form": form, "upper": found, "crumbs": [list_crumb()]}
    return page(request, "worksessions/session_form.html", context, part="form", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_session(request, pk, rules.can_change)
    local = timezone.localtime(found.starts_at)
    initial = {name: getattr(found, name) for name in ("place", "content", "guests")}
    initial |= {"day": local.date(), "hour": local.time()}
    form = SessionForm(request.POST or None, upper=found.upper, on=clock.today(), planned=True, initial=initial)

    def act() -> None:
        actions.change_session(found.pk, form.details(), by=account_of(request), at=clock.now())

    return answer(request, "session_form", form, found, act, upper=found.upper)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_session(request, pk, rules.can_change)
    form = CancelForm(request.POST or None)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        actions.cancel_session(found.pk, reason=reason, by=account_of(request), at=clock.now())

    return answer(request, "cancel", form, found, act)


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes part, of both units."""
    found = seen_session(request, pk, rules.can_change)
    sides = [(unit, seats_of(unit, found.day)) for unit in (found.upper, found.unit)]
    named = list(found.participants.values_list("account", flat=True))
    posted = request.POST if request.method == "POST" else None
    form = PeopleForm(posted, sides=sides, initial={"side_0": named, "side_1": named})

    def act() -> None:
        actions.name_people(found.pk, form.chosen(), by=account_of(request), at=clock.now())

    return answer(request, "people", form, found, act)
