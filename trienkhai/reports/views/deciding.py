"""Reports that wait for a decision: one, or all that match; opened again, closed, carried."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock, paths
from trienkhai.common.htmx import go, page
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.queries import unit_by_code
from trienkhai.orgs.rules import reach_of
from trienkhai.people.requests import account_of
from trienkhai.reports import actions, rules
from trienkhai.reports.forms import CloseForm, ReasonForm, show
from trienkhai.reports.models import Period, PeriodReport, PeriodReportQuerySet
from trienkhai.reports.views.pages import crumb, number_asked, paged, period_crumbs, seen_report
from trienkhai.reports.wording import period_words


def _matching(request: HttpRequest, given: Any) -> tuple[PeriodReportQuerySet, dict[str, Any]]:
    """What waits for the person, narrowed to a period, a branch, in time or late."""
    rows = rules.awaiting_decision(account_of(request), clock.today())
    narrowed: dict[str, Any] = {}
    if period := _number(given.get("ky")):
        rows, narrowed["ky"] = rows.filter(period=period), period
    if branch := _number(given.get("don-vi")):
        unit = get_object_or_404(Unit, pk=branch)
        rows, narrowed["don-vi"] = rows.filter(paths.within(unit.path or "-", "held_by__path")), branch
    return rows, narrowed


def _number(text: Any) -> int | None:
    return int(text) if str(text or "").isdecimal() and len(str(text)) < 18 else None


@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for this person's decision, the oldest first."""
    if not reach_of(account_of(request), clock.today()).of(Role.LEADER).grants:
        raise Http404
    rows, narrowed = _matching(request, request.GET)
    everything = rules.awaiting_decision(account_of(request), clock.today())
    listed = rows.select_related("period__form", "held_by__present", "submitted_by").order_by("submitted_at", "pk")
    shown = paged(request, listed)
    periods = Period.objects.filter(pk__in=everything.values("period")).select_related("form").order_by("-starts_on")
    context = {
        "page": shown,
        "rows": [(row, period_words(row.period.form, row.period)) for row in shown],
        "count": shown.paginator.count,
        "periods": [(row.pk, f"{row.form.title}, {period_words(row.form, row)}") for row in periods[:100]],
        "asked": number_asked(request, "ky"),
        "narrowed": list(narrowed.items()),
        "crumbs": [crumb()],
    }
    return page(request, "reports/approvals.html", context)


@require_http_methods(["GET", "POST"])
def approve_all(request: HttpRequest) -> HttpResponse:
    """Approve everything that matches, after a page that says how many."""
    if not reach_of(account_of(request), clock.today()).of(Role.LEADER).grants:
        raise Http404
    rows, narrowed = _matching(request, request.POST if request.method == "POST" else request.GET)
    if request.method == "POST":
        words = "; ".join(["awaiting decision", *(f"{name}={value}" for name, value in narrowed.items())])
        done = actions.approve_matching(rows, selection=words, by=account_of(request), at=clock.now())
        told = ngettext("%(n)d report approved.", "%(n)d reports approved.", done)
        messages.success(request, told % {"n": done})
        return go(request, "reports:approvals")
    context = {"count": rows.count(), "narrowed": list(narrowed.items()), "crumbs": [crumb()]}
    return page(request, "reports/approve_all.html", context)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_report(request, pk)
    actions.approve(found.pk, by=account_of(request), at=clock.now())
    messages.success(request, _("Approved; the figures are closed."))
    return go(request, "reports:report", pk)


@require_http_methods(["GET", "POST"])
def return_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it back with the reason."""
    found = seen_report(request, pk)
    rules.can_decide(account_of(request), found, clock.today()).require()
    words = {
        "title": _("Return the report"),
        "label": _("Return"),
        "lead": _("The unit is told the reason and completes it."),
    }
    return _with_reason(request, found, actions.return_report, words)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an approved report for a correction; its sheet stays."""
    found = seen_report(request, pk)
    rules.can_reopen(account_of(request), found, clock.today()).require()
    words = {
        "title": _("Open for a correction"),
        "label": _("Open it"),
        "lead": _("The closed figures stay as they are; what the correction alters is shown beside them."),
    }
    return _with_reason(request, found, actions.reopen, words)


def _with_reason(request: HttpRequest, found: PeriodReport, action: Any, words: dict[str, str]) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            action(found.pk, reason=form.cleaned_data["reason"], by=account_of(request), at=clock.now())
        except ValidationError as fault:
            show(form, fault)
        else:
            return go(request, "reports:report", found.pk)
    return _reason_page(request, found, form, words)


def _reason_page(request: HttpRequest, found: PeriodReport, form: ReasonForm, words: dict[str, str]) -> HttpResponse:
    context = words | {
        "form": form,
        "report": found,
        "period_words": period_words(found.period.form, found.period),
        "back": reverse("reports:report", args=[found.pk]),
        "crumbs": period_crumbs(found.period),
    }
    return page(request, "reports/reason.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask nobody for the report any more, or carry it to the unit that goes on with it."""
    found = seen_report(request, pk)
    rules.can_close(account_of(request), found, clock.today()).require()
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason, code = form.cleaned_data["reason"], form.cleaned_data["unit"].strip()
        unit = unit_by_code(code) if code else None
        who: dict[str, Any] = {"reason": reason, "by": account_of(request), "at": clock.now()}
        try:
            if code and unit is None:
                raise ValidationError({"unit": _("There is no unit with the code “%(code)s”.") % {"code": code}})
            if unit:
                actions.carry_to(found.pk, unit, **who)
            else:
                actions.close(found.pk, **who)
        except ValidationError as fault:
            show(form, fault)
        else:
            return go(request, "reports:period", found.period_id)
    words = {
        "title": _("Close or carry the report"),
        "label": _("Do so"),
        "lead": _("For a unit that left, was merged or divided in the middle of the period."),
    }
    return _reason_page(request, found, form, words)
