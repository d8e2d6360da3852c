"""Duyệt: the queue of reports that wait for this person, singly and everything that matches the filter."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trienkhai.common import clock, paths, slots
from trienkhai.common.htmx import go, page
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import reach_of
from trienkhai.people.requests import account_of
from trienkhai.tasks import actions, rules
from trienkhai.tasks.actions import jobs
from trienkhai.tasks.actions.seeing import mark_seen
from trienkhai.tasks.forms import RemarkForm
from trienkhai.tasks.forms_giving import ReasonForm
from trienkhai.tasks.models import Assignment, ProgressReport
from trienkhai.tasks.queries import history_of, steps_without_approver
from trienkhai.tasks.queries.approving import Filter
from trienkhai.tasks.queries.differing import differences
from trienkhai.tasks.queries.jobs import jobs_shown
from trienkhai.tasks.queries.vacant import steps_shown, vacant_steps
from trienkhai.tasks.queries.wanted import number_of
from trienkhai.tasks.views.giving import show_fault
from trienkhai.tasks.views.rows import paged
from trienkhai.tasks.wording import show_principals

ROWS = 50


def queue(waiting: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """What waits for a person, the oldest submission first, with what a decision needs to see."""
    report = ProgressReport.objects.filter(assignment=OuterRef("pk"), state="submitted")
    returned = Count("reports", filter=Q(reports__state="returned"), distinct=True)
    evidence = Count("reports__evidence", filter=Q(reports__state="submitted"), distinct=True)
    return (
        waiting.select_related("task__document", "held_by__present")
        .annotate(
            bottleneck=Subquery(report.values("bottleneck")[:1]),
            returned=returned,
            files=evidence,
        )
        .order_by("submitted_on", "pk")
    )


@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """The queue; the chosen row's report beside it on a wide screen."""
    on, narrowed = clock.today(), Filter.read(request.GET)
    waiting = rules.awaiting_decision(account_of(request), on)
    shown = Paginator(narrowed.apply(queue(waiting)), ROWS).get_page(request.GET.get("page"))
    changes = differences(account_of(request), list(shown.object_list))
    documents = Document.objects.filter(pk__in=waiting.values("task__document")).order_by("-issued_on")
    context = {
        "page": shown,
        "rows": [(row, changes.get(row.pk)) for row in shown.object_list],
        "count": shown.paginator.count,
        "filter": narrowed,
        "documents": documents,
        "branches": branches(request, waiting, on),
        "jobs": jobs_shown(account_of(request), "tasks"),
        "nobody": _without_approver(request, on),
        "on": on,
    }
    return page(request, "tasks/approvals.html", context, part="list")


def branches(request: HttpRequest, waiting: QuerySet[Assignment], on: date) -> list[Unit]:
    """Units directly below the highest one the person leads whose branches something waits from, by name. 2 queries."""
    grants = reach_of(account_of(request), on).of(Role.LEADER).grants
    if not grants:
        return []
    top = min((grant.path for grant in grants), key=len)
    held = waiting.filter(paths.within(top, "held_by__path")).order_by().values_list("held_by__path", flat=True)
    ids = {paths.ids(path)[paths.depth(top)] for path in held.distinct() if path and len(path) > len(top)}
    return list(Unit.objects.filter(pk__in=ids).select_related("present").order_by("present__sort_key"))


def _without_approver(request: HttpRequest, on: date) -> list[Unit]:
    """Units below the highest one the person leads, whose reports nobody there can decide on."""
    grants = reach_of(account_of(request), on).of(Role.LEADER).grants
    if not grants:
        return []
    top = min(grants, key=lambda grant: len(grant.path))
    return steps_without_approver(Unit.objects.get(pk=top.unit_id), on)


@require_GET
def approval_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """One report of the queue with its two buttons and what was last returned, for the pane beside the list."""
    found = queue(rules.awaiting_decision(account_of(request), clock.today())).filter(pk=pk).first()
    context: dict[str, Any] = {"row": None, "report": None}
    if found:
        reports = found.reports.select_related("by", "decided_by", "principal").prefetch_related("evidence__file")
        last = reports.filter(state="returned").order_by("-at", "-pk").first()
        if last:
            show_principals([last], [act for act, _said in history_of(found)])
        context = {
            "row": found,
            "report": reports.filter(state="submitted").first(),
            "last": last,
            "difference": differences(account_of(request), [found], in_words=True).get(found.pk),
        }
    return page(request, "tasks/approval_preview.html", context, part="preview")


@require_http_methods(["GET", "POST"])
def approve_all(request: HttpRequest) -> HttpResponse:
    """Approve everything that matches the filter, after a page that says how many."""
    on = clock.today()
    narrowed = Filter.read(request.POST if request.method == "POST" else request.GET)
    rows = narrowed.apply(rules.awaiting_decision(account_of(request), on))
    form = RemarkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["remark"]
        if rows.count() >= jobs.IN_BACKGROUND:
            job = actions.begin_job(
                "tasks", "approve", narrowed.kept(), words=words, by=account_of(request), at=clock.now()
            )
            return go(request, "tasks:job", job.pk)
        done = actions.approve_matching(
            rows,
            selection=narrowed.described(),
            remark=words,
            by=account_of(request),
            at=clock.now(),
        )
        messages.success(request, ngettext("%(n)d report approved.", "%(n)d reports approved.", done) % {"n": done})
        return go(request, "tasks:approvals")
    count = rows.count()
    context = {
        "form": form,
        "count": count,
        "in_background": count >= jobs.IN_BACKGROUND,
        "filter": narrowed,
        "action": reverse("tasks:approve_all"),
    }
    return page(request, "tasks/approve_all.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def return_all(request: HttpRequest) -> HttpResponse:
    """Return everything that matches the filter, with one reason."""
    on = clock.today()
    narrowed = Filter.read(request.POST if request.method == "POST" else request.GET)
    rows = narrowed.apply(rules.awaiting_decision(account_of(request), on))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if rows.count() >= jobs.IN_BACKGROUND:
                words = form.cleaned_data["reason"]
                job = actions.begin_job(
                    "tasks", "return", narrowed.kept(), words=words, by=account_of(request), at=clock.now()
                )
                return go(request, "tasks:job", job.pk)
            done = actions.return_matching(
                rows,
                selection=narrowed.described(),
                reason=form.cleaned_data["reason"],
                by=account_of(request),
                at=clock.now(),
            )
        except ValidationError as fault:
            show_fault(form, fault)
        else:
            messages.success(request, ngettext("%(n)d report returned.", "%(n)d reports returned.", done) % {"n": done})
            return go(request, "tasks:approvals")
    count = rows.count()
    context = {
        "form": form,
        "count": count,
        "in_background": count >= jobs.IN_BACKGROUND,
        "filter": narrowed,
        "action": reverse("tasks:return_all"),
    }
    return page(request, "tasks/return_all.html", context, status=422 if form.errors else 200)


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The person has had the report before them; sent by the page itself, or by a button without JavaScript."""
    account, on = account_of(request), clock.today()
    found = get_object_or_404(rules.visible_assignments(account, on), pk=pk)
    mark_seen(found.pk, number_of(request.POST.get("report")) or 0, by=account, on=on, at=clock.now())
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return go(request, "tasks:assignment", pk)


@require_GET
def steps(request: HttpRequest) -> HttpResponse:
    """Steps of approving at which nobody holds a leader's post, in the branches that the person guides or administers.

    Counts and names of units only, so that an administrator, who reads no content, may fill the posts.
    """
    account, on = account_of(request), clock.today()
    reach = reach_of(account, on).of(Role.OFFICER, Role.LEADER, Role.ADMIN)
    if not reach.grants:
        raise PermissionDenied
    shown, pager = paged(request, vacant_steps(reach.q(), on))
    parts = slots.parts("tasks.steps.part", request, reach)
    context = {"steps": steps_shown(shown, on), "pager": pager, "parts": parts}
    return page(request, "tasks/steps.html", context, part="steps")
