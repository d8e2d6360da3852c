"""Plans of supervision of a year, recommendations and their answers, the standing programmes."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.orgs.models import Role, Unit
from trienkhai.oversight import actions, rules
from trienkhai.oversight.forms import PlanForm, SubjectForm
from trienkhai.oversight.models import Plan, SubjectState
from trienkhai.oversight.norms import organisations
from trienkhai.oversight.queries import standing_programmes
from trienkhai.oversight.views.common import Sheet, answer, form_of, plans_crumb, year_of
from trienkhai.people.requests import account_of
from trienkhai.tasks import rules_programme

PAGE = 50


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """The subjects of the year in sight, by day; plans that are being made, for who makes them."""
    account, on = account_of(request), clock.today()
    year = year_of(request, on)
    rows = rules.visible_subjects(account, on).filter(plan__year=year)
    rows = rows.select_related("plan__unit__present", "addressee__present", "post").order_by("planned_on", "pk")
    making = rules.units_of(account, on, Role.MASS)
    recommended = rules.visible_recommendations(account, on)
    context = {
        "year": year,
        "rows": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "plans": list(
            rules.visible_plans(account, on).filter(year=year).select_related("unit__present").order_by("pk")
        ),
        "organisations": organisations(on),
        "units": list(Unit.objects.filter(pk__in=making).select_related("present").order_by("path")),
        "unanswered": recommended.unanswered().count(),
        "overdue": recommended.overdue(on).count(),
        "on": on,
        "late": SubjectState.PLANNED,
    }
    return page(request, "oversight/plans.html", context)


def _plan(request: HttpRequest, pk: int) -> Plan:
    rows = rules.visible_plans(account_of(request), clock.today()).select_related("unit__present")
    return get_object_or_404(rows, pk=pk)


def _made_plan(request: HttpRequest, pk: int) -> Plan:
    found = _plan(request, pk)
    rules.can_plan(account_of(request), found.unit, clock.today()).require()
    return found


@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = _plan(request, pk)
    rows = found.subjects.select_related("addressee__present", "post", "plan").order_by("planned_on", "pk")
    context: dict[str, Any] = {
        "plan": found,
        "rows": rows,
        "organisation": organisations(on, found.unit.path or "").get(found.organisation, found.organisation),
        "may_plan": rules.can_plan(account, found.unit, on),
        "on": on,
        "crumbs": [plans_crumb()],
    }
    return page(request, "oversight/plan.html", context)


@require_http_methods(["GET", "POST"])
def plan_add(request: HttpRequest, unit: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = get_object_or_404(Unit.objects.select_related("present"), pk=unit)
    rules.can_plan(account, found, on).require()
    form = form_of(request, PlanForm, unit=found, on=on, initial={"year": on.year})
    made: list[int] = []

    def act() -> None:
        made.append(actions.make_plan(found, **form.cleaned_data, by=account, at=clock.now()).pk)

    sheet = Sheet(_("Plan of supervision and criticism"), found.name, reverse("oversight:plans"))
    answered = answer(request, form, sheet, act, [plans_crumb()])
    return go(request, "oversight:plan", made[0]) if made else answered


@require_http_methods(["GET", "POST"])
def subject_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = _made_plan(request, pk)
    form = form_of(
        request, SubjectForm, plan=found, on=clock.today(), initial={"kind": "supervision", "form": "meeting"}
    )

    def act() -> None:
        actions.add_subject(found.pk, form.details(), by=account_of(request), at=clock.now())

    back = reverse("oversight:plan", args=[found.pk])
    crumbs = [plans_crumb(), {"label": found.title, "url": back}]
    return answer(request, form, Sheet(_("A subject"), found.title, back), act, crumbs)


@require_POST
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    found = _made_plan(request, pk)
    actions.announce_plan(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("The plan is announced; those addressed were told."))
    return go(request, "oversight:plan", found.pk)


@require_GET
def recommendations(request: HttpRequest) -> HttpResponse:
    """Recommendations in sight: without an answer, overdue, or all; the longest due first."""
    account, on = account_of(request), clock.today()
    chosen = request.GET.get("loc", "")
    rows = rules.visible_recommendations(account, on)
    if chosen == "cho":
        rows = rows.unanswered()
    elif chosen == "qua-han":
        rows = rows.overdue(on)
    rows = rows.select_related("subject__addressee__present", "subject__post", "answers_by__present")
    context = {
        "rows": Paginator(rows.order_by("due_on", "pk"), PAGE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "tabs": [("", _("All")), ("cho", _("Not answered")), ("qua-han", _("Overdue"))],
        "on": on,
        "crumbs": [plans_crumb()],
    }
    return page(request, "oversight/recommendations.html", context)


@require_GET
def standing(request: HttpRequest) -> HttpResponse:
    """Administrative reform and mass mobilisation: focuses of these kinds with their tasks and indicators."""
    account, on = account_of(request), clock.today()
    context = {
        "rows": standing_programmes(account, on),
        "on": on,
        "keeps": rules_programme.keeping_units(account, on),
        "crumbs": [plans_crumb()],
    }
    return page(request, "oversight/standing.html", context)
