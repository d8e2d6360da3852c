"""The programme of a year, its items and their teams."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.inspections import actions, rules
from trienkhai.inspections.forms import BasisForm, ItemForm, ProgrammeForm, TeamForm
from trienkhai.inspections.models import Draw, Inspection, InspectionProgramme
from trienkhai.inspections.queries.seats import seats_of
from trienkhai.inspections.risk import RANDOM, RISK
from trienkhai.inspections.views.common import (
    act_and_return,
    answer,
    item_crumbs,
    opening,
    programme_crumbs,
    seen_item,
    seen_programme,
)
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, unit: int) -> HttpResponse:
    """A programme for a year; a stranger finds nothing."""
    account, on = account_of(request), clock.today()
    ids = rules.inspecting_ids(account, on)
    found = get_object_or_404(Unit.objects.filter(pk__in=ids).select_related("present"), pk=unit)
    rules.can_plan(account, found, on).require()
    form = ProgrammeForm(request.POST or None, initial={"year": on.year})
    if request.method == "POST" and form.is_valid():
        there = InspectionProgramme.objects.filter(unit=found, year=form.cleaned_data["year"]).first()
        if there is not None:
            messages.info(request, _("The programme of that year is there already: this is it, unchanged."))
            return go(request, "inspections:programme", there.pk)
        made = actions.begin_programme(found, **form.cleaned_data, by=account, at=clock.now())
        messages.success(request, _("The programme is begun: add its items."))
        return go(request, "inspections:programme", made.pk)
    title, lead = _("A programme of inspection and supervision"), found.name
    return answer(request, form, lambda given: None, ("inspections:programmes",), title=title, lead=lead)


NARROWED = {"lap": ~Q(state="dropped"), "ket-luan": Q(state="concluded")}
"""The inspections that a number in the list of programmes opens."""


@require_GET
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = seen_programme(request, pk)
    items = found.items.prefetch_related("team", "inspections__unit__present")
    narrowed = NARROWED.get(request.GET.get("cuoc", ""))
    listed = Inspection.objects.filter(narrowed, item__programme=found) if narrowed else Inspection.objects.none()
    context = {
        "programme": found,
        "narrowed": narrowed is not None,
        "listed": list(listed.select_related("unit__present", "item").order_by("item__starts_on", "unit__path", "pk")),
        "items": list(items.order_by("starts_on", "pk")),
        "may": {
            "plan": rules.can_plan(account, found.unit, on),
            "change": rules.can_change_programme(account, found, on),
            "submit": rules.can_submit(account, found, on),
            "approve": rules.can_approve(account, found, on),
            "decide": rules.can_decide(account, found.unit, on),
        },
        "crumbs": programme_crumbs(found),
        "on": on,
    }
    return page(request, "inspections/programme.html", context)


@require_http_methods(["GET", "POST"])
def programme_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers that it rests on."""
    found = seen_programme(request, pk, rules.can_change_programme)
    form = BasisForm(request.POST if request.method == "POST" else None, initial={"basis": found.basis})

    def act(given: dict[str, Any]) -> None:
        actions.change_programme(found.pk, **given, by=account_of(request), at=clock.now())

    words = {"title": _("Change the basis"), "lead": f"{found.unit.name}, {found.year}"}
    return answer(request, form, act, ("inspections:programme", found.pk), **words)


@require_http_methods(["GET", "POST"])
def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_programme(request, pk, rules.can_change_programme)
    form = ItemForm(request.POST or None, initial={"kind": "inspection", "manner": "programme"})

    def act(given: dict[str, Any]) -> None:
        actions.add_item(found.pk, form.details(), by=account_of(request), at=clock.now())

    words = {"title": _("An item of the programme"), "lead": f"{found.unit.name}, {found.year}"}
    return answer(request, form, act, ("inspections:programme", found.pk), **words)


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_programme(request, pk)

    def act() -> None:
        actions.submit_programme(found.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, act, _("The programme was submitted."), ("inspections:programme", found.pk))


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_programme(request, pk)

    def act() -> None:
        actions.approve_programme(found.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, act, _("The programme is approved."), ("inspections:programme", found.pk))


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Who inspects whom: the team, the subjects, the draws by which they were chosen."""
    account, on = account_of(request), clock.today()
    found = seen_item(request, pk)
    rows = Inspection.objects.filter(item=found).select_related("unit__present", "held_by__present")
    inspections = list(rows.order_by("unit__path", "pk"))
    draws = Draw.objects.filter(item=found).select_related("by")
    context = {
        "item": found,
        "team": list(found.team.order_by("-leads", "pk")),
        "inspections": inspections,
        "opens": opening(account, on, *(row.unit_id for row in inspections)),
        "draws": list(draws.annotate(n=Count("candidates"), **_ways()).order_by("pk")),
        "may": {
            "change": rules.can_change_item(account, found, on),
            "plan": rules.can_set_subjects(account, found, on),
        },
        "crumbs": item_crumbs(found),
        "on": on,
    }
    return page(request, "inspections/item.html", context)


def _ways() -> dict[str, Count]:
    """How many were drawn in each way."""
    return {
        name: Count("candidates", filter=Q(candidates__way=way)) for name, way in (("risky", RISK), ("lucky", RANDOM))
    }


@require_http_methods(["GET", "POST"])
def item_change(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_item(request, pk)
    rules.can_change_item(account_of(request), found, clock.today()).require()
    names = ("theme", "kind", "manner", "starts_on", "ends_on")
    form = ItemForm(request.POST or None, initial={name: getattr(found, name) for name in names})

    def act(given: dict[str, Any]) -> None:
        actions.change_item(found.pk, form.details(), by=account_of(request), at=clock.now())

    words = {"title": pgettext("inspections", "Change the item"), "lead": found.theme}
    return answer(request, form, act, ("inspections:item", found.pk), **words)


@require_POST
def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_item(request, pk)

    def act() -> None:
        actions.remove_item(found.pk, by=account_of(request), at=clock.now())

    return act_and_return(request, act, _("The item was left out."), ("inspections:programme", found.programme_id))


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Who inspects: holders of posts of the unit, one of whom leads."""
    account, on = account_of(request), clock.today()
    found = seen_item(request, pk)
    rules.can_set_subjects(account, found, on).require()
    form = TeamForm(request.POST or None, seats=seats_of(found.programme.unit, on), item=found)

    def act(given: dict[str, Any]) -> None:
        actions.set_team(found.pk, given["people"], lead=given["lead"], by=account, at=clock.now())

    words = {"title": _("The team"), "lead": found.theme}
    return answer(request, form, act, ("inspections:item", found.pk), **words)
