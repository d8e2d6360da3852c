"""Biểu mẫu báo cáo: the list, one form with its versions and periods, its days and recipients, putting it in force."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.norms.queries import value
from trienkhai.orgs.choosing import SelectionForm, in_words
from trienkhai.people.requests import account_of
from trienkhai.reports import actions, rules
from trienkhai.reports.forms import DetailsForm, ReleaseForm, show
from trienkhai.reports.models import FormState, ReportForm
from trienkhai.reports.queries import forms as queries
from trienkhai.reports.queries.completeness import by_period
from trienkhai.reports.views.pages import crumb, form_crumbs, paged, seen_form, top_within
from trienkhai.reports.wording import period_words

DETAILS = (
    "title",
    "kind",
    "once_from",
    "once_to",
    "cut_day",
    "cut_months",
    "due_day",
    "due_months",
    "moves",
    "answer_rule",
)


@require_GET
def forms(request: HttpRequest) -> HttpResponse:
    """Forms in sight: of own units first."""
    account, on = account_of(request), clock.today()
    rows = rules.visible_forms(account, on).select_related("unit__present").order_by("unit__path", "title", "pk")
    shown = paged(request, rows)
    context = {"page": shown, "designs": rules.designing_units(account, on), "crumbs": [crumb()]}
    return page(request, "reports/forms.html", context)


@require_http_methods(["GET", "POST"])
def form_new(request: HttpRequest) -> HttpResponse:
    """A new form of a unit the person designs for; `ban-sao` copies the design of one in sight."""
    account, on = account_of(request), clock.today()
    units = rules.designing_units(account, on)
    if not units:
        raise Http404
    unit = next((one for one in units if str(one.pk) == request.GET.get("don-vi")), units[0])
    copied = _copied(request)
    initial = value("report_days", on=on, place=unit.path or "", default={}) | (_initial(copied) if copied else {})
    data = request.POST if request.method == "POST" else None
    details, chosen = DetailsForm(data, initial=initial), SelectionForm(data, unit=unit, on=on, current="children")
    if request.method == "POST" and all([details.is_valid(), chosen.is_valid()]):
        try:
            made = actions.begin_form(
                unit, details.details(chosen.selection), copied=copied, by=account, at=clock.now()
            )
        except ValidationError as fault:
            show(details, fault)
        else:
            return go(request, "reports:design", made.pk)
    context = {"details": details, "chosen": chosen, "unit": unit, "units": units, "copied": copied}
    wrong = details.errors or chosen.errors
    return page(request, "reports/form_edit.html", context | {"crumbs": [crumb()]}, status=422 if wrong else 200)


def _copied(request: HttpRequest) -> ReportForm | None:
    asked = request.GET.get("ban-sao", "")
    return seen_form(request, int(asked)) if asked.isdecimal() and len(asked) < 18 else None


def _initial(found: ReportForm) -> dict[str, Any]:
    return {name: getattr(found, name) for name in DETAILS}


def changed_form(request: HttpRequest, pk: int) -> ReportForm:
    """One that the person designs; others are not found."""
    found = seen_form(request, pk)
    if not rules.can_change_form(account_of(request), found, clock.today()):
        raise Http404
    return found


@require_GET
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """One form: its days and recipients, versions, periods with their counts."""
    account, on = account_of(request), clock.today()
    found = seen_form(request, pk)
    top = top_within(account, on, found.unit)
    counts = by_period(found, top, on, alone=not rules.reads_branch(account, top, on))
    versions = list(found.versions.select_related("changed_by").order_by("-number"))
    known = {row.pk: row for row in versions}
    context = {
        "form": found,
        "recipients": in_words(found.selection, found.unit, on),
        "versions": [row for row in versions if row.is_released or rules.can_change_form(account, found, on)],
        "design": next((row for row in versions if row.is_released), versions[-1]).read(),
        "periods": [(row, period_words(found, row), known[row.version_id], numbers) for row, numbers in counts],
        "can_change": rules.can_change_form(account, found, on),
        "can_release": rules.can_release(account, found, on),
        "working": queries.working_version(found),
        "unopened": queries.why_unopened(found, on) if rules.can_change_form(account, found, on) else "",
        "may_copy": bool(rules.designing_units(account, on)),
        "crumbs": form_crumbs(found)[:-1],
    }
    return page(request, "reports/form.html", context)


@require_http_methods(["GET", "POST"])
def form_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, days and recipients for periods opened from now on."""
    found, on = changed_form(request, pk), clock.today()
    data = request.POST if request.method == "POST" else None
    details = DetailsForm(data, initial=_initial(found))
    chosen = SelectionForm(data, unit=found.unit, on=on, current=found.selection)
    if request.method == "POST" and all([details.is_valid(), chosen.is_valid()]):
        try:
            actions.change_details(pk, details.details(chosen.selection), by=account_of(request), at=clock.now())
        except ValidationError as fault:
            show(details, fault)
        else:
            messages.success(request, _("Stored."))
            return go(request, "reports:form", pk)
    context = {"details": details, "chosen": chosen, "unit": found.unit, "form": found, "crumbs": form_crumbs(found)}
    wrong = details.errors or chosen.errors
    return page(request, "reports/form_edit.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the worked-on version in force from a period on; says how many have begun to answer by the old one."""
    account, on = account_of(request), clock.today()
    found = changed_form(request, pk)
    rules.can_release(account, found, on).require()
    version = queries.working_version(found)
    if version is None:
        raise Http404
    starts = queries.starts_ahead(found, on)
    choices = [(day.isoformat(), period_words(found, queries.drawn_up(found, day))) for day in starts]
    initial = {"holds_from": queries.current_start(found, starts, on).isoformat()}
    form = ReleaseForm(request.POST if request.method == "POST" else None, choices=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        day = date.fromisoformat(form.cleaned_data["holds_from"])
        try:
            actions.release(pk, holds_from=day, by=account, at=clock.now())
        except ValidationError as fault:
            form.add_error(None, fault.messages)
        else:
            actions.open_periods(on=on, at=clock.now())
            messages.success(request, _("The form is in force."))
            return go(request, "reports:form", pk)
    begun = [(period_words(found, queries.drawn_up(found, day)), queries.begun_by(found, day)) for day in starts[:2]]
    context = {
        "form": form,
        "found": found,
        "version": version,
        "begun": [row for row in begun if row[1]] if found.state == FormState.IN_FORCE else [],
        "crumbs": form_crumbs(found),
    }
    return page(request, "reports/release.html", context, status=422 if form.errors else 200)


@require_POST
def form_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = changed_form(request, pk)
    actions.end_form(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("No further period is opened; those open go on."))
    return go(request, "reports:form", pk)


@require_GET
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version of the design, as it is answered."""
    found = seen_form(request, pk)
    row = get_object_or_404(found.versions.select_related("changed_by"), number=number)
    if not row.is_released and not rules.can_change_form(account_of(request), found, clock.today()):
        raise Http404
    context = {"form": found, "version": row, "design": row.read(), "crumbs": form_crumbs(found)}
    return page(request, "reports/version.html", context)
