"""Việc của tôi: the queue of the units a person acts for, each row with its next act; what else waits for them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.rules import reach_of
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks import actions, rules
from trienkhai.tasks.forms import TextForm
from trienkhai.tasks.links import list_url
from trienkhai.tasks.models import Assignment, State
from trienkhai.tasks.queries import cell_filter, count_up_to, due_soon_day, my_queue
from trienkhai.tasks.queries.naming import unnamed_filter, waits_of
from trienkhai.tasks.queries.waiting import issues_waiting, parts_waiting, requests_waiting
from trienkhai.tasks.queries.wanted import number_of
from trienkhai.tasks.rules_waiting import awaited_of
from trienkhai.tasks.transitions import VERBS
from trienkhai.tasks.views.rows import PAGE, Row, paged, row_of
from trienkhai.tasks.views.verbs import posted, show_fault

NEXT = {
    State.ASSIGNED: "acknowledge",
    State.ACKNOWLEDGED: "update",
    State.IN_PROGRESS: "submit",
    State.RETURNED: "submit",
}
"""The one next act of a row by its state."""
TILES = (
    ("unacknowledged", gettext_lazy("not acknowledged"), "open", "open"),
    ("open_overdue", gettext_lazy("overdue"), "over", "over"),
    ("due_soon", gettext_lazy("due soon"), "late", "soon"),
    ("returned", gettext_lazy("returned"), "over", "back"),
    ("unnamed", gettext_lazy("no person named in time"), "late", "soon"),
)


def parts_of_queue(on: date) -> dict[str, Q]:
    soon = due_soon_day(on)
    own = {"returned": Q(state=State.RETURNED), "unnamed": unnamed_filter(on)}
    return {name: cell_filter(name, on, soon) for name, *_rest in TILES if name not in own} | own


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    account, on = account_of(request), clock.today()
    queue, parts = my_queue(account, on), parts_of_queue(on)
    cell = request.GET.get("o", "")
    rows, pager = paged(request, queue.filter(parts[cell]) if cell in parts else queue)
    waiting = rules.own_to_acknowledge(account, on)
    context = {
        "tiles": tiles(account, on, queue, parts),
        "cell": next((label for name, label, *_rest in TILES if name == cell), ""),
        "rows": listed(account, rows, on),
        "pager": pager,
        "units": Unit.objects.filter(pk__in=rules.units_held(account, on)[:3]).select_related("present"),
        "unacknowledged": waiting.count(),
        "issues": issues_waiting(account, on)[:PAGE],
        "requests": requests_waiting(account, on)[:PAGE],
        "parts": parts_waiting(account, on)[:PAGE],
        "awaited": awaited_of(account, on)[:PAGE],
    }
    return page(request, "tasks/mine.html", context, part="queue")


def tiles(account: Account, on: date, queue: QuerySet[Assignment], parts: dict[str, Q]) -> list[dict[str, Any]]:
    """The numbers that ask for something, each with its list; counted in one query."""
    found: list[dict[str, Any]] = []
    if rules.units_held(account, on):
        counts = queue.order_by().aggregate(**{name: Count("pk", filter=part) for name, part in parts.items()})
        found = [
            {"label": label, "count": counts[name], "url": list_url("tasks:mine", o=name), "tone": tone, "shape": shape}
            for name, label, tone, shape in TILES
            if counts[name] or name != "unnamed"
        ]
    if reach_of(account, on).has(Role.LEADER):
        count = count_up_to(rules.awaiting_decision(account, on))
        url = reverse("tasks:approvals")
        found.append({"label": _("waiting for me"), "count": count, "url": url, "tone": "late", "shape": "half"})
    return found


def listed(account: Account, rows: list[Assignment], on: date) -> list[Row]:
    """The rows with their next act, where the person's posts allow it: one query for each kind of act."""
    soon = due_soon_day(on)
    acts = [NEXT.get(State(row.state), "") for row in rows]
    able = {name: set(rules.units_held(account, on, name)) for name in sorted(set(acts)) if name}
    waits = waits_of(rows)
    return [
        row_of(row, on, soon, act if act and row.held_by_id in able[act] else "", waits.get(row.pk))
        for row, act in zip(rows, acts, strict=True)
    ]


@require_http_methods(["GET", "POST"])
def acknowledge_all(request: HttpRequest) -> HttpResponse:
    """Acknowledge everything given to own units, after a page that says how many."""
    account, on = account_of(request), clock.today()
    waiting = rules.own_to_acknowledge(account, on)
    count = waiting.count()
    if not count:
        messages.info(request, _("Nothing is left to acknowledge."))
        return go(request, "tasks:mine")
    if request.method == "POST":
        words = _("everything given and not yet acknowledged")
        done = actions.acknowledge_all(waiting, selection=words, by=account, at=clock.now())
        messages.success(request, ngettext("%(n)d task acknowledged.", "%(n)d tasks acknowledged.", done) % {"n": done})
        return go(request, "tasks:mine")
    context = {
        "count": count,
        "rows": waiting.select_related("task__document", "held_by__present").order_by("due_on", "pk")[:PAGE],
        "back": reverse("tasks:mine"),
    }
    return page(request, "tasks/acknowledge_all.html", context)


@require_http_methods(["GET", "POST"])
def report_several(request: HttpRequest) -> HttpResponse:
    """Report the chosen assignments complete with one text. GET shows what was chosen and asks for the text."""
    account, on = account_of(request), clock.today()
    given = request.POST if request.method == "POST" else request.GET
    ids = [pk for pk in map(number_of, given.getlist("chon")) if pk][: 4 * PAGE]
    held = rules.units_held(account, on, "submit")
    rows = Assignment.objects.filter(pk__in=ids, held_by__in=held, state__in=VERBS["submit"].sources)
    chosen = list(rows.select_related("task__document", "held_by__present").order_by("due_on", "pk"))
    if not chosen:
        messages.info(request, _("None of the chosen tasks can be reported now: choose tasks that are acknowledged."))
        return go(request, "tasks:mine")
    form = TextForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.report_several(
                rows, text=form.cleaned_data["text"], selection=_("chosen in my work"), by=account, at=clock.now()
            )
        except ValidationError as fault:
            show_fault(form, fault)
        else:
            messages.success(
                request, ngettext("%(n)d report handed in.", "%(n)d reports handed in.", done) % {"n": done}
            )
            return go(request, "tasks:mine")
    context = {"form": form, "rows": chosen, "left_out": len(ids) - len(chosen), "back": reverse("tasks:mine")}
    return page(request, "tasks/report_several.html", context, part="form", status=422 if form.errors else 200)
