"""One assignment: source and chain, what was promised and reported, its history, and a page for each verb."""

from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from trienkhai.audit.models import Act
from trienkhai.common import clock, slots
from trienkhai.common.htmx import page
from trienkhai.documents.rules import visible_documents
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks import rules, rules_waiting
from trienkhai.tasks.links import verb_url
from trienkhai.tasks.models import HOLDERS_TURN, Assignment, Evidence, Share, ShareKind, State, StateSpan, Wait
from trienkhai.tasks.queries import chain_of, due_soon_day, history_of
from trienkhai.tasks.queries.areas import area_names
from trienkhai.tasks.queries.concretising import way_up
from trienkhai.tasks.queries.differing import differences
from trienkhai.tasks.queries.naming import naming_days, persons_named, unnamed_filter
from trienkhai.tasks.transitions import VERBS
from trienkhai.tasks.views.rows import row_of
from trienkhai.tasks.wording import NAMING, entry, show_principals

LEADING_ON = ("acknowledge", "approve", "confirm", "submit", "update", "resume")
"""Verbs that bring the work on, the first allowed one is the page's one act."""
QUIET = ("return", "extend", "pause", "reopen", "withdraw")


def shown(request: HttpRequest) -> QuerySet[Assignment]:
    """Assignments the person may see, with what their page names."""
    rows = rules.visible_assignments(account_of(request), clock.today())
    return rows.select_related(
        "task__document__issuer__present",
        "task__assigner__present",
        "task__issue__issued_by",
        "task__focus",
        "held_by__present",
        "unit__present",
        "answers_to__present",
        "person",
    )


@require_GET
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    account, on = account_of(request), clock.today()
    found = get_object_or_404(shown(request), pk=pk)
    task = found.task
    verbs = allowed(account, found) + slots.parts("tasks.assignment.verbs", request, found)
    reports = list(
        found.reports.select_related("by", "principal", "decided_by", "confirmed_in")
        .prefetch_related("evidence__file")
        .order_by("-at", "-pk")
    )
    requests, history = requests_of(account, found), history_of(found, also=_acts_of_later_areas(request, found))
    acts = [act for act, _said in history]
    show_principals([*reports, *(asked for asked, _decide in requests)], acts)
    waiting = next((report for report in reports if report.state == "submitted"), None)
    decides = waiting and any(verb["name"] == "approve" for verb in verbs)
    context = {
        "assignment": found,
        "task": task,
        "row": row_of(found, on, due_soon_day(on)),
        "document_seen": visible_documents(account, on).filter(tasks=task).exists(),
        "area": area_names(on).get(task.work_area, task.work_area) if task.work_area else "",
        "clauses": task.clauses.all(),
        "way_up": way_up(found, shown(request))[1:],
        "made_concrete": rules.visible_tasks(account, on).filter(serves=found, issued_on__isnull=False).order_by("pk"),
        "chain": chain_of(found),
        "decider": decider(found),
        "days": days_of(found),
        "reports": reports,
        "requests": requests,
        "waiting_report": waiting if decides else None,
        "difference": differences(account, [found], in_words=True).get(found.pk) if decides else None,
        "issued_for": next((act.principal for act in acts if act.pk == task.issue.act), ""),
        "shares": shares_of(account, found),
        "waits": waits_shown(account, found),
        "unnamed": naming_days(on) if _lacks_person(found) else 0,
        "primary": verbs[0] if verbs and verbs[0]["name"] in LEADING_ON else None,
        "others": verbs[1:] if verbs and verbs[0]["name"] in LEADING_ON else verbs,
        "side": slots.parts("tasks.assignment.side", request, found),
        "acts": _entries(history),
        "crumbs": [{"label": _("Tasks"), "url": reverse("tasks:list")}],
    }
    return page(request, "tasks/assignment.html", context)


def _entries(history: list[tuple[Act, str]]) -> list[dict[str, Any]]:
    names = persons_named(act.data for act, _said in history if act.verb in NAMING)
    return [entry(act, said, names) for act, said in history]


def _acts_of_later_areas(request: HttpRequest, found: Assignment) -> list[int]:
    """Ids of acts that the slot `tasks.assignment.acts` adds to the history."""
    return [pk for part in slots.parts("tasks.assignment.acts", request, found) for pk in part]


def allowed(account: Account, found: Assignment) -> list[dict[str, Any]]:
    """The verbs open to this person, the one to do first; each `{name, label, url}`."""
    on = clock.today()
    leading = LEADING_ON if found.state != State.ACKNOWLEDGED else ("update", "submit")
    names = [name for name in (*leading, *QUIET) if rules.can_do(account, name, found, on)]
    verbs = [{"name": name, "label": VERBS[name].label, "url": verb_url(name, found.pk)} for name in names]
    if rules.can_request(account, found, on):
        verbs.append({"name": "ask", "label": _("Ask the assigner"), "url": verb_url("ask", found.pk)})
    if rules.can_name_person(account, found, on):
        label = _("Hand over to another person") if found.person_id else _("Name the person")
        verbs.append({"name": "name_person", "label": label, "url": verb_url("name_person", found.pk)})
    if rules_waiting.can_wait(account, found, on) and not found.waits.filter(ended_on=None).exists():
        verbs.append({"name": "wait", "label": _("Waiting for somebody else"), "url": verb_url("wait", found.pk)})
    return verbs


def decider(found: Assignment) -> Any:
    """Who decides on the report that waits: the unit it answers to, or the next above where nobody else is left."""
    if found.state != State.SUBMITTED:
        return found.answers_to
    return rules.deciding_unit(found, rules.claimants(found), clock.today())


def days_of(found: Assignment) -> list[dict[str, Any]]:
    """The due days in their order, each with the day from which it held."""
    days = [{"due_on": found.first_due_on, "since": found.issued_on}]
    spans = StateSpan.objects.filter(assignment=found).order_by("from_on", "pk").values_list("due_on", "from_on")
    for due_on, since in [*spans, (found.due_on, found.since_on)]:
        if due_on != days[-1]["due_on"]:
            days.append({"due_on": due_on, "since": since})
    return days


def requests_of(account: Account, found: Assignment) -> list[tuple[Any, bool]]:
    """Requests, newest first, with whether this person may decide them."""
    rows = found.requests.select_related("by", "principal", "decided_by", "proposed_unit__present").order_by(
        "-at", "-pk"
    )
    made = []
    for row in rows:
        row.assignment = found
        made.append((row, bool(rules.can_decide(account, row, clock.today()))))
    return made


def _lacks_person(found: Assignment) -> bool:
    """Is the day over by which the unit had to name the person responsible?"""
    if found.person_id or found.state not in HOLDERS_TURN:
        return False
    return Assignment.objects.filter(unnamed_filter(clock.today()), pk=found.pk).exists()


def waits_shown(account: Account, found: Assignment) -> list[tuple[Wait, bool, bool]]:
    """For whom it waits and waited, with whether this person may end it, and pause the work for it."""
    on, made = clock.today(), []
    for wait in found.waits.select_related("unit__present", "by", "ended_by").order_by("-at", "-pk"):
        wait.assignment = found
        may_end = not wait.ended_on and bool(rules_waiting.can_end_wait(account, wait, on))
        made.append((wait, may_end, not wait.ended_on and bool(rules_waiting.can_pause_waiting(account, wait, on))))
    return made


def shares_of(account: Account, found: Assignment) -> list[tuple[Share, bool]]:
    """Parts and watches of the task, with whether this person may answer them."""
    on = clock.today()
    rows = Share.objects.filter(task=found.task_id, assignment__in=[found.pk]) | Share.objects.filter(
        task=found.task_id, assignment=None
    )
    rows = rows.select_related("unit__present", "answered_by").order_by("kind", "unit__present__sort_key")
    own = set(rules.units_held(account, on, "answer"))
    return [(row, row.kind == ShareKind.PART and not row.answered_on and row.unit_id in own) for row in rows]


@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file of a report, to whoever sees the assignment."""
    reports = rules.visible_reports(account_of(request), clock.today())
    found = get_object_or_404(Evidence.objects.filter(report__in=reports).select_related("file"), pk=pk)
    if not default_storage.exists(found.file.path):
        raise Http404
    content = default_storage.open(found.file.path)
    response = FileResponse(content, as_attachment=True, filename=found.file.name, content_type=found.file.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
