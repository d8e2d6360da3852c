"""From a document to prepared tasks: prepare, edit, lay before the leader, send back. Issuing them: `issuing`."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold, squeeze
from trienkhai.documents.models import Clause, Document
from trienkhai.notices.actions import tell
from trienkhai.orgs import naming
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.selection import select
from trienkhai.people.models import Account
from trienkhai.tasks import rules
from trienkhai.tasks.models import Delegated, Issue, Mode, Task
from trienkhai.tasks.proposals import still_open

EDITABLE = (
    "title",
    "product",
    "work_area",
    "focus",
    "mode",
    "answer_rule",
    "delegates",
    "selection",
    "lead_words",
    "coordinating_words",
    "coordinating_selection",
    "due_on",
    "due_words",
    "recurrence",
    "due_day",
    "recurs_until",
    "serves",
)
PLAIN = set(EDITABLE) - {"focus", "serves"}
PROPOSED = (
    "title",
    "product",
    "selection",
    "lead_words",
    "coordinating_words",
    "coordinating_selection",
    "due_on",
    "due_words",
    "recurrence",
)
SOURCE = ("quote", "start", "end", "doubts")


@transaction.atomic
def prepare_issue(
    document: Document,
    assigner: Unit,
    proposals: Iterable[dict[str, Any]],
    *,
    selection: str = "children",
    on: date | None = None,
    by: Account,
    at: datetime,
) -> Issue:
    """Open a sheet of draft tasks from a document. Nothing is assigned yet.

    proposals: dicts with `title` and any of the editable fields of Task, `quote`, `start`, `end`, `doubts`, `clauses`
    (ids). on: the day the tasks will count as issued, from which "n days" run (default: the day of `at`). Raises
    Refused, or ValidationError for a selection that cannot be read.
    """
    verdict = rules.can_prepare(by, assigner, day_of(at), document).require()
    day = on or day_of(at)
    select(selection, by=assigner, on=day)
    issue = Issue.objects.create(
        document=document, assigner=assigner, selection=selection, on=day, prepared_by=by, created_at=at
    )
    tasks = [_draft(issue, position, row) for position, row in enumerate(proposals, start=1)]
    _record("issue.prepared", issue, actor(by, verdict.holding), at, tasks=len(tasks), selection=selection)
    return issue


@transaction.atomic
def start_issue(
    document: Document, assigner: Unit, proposals: Iterable[dict[str, Any]], *, by: Account, at: datetime
) -> Issue:
    """The sheet on which the unit prepares tasks from the document: the open one, else a new one.

    The document is locked meanwhile, so that a form sent twice opens one sheet. Raises Refused.
    """
    rules.can_prepare(by, assigner, day_of(at), document).require()
    Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    prepared = Issue.objects.filter(document=document, assigner=assigner).exclude(state=Issue.State.ISSUED)
    return prepared.order_by("pk").first() or prepare_issue(document, assigner, proposals, by=by, at=at)


def _draft(issue: Issue, position: int, row: dict[str, Any]) -> Task:
    values = {name: row[name] for name in (*EDITABLE, *SOURCE) if name in row}
    task = Task(issue=issue, document=issue.document, assigner=issue.assigner, position=position, **values)
    _check_task(task)
    if task.quote:
        task.proposed = {name: getattr(task, name) for name in PROPOSED}
    task.save()
    if row.get("clauses"):
        task.clauses.set(Clause.objects.filter(pk__in=row["clauses"], text__document=issue.document))
    return task


def _check_task(task: Task) -> None:
    """What holds for every draft; ValidationError by field."""
    task.title = squeeze(task.title)[:1000]
    task.search_text = fold(f"{task.title} {task.product}")
    if not task.title:
        raise ValidationError({"title": _("Say what is to be done.")})
    task.clean_fields(exclude={column.name for column in Task._meta.fields} - PLAIN)
    if not 0 <= task.due_day <= 366:
        raise ValidationError({"due_day": _("Choose one of the values shown.")})
    if not set(task.delegates) <= set(Delegated.values):
        raise ValidationError({"delegates": _("Choose one of the values shown.")})
    if task.due_on < task.issue.on:
        raise ValidationError({"due_on": _("The due day lies before the day of issue.")})
    if task.serves and task.due_on > task.serves.due_on:
        said = _("The work that this serves is due on %(day)s: an inner day is not later.")
        raise ValidationError({"due_on": said % {"day": f"{task.serves.due_on:%d/%m/%Y}"}})
    if task.recurrence and task.due_on != OPEN_END and task.recurs_until < task.due_on:
        raise ValidationError({"recurs_until": _("The last day of what repeats lies before the first due day.")})
    for name in ("selection", "coordinating_selection"):
        if words := getattr(task, name):
            try:
                select(words, by=task.assigner, on=task.issue.on)
            except ValidationError as fault:
                raise ValidationError({name: fault.messages}) from fault


def _editable_issue(issue_id: int, by: Account, at: datetime) -> tuple[Issue, Any]:
    issue = (
        Issue.objects.select_for_update(of=("self",)).select_related("assigner__present", "document").get(pk=issue_id)
    )
    return issue, rules.can_edit_issue(by, issue, day_of(at)).require()


@transaction.atomic
def change_task(task_id: int, changes: dict[str, Any], *, remember: bool = False, by: Account, at: datetime) -> Task:
    """Edit a draft task; one act, old and new values apart where they can be erased. Raises Refused, ValidationError by
    field.

    remember: the lead named in the text means these recipients, here in the issue's other drafts and from now on.
    """
    issue, verdict = _editable_issue(Task.objects.values_list("issue_id", flat=True).get(pk=task_id), by, at)
    task = Task.objects.select_related("issue", "assigner").get(pk=task_id)
    who = actor(by, verdict.holding)
    _change(task, changes, who, at)
    if remember and task.lead_words and task.selection:
        naming.remember(task.lead_words, task.selection, issue.assigner, by=who, at=at, on=issue.on)
        same = issue.tasks.filter(lead_words=task.lead_words, selection="").select_related("issue", "assigner")
        for other in same.order_by("position"):
            _change(other, {"selection": task.selection, "mode": task.mode}, who, at)
    return task


def _change(task: Task, changes: dict[str, Any], by: Actor, at: datetime) -> None:
    """Write what differs, with its act. Doubts that the changes settle go."""
    old = {}
    for name in EDITABLE:
        if name in changes and changes[name] != getattr(task, name):
            old[name] = str(getattr(task, name) or "")
            setattr(task, name, changes[name])
    if not old:
        return
    task.doubts = still_open(task.doubts, old)
    _check_task(task)
    task.save()
    said = {name: f"{given or '–'} → {getattr(task, name) or '–'}" for name, given in old.items()}
    _record("task.changed", task, by, at, personal=said, issue=task.issue_id)


def _record(verb: str, target: Issue | Task, by: Actor, at: datetime, **data: Any) -> Act:
    """The act names a draft by its document: never by its words, which may be locked away with the document."""
    label = target.reference if isinstance(target, Task) else target.source.reference
    return record(verb, target, by=by, at=at, label=label, **data)


@transaction.atomic
def drop_task(task_id: int, *, dropped: bool = True, by: Account, at: datetime) -> Task:
    """Leave a proposed task out (or take it in again). The proposal is kept, so the reader can be judged."""
    _issue, verdict = _editable_issue(Task.objects.values_list("issue_id", flat=True).get(pk=task_id), by, at)
    task = Task.objects.get(pk=task_id)
    if task.dropped == dropped:
        return task
    task.dropped = dropped
    task.save(update_fields=["dropped"])
    _record("task.dropped" if dropped else "task.restored", task, actor(by, verdict.holding), at)
    return task


@transaction.atomic
def add_task(issue_id: int, values: dict[str, Any], *, after: int | None = None, by: Account, at: datetime) -> Task:
    """Add a task that the reader did not propose.

    after: the last position that the person saw; the same task sent again for the place behind it is stored once.
    """
    issue, verdict = _editable_issue(issue_id, by, at)
    last = issue.tasks.aggregate(last=Max("position"))["last"] or 0
    if after is not None and last > after:
        same = issue.tasks.filter(position__gt=after, quote="", title=squeeze(values["title"])[:1000]).first()
        if same:
            return same
    task = _draft(issue, last + 1, values)
    _record("task.added", task, actor(by, verdict.holding), at, issue=issue.pk)
    return task


@transaction.atomic
def change_issue(issue_id: int, *, selection: str, by: Account, at: datetime) -> Issue:
    """Set who receives the tasks that name nobody themselves. Raises ValidationError for what cannot be read."""
    issue, verdict = _editable_issue(issue_id, by, at)
    select(selection, by=issue.assigner, on=issue.on)
    if selection == issue.selection:
        return issue
    old, issue.selection = issue.selection, selection
    issue.save(update_fields=["selection"])
    _record("issue.changed", issue, actor(by, verdict.holding), at, old=old, new=selection)
    return issue


@transaction.atomic
def submit_issue(issue_id: int, *, by: Account, at: datetime) -> Issue:
    """Trình lãnh đạo: lay the prepared tasks before the leaders of the assigner. Raises Refused or ValidationError."""
    issue = (
        Issue.objects.select_for_update(of=("self",)).select_related("assigner__present", "document").get(pk=issue_id)
    )
    verdict = rules.can_submit_issue(by, issue, day_of(at)).require()
    kept_tasks(issue)
    issue.state, issue.submitted_at, issue.returned_reason = Issue.State.SUBMITTED, at, ""
    issue.save(update_fields=["state", "submitted_at", "returned_reason"])
    act = _record("issue.submitted", issue, actor(by, verdict.holding), at)
    url = reverse("tasks:issue", args=[issue.pk])
    tell(issue.assigner_id, [Role.LEADER], "issue_submitted", url=url, at=at, act=act.pk, document=str(issue.source))
    return issue


@transaction.atomic
def return_issue(issue_id: int, *, reason: str, by: Account, at: datetime) -> Issue:
    """The leader sends the prepared tasks back to the officer with a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    issue = (
        Issue.objects.select_for_update(of=("self",)).select_related("assigner__present", "document").get(pk=issue_id)
    )
    verdict = rules.can_return_issue(by, issue, day_of(at)).require()
    issue.state, issue.returned_reason = Issue.State.RETURNED, reason.strip()
    issue.save(update_fields=["state", "returned_reason"])
    act = _record("issue.returned", issue, actor(by, verdict.holding), at, personal={"reason": issue.returned_reason})
    url = reverse("tasks:issue", args=[issue.pk])
    tell(issue.assigner_id, [Role.OFFICER], "issue_returned", url=url, at=at, act=act.pk, document=str(issue.source))
    return issue


def kept_tasks(issue: Issue) -> list[Task]:
    """The tasks that will be issued. Raises ValidationError when there is none, or one has nobody to lead it."""
    tasks = list(issue.tasks.filter(dropped=False).select_related("issue", "assigner").order_by("position"))
    if not tasks:
        raise ValidationError(_("There is no task to issue."))
    for task in tasks:
        _check_task(task)
    for words, group in by_selection(issue, tasks).items():
        number = select(words, by=issue.assigner, on=issue.on).count()
        for task in group:
            _check_lead(task, number)
    return tasks


def _check_lead(task: Task, number: int) -> None:
    """number: how many units are selected to lead it. A lead that is named but not matched is nobody, not everybody."""
    if task.lead_words and not task.selection:
        raise ValidationError(
            _("Task %(n)d names “%(words)s” to lead, who is not matched to any unit: choose who leads it.")
            % {"n": task.position, "words": task.lead_words}
        )
    if number == 0:
        raise ValidationError(_("Task %(n)d has no lead: nobody is selected.") % {"n": task.position})
    if task.mode == Mode.JOINT and number > 1:
        raise ValidationError(
            _("Task %(n)d is one product with one lead, but several units are selected.") % {"n": task.position}
        )


def by_selection(issue: Issue, tasks: Iterable[Task]) -> dict[str, list[Task]]:
    """The tasks by who receives them, in the order of the issue."""
    groups: dict[str, list[Task]] = {}
    for task in tasks:
        groups.setdefault(task.selection or issue.selection, []).append(task)
    return groups
