"""Ban hành: prepared tasks become assignments of all selected units, with tally, shares, notices and one act."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.documents.actions import hold_document
from trienkhai.documents.models import Document
from trienkhai.notices.actions import tell_units
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Role
from trienkhai.orgs.selection import select
from trienkhai.people.models import Account
from trienkhai.tasks import periods, rules
from trienkhai.tasks.actions.giving import by_selection, kept_tasks
from trienkhai.tasks.answering import ANSWERS_TO
from trienkhai.tasks.links import list_url
from trienkhai.tasks.models import Issue, ShareKind, Task
from trienkhai.tasks.tally import count_new, ids_sql

INTO = (
    "INSERT INTO tasks_assignment (task_id, unit_id, occurrence, held_by_id, answers_to_id, state, paused_from, "
    "due_on, first_due_on, percent, issued_on, since_on, act)"
)


@transaction.atomic
def issue_tasks(issue_id: int, *, by: Account, at: datetime) -> Issue:
    """Ban hành: make the assignments of all kept tasks for all selected units, with tally, notices and one act.

    One transaction of a few statements for each distinct selection, whatever the number of units. Raises Refused, or
    ValidationError (no task, no lead, a due day before the issue day); nothing is then stored.
    """
    issue = _locked(issue_id)
    verdict = rules.can_issue(by, issue, day_of(at)).require()
    tasks = kept_tasks(issue)
    act = record(
        "issue.issued",
        issue,
        by=actor(by, verdict.holding),
        at=at,
        label=issue.source.reference,
        selection=issue.selection,
        **_expansion(issue, tasks),
    )
    for words, group in by_selection(issue, tasks).items():
        _assign(issue, words, group, act.pk, at)
    _share(issue, tasks, act.pk, at)
    _mark_issued(issue, tasks)
    issue.state, issue.issued_by, issue.issued_at = Issue.State.ISSUED, by, at
    issue.count, issue.digest, issue.act = act.count, act.digest, act.pk
    issue.save(update_fields=["state", "issued_by", "issued_at", "count", "digest", "act"])
    return issue


def _locked(issue_id: int) -> Issue:
    """The issue, locked after its document, as whoever locks the document away does."""
    hold_document(Document.objects.filter(issues=issue_id))
    rows = Issue.objects.select_for_update(of=("self",)).select_related("assigner__present", "document")
    return rows.get(pk=issue_id)


def _expansion(issue: Issue, tasks: list[Task]) -> dict[str, Any]:
    """How many assignments come, and the SHA-256 over (task ids; unit ids in order) of every group of one selection."""
    digest, count = hashlib.sha256(), 0
    for words, group in by_selection(issue, tasks).items():
        units = select(words, by=issue.assigner, on=issue.on).order_by("pk").values_list("pk", flat=True)
        listed = [str(pk) for pk in units.iterator(chunk_size=10_000)]
        digest.update(f"{','.join(str(task.pk) for task in group)};{','.join(listed)}\n".encode())
        count += len(group) * len(listed)
    return {"count": count, "digest": digest.hexdigest(), "tasks": len(tasks)}


def _assign(issue: Issue, words: str, tasks: list[Task], act: int, at: datetime) -> None:
    """Assignments, tally and notices of the tasks that share one selection."""
    units = select(words, by=issue.assigner, on=issue.on).order_by().values_list("pk", "path")
    units_sql, units_params = units.query.sql_with_params()
    task_ids = [task.pk for task in tasks]
    chosen, chosen_params = ids_sql(task_ids)
    top = issue.assigner.path or ""
    answers = ANSWERS_TO.format(task="t", unit="u", top="g")
    day = connection.ops.adapt_datefield_value(issue.on)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH u(id, path) AS MATERIALIZED ({units_sql}) "
            f"{INTO} "
            f"SELECT t.id, u.id, 0, u.id, {answers}, 'assigned', '', t.due_on, t.due_on, 0, %s, %s, %s "
            "FROM tasks_task t JOIN orgs_unit g ON g.id = t.assigner_id CROSS JOIN u "
            f"WHERE t.id {chosen}",
            [*units_params, day, day, act, *chosen_params],
        )
    count_new(task_ids, units_sql, units_params, top)
    tell_units(
        f"WITH chosen(id, path) AS ({units_sql}) SELECT chosen.id FROM chosen",
        list(units_params),
        [Role.FOCAL, Role.SECRETARY],
        "tasks_issued",
        url=reverse("tasks:mine"),
        at=at,
        act=act,
        count=len(tasks),
        document=str(issue.source),
    )


def _share(issue: Issue, tasks: list[Task], act: int, at: datetime) -> None:
    """Co-ordinating units: a part under the one lead of a joint task, a watch where each unit leads its own copy.

    One INSERT … SELECT for each distinct selection and one notice for each kind of share, whatever the number of units.
    """
    shared: dict[str, list[int]] = {}
    for task in tasks:
        if task.coordinating_selection:
            shared.setdefault(task.coordinating_selection, []).append(task.pk)
    for words, ids in shared.items():
        units = select(words, by=issue.assigner, on=issue.on).order_by().values_list("pk")
        units_sql, units_params = units.query.sql_with_params()
        chosen, params = ids_sql(ids)
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH u(id) AS MATERIALIZED ({units_sql}) "
                "INSERT INTO tasks_share (task_id, unit_id, kind, assignment_id, text, due_on, answer) "
                "SELECT t.id, u.id, CASE WHEN t.mode = 'joint' THEN 'part' ELSE 'watch' END, a.id, '', "
                "CASE WHEN t.mode = 'joint' THEN t.due_on END, '' FROM tasks_task t CROSS JOIN u "
                "LEFT JOIN tasks_assignment a ON a.task_id = t.id AND t.mode = 'joint' "
                f"WHERE t.id {chosen} AND (a.id IS NULL OR a.held_by_id <> u.id)",
                [*units_params, *params],
            )
    if shared:
        _tell_sharers(issue, [pk for ids in shared.values() for pk in ids], act, at)


def _tell_sharers(issue: Issue, task_ids: list[int], act: int, at: datetime) -> None:
    """One notice to each unit that has parts, one to each that watches, however many tasks it shares in."""
    chosen, params = ids_sql(task_ids)
    news = {
        ShareKind.PART: ("tasks_shared", reverse("tasks:mine")),
        ShareKind.WATCH: ("tasks_watched", list_url("tasks:list", van_ban=issue.document_id)),
    }
    for share, (kind, url) in news.items():
        tell_units(
            f"SELECT s.unit_id FROM tasks_share s WHERE s.kind = %s AND s.task_id {chosen}",
            [share.value, *params],
            [Role.FOCAL, Role.SECRETARY],
            kind,
            url=url,
            at=at,
            act=act,
            document=str(issue.source),
        )


def _mark_issued(issue: Issue, tasks: list[Task]) -> None:
    for task in tasks:
        task.issued_on = issue.on
        if task.recurrence:
            task.next_on = periods.next_open(task.recurrence, issue.on, task.due_day, task.recurs_until)
    Task.objects.bulk_update(tasks, ["issued_on", "next_on"], batch_size=500)
