"""What a unit that ends gave to others: each task goes on as one copy of the unit that takes it over.

The copy continues the task (`Task.continues`), open work is re-pointed to it with the co-ordinating shares, what was
done stays with the task as it was given. Before the day of the ending the past is read by the former assigner
(`past.givers_then`). Issues still being prepared change their assigner.
"""

from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor, record
from trienkhai.orgs import journal
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, UP, Ending, Kind, numbered
from trienkhai.tasks.answering import set_answers_to
from trienkhai.tasks.ledger import lock_many
from trienkhai.tasks.models import OPEN_STATES, Assignment, Issue, ProgrammeItem, Share, Task
from trienkhai.tasks.tally import count_rows
from trienkhai.tasks.withdrawing import withdraw_all


def given(end: Ending) -> QuerySet[Task]:
    """Issued by the unit, with open work or occurrences to come."""
    is_open = Exists(Assignment.objects.filter(task=OuterRef("pk"), state__in=OPEN_STATES))
    rows = Task.objects.filter(assigner=end.unit, issued_on__isnull=False)
    return rows.filter(Q(is_open) | Q(next_on__isnull=False))


def _prepared(end: Ending) -> QuerySet[Issue]:
    return Issue.objects.filter(assigner=end.unit).exclude(state=Issue.State.ISSUED)


GIVEN = Kind(
    "tasks_given",
    gettext_lazy("tasks that the unit gave"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    given,
    words=lambda row: numbered(row, row.due_on, row.reference),
    content=str,
)
ISSUES = Kind(
    "issues",
    gettext_lazy("issues still being prepared"),
    (CONTINUE, DIVIDE, UP),
    _prepared,
    words=lambda row: numbered(row, row.on),
)


def carry_given(end: Ending, by: Actor, at: datetime) -> None:
    if GIVEN.closes(end):
        ids = GIVEN.ids(end)
        journal.update(Task.objects.filter(pk__in=ids), next_on=None)
        withdraw_all(Assignment.objects.filter(task__in=ids, state__in=OPEN_STATES), end, by, at)
    for heir, ids in GIVEN.shares(end):
        _continue(ids, heir, by, at)
    for heir, ids in ISSUES.shares(end):
        journal.update(Task.objects.filter(issue__in=ids), assigner=heir)
        journal.update(Issue.objects.filter(pk__in=ids), assigner=heir)


def _continue(ids: list[int], heir: Unit, by: Actor, at: datetime) -> None:
    """One act for all tasks of this heir; their open work is held by whom it was."""
    lock_many(sorted(Assignment.objects.filter(task__in=ids).values_list("pk", flat=True)))
    rows = sorted(pk for task in Task.objects.filter(pk__in=ids) for pk in _goes_on(task))
    act = record("task.continued", heir, by=by, at=at, unit_path=heir.path, count=len(ids))
    count_rows(rows, -1)
    journal.touch(Assignment.objects.filter(pk__in=rows))
    issues: dict[int, Issue] = {}
    for task in Task.objects.filter(pk__in=ids).select_related("issue").order_by("pk"):
        if task.issue_id not in issues:
            issues[task.issue_id] = _copy_issue(task.issue, heir, act.pk)
        _copy_task(task, issues[task.issue_id], heir, rows)
    count_rows(rows, 1)


def _goes_on(task: Task) -> list[int]:
    """The open work of a task; of one that recurs also the last occurrence, from which the next one opens."""
    wanted = Q(state__in=OPEN_STATES)
    if task.next_on:
        wanted |= Q(occurrence=task.assignments.aggregate(last=Max("occurrence"))["last"])
    return list(task.assignments.filter(wanted).values_list("pk", flat=True))


def _copy_issue(issue: Issue, heir: Unit, act: int) -> Issue:
    copy = Issue.objects.get(pk=issue.pk)
    copy.pk, copy.assigner, copy.act = None, heir, act
    copy._state.adding = True
    copy.save()
    journal.created([copy])
    return copy


def _copy_task(task: Task, issue: Issue, heir: Unit, rows: list[int]) -> None:
    copy = Task.objects.get(pk=task.pk)
    copy.pk, copy.issue, copy.assigner, copy.continues = None, issue, heir, task
    copy._state.adding = True
    copy.save()
    journal.created([copy])
    copy.clauses.set(task.clauses.all())
    journal.created(Task.clauses.through.objects.filter(task=copy))
    mine = Assignment.objects.filter(pk__in=rows, task=task)
    mine.update(task=copy)
    shares = Share.objects.filter(task=task)
    journal.update(shares.filter(Q(assignment__in=rows) | Q(assignment=None)), task=copy)
    journal.update(ProgrammeItem.objects.filter(task=task), task=copy)
    journal.update(Task.objects.filter(pk=task.pk), next_on=None)
    set_answers_to(list(Assignment.objects.filter(task=copy, state__in=OPEN_STATES).values_list("pk", flat=True)))
