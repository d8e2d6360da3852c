"""The work of a run: tasks for all units and 1,980 for 20 units each, over three due days, in every state."""

from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction

from trienkhai.bench.organisation import BEGIN, Organisation
from trienkhai.bench.scales import SPREAD_UNITS, Scale
from trienkhai.bench.scratch import execute
from trienkhai.common import paths
from trienkhai.common.clock import moment
from trienkhai.documents.models import Document
from trienkhai.notices.actions import stored
from trienkhai.tasks import actions
from trienkhai.tasks.answering import ANSWERS_TO
from trienkhai.tasks.models import Assignment, Issue, State, Tally, Task
from trienkhai.tasks.tally import count_rows

AT = moment(BEGIN, 9)
DUE = (date(2025, 3, 31), date(2025, 6, 30), date(2025, 12, 31))
DOCUMENTS = 12
STATES = (
    *[State.DONE] * 5,
    State.ASSIGNED,
    State.ACKNOWLEDGED,
    State.IN_PROGRESS,
    State.SUBMITTED,
    State.RETURNED,
)
"""By the last figure of a row's id."""
SENT = date(2025, 4, 15)
CHUNK = 100_000


def prepare(organisation: Organisation, scale: Scale) -> Issue:
    """The tasks for all, ready to be issued."""
    rows = [{"title": f"Nhiệm vụ chung số {n}", "due_on": DUE[n % 3]} for n in range(scale.broad)]
    return actions.prepare_issue(
        _document(organisation, 0), organisation.root, rows, selection="grassroots", by=organisation.leader, at=AT
    )


def _document(organisation: Organisation, number: int) -> Document:
    root = organisation.root
    return Document.objects.create(
        doc_type="Nghị quyết",
        number=f"{number + 1:02}",
        symbol=f"{number + 1:02}-NQ/ĐUMH",
        issuer=root,
        issuer_name=root.name,
        owner=root,
        issued_on=BEGIN,
        title=f"về công tác đo lường số {number + 1}",
        signer_name="Người Ký",
        declared_at=AT,
        created_at=AT,
    )


def fill(organisation: Organisation, scale: Scale) -> None:
    """Bring the issued assignments into every state, add the tasks that few units hold; tally and reports follow."""
    with transaction.atomic():
        _add_spread_tasks(organisation, scale.spread)
        _set_states()
        _add_reports()
        _recount()


def store(issue: Issue, organisation: Organisation, scale: Scale) -> None:
    """The work of an organisation too large to play: issued, in every state and counted, without its reports."""
    with transaction.atomic():
        Issue.objects.filter(pk=issue.pk).update(
            state=Issue.State.ISSUED, on=BEGIN, issued_by=organisation.leader, issued_at=AT
        )
        Task.objects.filter(issue=issue).update(issued_on=BEGIN)
        write_assignments(issue)
        _add_spread_tasks(organisation, scale.spread)
    with transaction.atomic():
        _set_states()
    with transaction.atomic():
        _recount()


def write_assignments(issue: Issue) -> None:
    """The least that stores these rows: one statement, all constraints and indexes in place."""
    day = connection.ops.adapt_datefield_value(BEGIN)
    execute(
        "INSERT INTO tasks_assignment (task_id, unit_id, occurrence, held_by_id, answers_to_id, state, paused_from, "
        "due_on, first_due_on, percent, issued_on, since_on, act) "
        f"SELECT t.id, u.id, 0, u.id, {ANSWERS_TO.format(task='t', unit='u', top='g')}, 'assigned', '', "
        "t.due_on, t.due_on, 0, %s, %s, 1 FROM tasks_task t JOIN orgs_unit g ON g.id = t.assigner_id "
        "CROSS JOIN orgs_unit u JOIN orgs_unitversion v ON v.id = u.present_id WHERE t.issue_id = %s AND v.kind IN "
        "('grassroots_committee', 'grassroots_cell', 'commune') AND v.relation = 'subordinate'",
        [day, day, issue.pk],
    )


def _add_spread_tasks(organisation: Organisation, number: int) -> None:
    documents = [_document(organisation, n) for n in range(1, DOCUMENTS)]
    root, issues = organisation.root, []
    for document in documents:
        issues.append(
            Issue.objects.create(
                document=document,
                assigner=root,
                state=Issue.State.ISSUED,
                on=BEGIN,
                prepared_by=organisation.leader,
                created_at=AT,
                issued_by=organisation.leader,
                issued_at=AT,
            )
        )
    tasks = Task.objects.bulk_create(
        Task(
            issue=issues[n % len(issues)],
            document=documents[n % len(documents)],
            assigner=root,
            position=n,
            title=f"Nhiệm vụ riêng số {n}",
            due_on=DUE[n % 3],
            issued_on=BEGIN,
        )
        for n in range(number)
    )
    Assignment.objects.bulk_create(_spread(organisation, tasks), batch_size=5000)


def _spread(organisation: Organisation, tasks: list[Task]) -> Iterator[Assignment]:
    """Each task at 20 units that lie far apart, other ones for each task."""
    leaves, top = organisation.leaves, len(paths.ids(organisation.root.path or ""))
    step = len(leaves) // SPREAD_UNITS
    for number, task in enumerate(tasks):
        for turn in range(SPREAD_UNITS):
            unit, path = leaves[(number * 997 + turn * step) % len(leaves)]
            above = paths.ids(path)
            answers_to = above[top] if len(above) > top + 1 else organisation.root.pk
            yield Assignment(
                task=task,
                unit_id=unit,
                held_by_id=unit,
                answers_to_id=answers_to,
                due_on=task.due_on,
                first_due_on=task.due_on,
                issued_on=BEGIN,
                since_on=BEGIN,
            )


def _set_states() -> None:
    adapt = connection.ops.adapt_datefield_value
    states = " ".join(f"WHEN {figure} THEN '{state.value}'" for figure, state in enumerate(STATES))
    sent = [str(figure) for figure, state in enumerate(STATES) if state in (State.DONE, State.SUBMITTED)]
    execute(
        f"UPDATE tasks_assignment SET state = CASE id %% 10 {states} END, since_on = %s, "
        f"submitted_on = CASE WHEN id %% 10 IN ({', '.join(sent)}) THEN %s END",
        [adapt(SENT), adapt(SENT)],
    )


def _add_reports() -> None:
    """A report for each row that awaits approval, by the focal point of its unit."""
    execute(
        "INSERT INTO tasks_progressreport (assignment_id, state, percent, text, bottleneck, proposal, by_id, "
        'post_label, at, "on", decision, form_token) '
        "SELECT a.id, 'submitted', 100, 'Đã hoàn thành.', '', '', MIN(h.account_id), '', %s, %s, '', '' "
        "FROM tasks_assignment a JOIN orgs_post p ON p.unit_id = a.held_by_id AND p.role = 'focal' "
        "JOIN orgs_holding h ON h.post_id = p.id WHERE a.state = 'submitted' GROUP BY a.id",
        [stored(moment(SENT, 9)), connection.ops.adapt_datefield_value(SENT)],
    )


def _recount() -> None:
    """The tally anew, by the product's own function, in portions."""
    Tally.objects.all().delete()
    ids = list(Assignment.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        count_rows(ids[start : start + CHUNK], 1)


def count() -> int:
    return Assignment.objects.count()
