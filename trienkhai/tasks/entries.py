"""What this area puts into slots of earlier pages."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common import slots
from trienkhai.common.clock import today
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold
from trienkhai.documents.models import Document
from trienkhai.notices.calendar import Entry
from trienkhai.orgs.hints import hint
from trienkhai.orgs.models import Role
from trienkhai.orgs.rules import BRANCH_READERS, reach_of, work_reach
from trienkhai.people.models import Account
from trienkhai.people.requests import account_of
from trienkhai.tasks import rules
from trienkhai.tasks.links import list_url
from trienkhai.tasks.models import HOLDERS_TURN, OPEN_STATES, Assignment, Concretising, Task
from trienkhai.tasks.queries import clause_progress, count_up_to
from trienkhai.tasks.queries.waiting import issues_waiting, parts_waiting
from trienkhai.tasks.rules_concretising import making_units

SHOWN = 8
IN_CALENDAR = 1000


def menu_my_work(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """Own work, with how much of it waits for an act of one's own."""
    count = hint(request, "tasks.mine", lambda: _to_do(request))
    if count is None:
        return None
    return _item(request, reverse("tasks:mine"), _("My work"), "inbox", "own", 10) | {"count": count}


def _to_do(request: HttpRequest) -> int | None:
    """None for whoever never has any."""
    account, on = account_of(request), today()
    earlier = slots.parts("tasks.mine.count", request)
    if not earlier and not reach_of(account, on).has(*rules.HOLDERS, *rules.PREPARERS):
        return None
    held = Assignment.objects.filter(held_by__in=rules.units_held(account, on), state__in=HOLDERS_TURN)
    prepares = reach_of(account, on).has(*rules.PREPARERS)
    issues = issues_waiting(account, on).count() if prepares else 0
    return count_up_to(held) + issues + sum(earlier)


def menu_approvals(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """What waits for a leader's decision."""
    account, on = account_of(request), today()
    if not reach_of(account, on).has(Role.LEADER):
        return None
    url = reverse("tasks:approvals")

    def waiting() -> int:
        return count_up_to(rules.awaiting_decision(account, on))

    count = hint(request, "tasks.approvals", waiting, fresh=request.path == url)
    return _item(request, url, _("Approve"), "approve", "own", 20) | {"count": count}


def menu_steps(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    """For administrators, who fill posts: the steps that nobody owns. Others come to them from their own pages."""
    if not reach_of(account_of(request), today()).has(Role.ADMIN):
        return None
    return _item(request, reverse("tasks:steps"), _("Steps without an owner"), "ownerless", "organisation", 50)


def list_actions(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not reach_of(account_of(request), today()).has(Role.OFFICER, Role.LEADER):
        return None
    return {"template": "tasks/steps_link.html"}


def menu_issues(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not reach_of(request.user, today()).has(*rules.PREPARERS):
        return None
    return _item(request, reverse("tasks:issues"), _("Give tasks"), "give", "tasks", 10)


def menu_tasks(request: HttpRequest, obj: Any) -> dict[str, Any] | None:
    if not work_reach(request.user, today()).grants:
        return None
    return _item(request, reverse("tasks:list"), _("Tasks"), "task", "tasks", 20)


def _item(request: HttpRequest, url: str, label: str, icon: str, group: str, order: int) -> dict[str, Any]:
    current = request.path.startswith(url)
    return {"label": label, "url": url, "icon": icon, "group": group, "order": order, "current": current}


def search_tasks(request: HttpRequest, words: str) -> dict[str, Any] | None:
    """Issued tasks whose title or product holds all the words, the newest first; each leads to its rows in sight."""
    rows = rules.visible_tasks(account_of(request), today()).filter(issued_on__isnull=False)
    for word in fold(words).split():
        rows = rows.filter(search_text__contains=word)
    found = rows.select_related("document").order_by("-issued_on", "-pk")[:SHOWN]
    hits = [{"url": list_url(nhiem_vu=row.pk), "label": row.title, "hint": str(row.document)} for row in found]
    return {"title": _("Tasks"), "hits": hits} if hits else None


def calendar(request: HttpRequest, account: Account) -> list[Entry]:
    """The due days of the open work of units for which the person reports, and of their co-ordinating parts."""
    on, units = today(), rules.units_held(account, today())
    held = Assignment.objects.filter(held_by__in=units, state__in=OPEN_STATES, due_on__lt=OPEN_END)
    rows = held.select_related("task").order_by("due_on", "pk")[:IN_CALENDAR]
    parts = parts_waiting(account, on).filter(due_on__isnull=False)[:IN_CALENDAR]
    work = [
        Entry(
            f"assignment-{row.pk}", row.due_on, row.task.title, reverse("tasks:assignment", args=[row.pk]), row.since_on
        )
        for row in rows
    ]
    return work + [
        Entry(f"part-{part.pk}", part.due_on, part.text or part.task.title, reverse("tasks:answer", args=[part.pk]))
        for part in parts
        if part.due_on
    ]


def documents_filter(request: HttpRequest, obj: Any) -> dict[str, Any]:
    """The list of documents narrowed to those from which tasks were issued, or none yet."""
    given = Exists(Task.objects.filter(document=OuterRef("pk"), issued_on__isnull=False))
    return {
        "name": "giao-viec",
        "label": _("Tasks"),
        "choices": [("co", _("tasks were given")), ("chua", _("no tasks yet"))],
        "narrow": lambda rows, value: rows.filter(given if value == "co" else ~given),
    }


def document_actions(request: HttpRequest, document: Document) -> dict[str, Any] | None:
    """On the page of a document: what was prepared from it, and the way to prepare tasks, for whoever prepares."""
    account, on = account_of(request), today()
    may_prepare = reach_of(account, on).able("prepare").has(*rules.PREPARERS)
    issues = rules.visible_issues(account, on).filter(document=document).order_by("-pk")[:3]
    started = may_prepare and any(issue.is_open for issue in issues)
    start = may_prepare and not started and not document.withdrawn_at and document.texts.exists()
    concretise = _concretises(account, document, on)
    given = Task.objects.filter(document=document, issued_on__isnull=False).exists()
    answered = Concretising.objects.filter(document=document).exists()
    covers = reach_of(account, on).has(*BRANCH_READERS) and (given or answered)
    if not (issues or start or concretise or covers):
        return None
    return {
        "template": "tasks/document_action.html",
        "document": document,
        "issues": issues,
        "start": start,
        "concretise": concretise,
        "covers": covers,
    }


def _concretises(account: Account, document: Document, on: date) -> bool:
    """May the person answer it for a unit, and is it a paper from outside or above?"""
    if document.withdrawn_at or not document.texts.exists():
        return False
    return any(unit.pk not in (document.issuer_id, document.owner_id) for unit in making_units(account, on))


def document_progress(request: HttpRequest, document: Document) -> dict[int, dict[str, Any]] | None:
    """Clause → how much of the work in sight that was read from it is done, with the address of its list."""
    account, on = account_of(request), today()
    if not Task.objects.filter(document=document, issued_on__isnull=False).exists():
        return None
    found = clause_progress(rules.visible_assignments(account, on).filter(task__document=document), on)
    return {clause: figures | {"url": list_url(khoan=clause, o="total")} for clause, figures in found.items()}
