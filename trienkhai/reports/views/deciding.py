"""Reports that wait for a decision: one, or all that match; opened again, closed, carried."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.orgs.models import Role
from trienkhai.orgs.rules import reach_of
from trienkhai.people.requests import account_of
from trienkhai.reports import actions, rules
from trienkhai.reports.forms import CloseForm, ReasonForm, show
from trienkhai.reports.models import Period, PeriodReport
from trienkhai.reports.queries.approving import Filter
from trienkhai.reports.views.pages import crumb, paged, period_crumbs, seen_report
from trienkhai.reports.wording import period_words
from trienkhai.tasks.actions import begin_job, jobs
from trienkhai.tasks.queries.jobs import jobs_shown


@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for this person's decision, the oldest first; what is decided in the background."""
    _only_leaders(request)
    account, on, narrowed = account_of(request), clock.today(), Filter.read(request.GET)
    everything = rules.awaiting_decision(account, on)
    listed = narrowed.apply(everything).select_related("period__form", "held_by__present", "submitted_by")
    shown = paged(request, listed.order_by("submitted_at", "pk"))
    periods = Period.objects.filter(pk__in=everything.values("period")).select_related("form").order_by("-starts_on")
    context = {
        "page": shown,
        "rows": [(row, period_words(row.period.form, row.period)) for row in shown],
        "count": shown.paginator.count,
        "periods": [(row.pk, f"{row.form.title}, {period_words(row.form, row)}") for row in periods[:100]],
        "filter": narrowed,
        "jobs": jobs_shown(account, "reports"),
        "crumbs": [crumb()],
    }
    return page(request, "reports/approvals.html", context)


def _only_leaders(request: HttpRequest) -> None:
    if not reach_of(account_of(request), clock.today()).of(Role.LEADER).grants:
        raise Http404


@require_http_methods(["GET", "POST"])
def approve_all(request: HttpRequest) -> HttpResponse:
    """Approve everything that matches, after a page that says how many."""
    _only_leaders(request)
    account = account_of(request)
    narrowed = Filter.read(request.POST if request.method == "POST" else request.GET)
    rows = narrowed.apply(rules.awaiting_decision(account, clock.today()))
    count = rows.count()
    if request.method == "POST":
        if count >= jobs.IN_BACKGROUND:
            job = begin_job("reports", "approve", narrowed.kept(), by=account, at=clock.now())
            return go(request, "tasks:job", job.pk)
        done = actions.approve_matching(rows, selection=narrowed.described(), by=account, at=clock.now())
        told = ngettext("%(n)d report approved.", "%(n)d reports approved.", done)
        messages.success(request, told % {"n": done})
        return go(request, "reports:approvals")
    return page(request, "reports/approve_all.html", _of_many(count, narrowed))


def _of_many(count: int, narrowed: Filter) -> dict[str, Any]:
    return {
        "count": count,
        "in_background": count >= jobs.IN_BACKGROUND,
        "filter": narrowed,
        "crumbs": [crumb(), {"label": _("Period reports to decide on"), "url": reverse("reports:approvals")}],
    }


@require_http_methods(["GET", "POST"])
def return_all(request: HttpRequest) -> HttpResponse:
    """Return everything that matches, with one reason."""
    _only_leaders(request)
    account = account_of(request)
    narrowed = Filter.read(request.POST if request.method == "POST" else request.GET)
    rows = narrowed.apply(rules.awaiting_decision(account, clock.today()))
    form, count = ReasonForm(request.POST if request.method == "POST" else None), rows.count()
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"by": account, "at": clock.now()}
        reason = form.cleaned_data["reason"]
        if count >= jobs.IN_BACKGROUND:
            job = begin_job("reports", "return", narrowed.kept(), words=reason, **who)
            return go(request, "tasks:job", job.pk)
        done = actions.return_matching(rows, selection=narrowed.described(), reason=reason, **who)
        messages.success(request, ngettext("%(n)d report returned.", "%(n)d reports returned.", done) % {"n": done})
        return go(request, "reports:approvals")
    context = _of_many(count, narrowed) | {"form": form}
    return page(request, "reports/return_all.html", context, status=422 if form.errors else 200)


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
        reason, unit = form.cleaned_data["reason"], form.cleaned_data["unit"]
        who: dict[str, Any] = {"reason": reason, "by": account_of(request), "at": clock.now()}
        try:
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
