"""Duyệt: the queue of reports that wait for this person, singly and everything that matches the filter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock, paths
from trienkhai.common.folding import fold
from trienkhai.common.htmx import go, page
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import reach_of
from trienkhai.people.requests import account_of
from trienkhai.tasks import actions, rules
from trienkhai.tasks.forms_giving import ReasonForm
from trienkhai.tasks.models import Assignment, ProgressReport
from trienkhai.tasks.queries import steps_without_approver
from trienkhai.tasks.views.giving import show_fault

ROWS = 50
TIMING = ("in_time", "late")


@dataclass(frozen=True)
class Filter:
    """What the queue is narrowed to; the same in the list and in a bulk act.

    unit: the branch of that unit. without: ids whose tick was taken away by hand.
    """

    document: int | None = None
    unit: int | None = None
    timing: str = ""
    words: str = ""
    without: tuple[int, ...] = ()

    @classmethod
    def read(cls, given: Any) -> "Filter":
        timing = given.get("kip", "")
        ticked = set(given.getlist("chon"))
        unticked = [pk for pk in given.get("co", "").split(",") if pk not in ticked]
        without = {_number(pk) for pk in [*given.getlist("tru"), *unticked]}
        return cls(
            document=_number(given.get("van-ban")),
            unit=_number(given.get("don-vi")),
            timing=timing if timing in TIMING else "",
            words=fold(given.get("q", ""))[:100],
            without=tuple(sorted(pk for pk in without if pk)),
        )

    def apply(self, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
        if self.document:
            rows = rows.filter(task__document=self.document)
        if self.unit:
            branch = Unit.objects.filter(pk=self.unit, path__isnull=False).first()
            rows = rows.filter(paths.within(branch.path or "", "held_by__path")) if branch else rows.none()
        if self.timing:
            in_time = Q(submitted_on__lte=F("due_on"))
            rows = rows.filter(in_time if self.timing == "in_time" else ~in_time)
        for word in self.words.split():
            rows = rows.filter(task__search_text__contains=word)
        return rows.exclude(pk__in=self.without) if self.without else rows

    def hidden(self) -> list[tuple[str, Any]]:
        """The filter as form fields, for the page that confirms a bulk act."""
        pairs = [("van-ban", self.document), ("don-vi", self.unit), ("kip", self.timing), ("q", self.words)]
        return [(name, value) for name, value in pairs if value] + [("tru", pk) for pk in self.without]

    def described(self) -> str:
        """The selection as the act keeps it."""
        parts = ["awaiting decision", *(f"{name}={value}" for name, value in self.hidden() if name != "tru")]
        return "; ".join(parts) + (f"; without {len(self.without)}" if self.without else "")


def _number(text: Any) -> int | None:
    return int(text) if str(text or "").isdigit() and len(str(text)) < 19 else None


def queue(request: HttpRequest, on: date) -> QuerySet[Assignment]:
    """What waits for this person, the oldest submission first, with what a decision needs to see."""
    report = ProgressReport.objects.filter(assignment=OuterRef("pk"), state="submitted")
    returned = Count("reports", filter=Q(reports__state="returned"), distinct=True)
    evidence = Count("reports__evidence", filter=Q(reports__state="submitted"), distinct=True)
    return (
        rules.awaiting_decision(account_of(request), on)
        .select_related("task__document", "held_by__present")
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
    shown = Paginator(narrowed.apply(queue(request, on)), ROWS).get_page(request.GET.get("page"))
    documents = Document.objects.filter(pk__in=waiting.values("task__document")).order_by("-issued_on")
    context = {
        "page": shown,
        "rows": shown.object_list,
        "count": shown.paginator.count,
        "filter": narrowed,
        "documents": documents,
        "branches": branches(request, waiting, on),
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
    found = queue(request, clock.today()).filter(pk=pk).first()
    reports = found.reports.select_related("by", "decided_by").prefetch_related("evidence__file") if found else None
    context = {
        "row": found,
        "report": reports and reports.filter(state="submitted").first(),
        "last": reports and reports.filter(state="returned").order_by("-at", "-pk").first(),
    }
    return page(request, "tasks/approval_preview.html", context, part="preview")


@require_http_methods(["GET", "POST"])
def approve_all(request: HttpRequest) -> HttpResponse:
    """Approve everything that matches the filter, after a page that says how many."""
    on = clock.today()
    narrowed = Filter.read(request.POST if request.method == "POST" else request.GET)
    rows = narrowed.apply(rules.awaiting_decision(account_of(request), on))
    if request.method == "POST":
        done = actions.approve_matching(
            rows,
            selection=narrowed.described(),
            remark=request.POST.get("remark", ""),
            by=account_of(request),
            at=clock.now(),
        )
        messages.success(request, ngettext("%(n)d report approved.", "%(n)d reports approved.", done) % {"n": done})
        return go(request, "tasks:approvals")
    context = {"count": rows.count(), "filter": narrowed, "action": reverse("tasks:approve_all")}
    return page(request, "tasks/approve_all.html", context)


@require_http_methods(["GET", "POST"])
def return_all(request: HttpRequest) -> HttpResponse:
    """Return everything that matches the filter, with one reason."""
    on = clock.today()
    narrowed = Filter.read(request.POST if request.method == "POST" else request.GET)
    rows = narrowed.apply(rules.awaiting_decision(account_of(request), on))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
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
    context = {"form": form, "count": rows.count(), "filter": narrowed, "action": reverse("tasks:return_all")}
    return page(request, "tasks/return_all.html", context, status=422 if form.errors else 200)
