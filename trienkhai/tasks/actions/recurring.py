"""What recurs: each period's occurrence is opened on the period's first day."""

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max
from django.urls import reverse

from trienkhai.audit.actions import SYSTEM, record
from trienkhai.notices.actions import tell_units
from trienkhai.orgs.models import Role
from trienkhai.tasks import periods
from trienkhai.tasks.actions.issuing import INTO
from trienkhai.tasks.models import Task
from trienkhai.tasks.tally import count_rows


def open_occurrences(*, on: date, at: datetime) -> int:
    """Open the occurrences whose period has begun by `on`, once each, whatever workers run; returns how many
    assignments.

    An occurrence goes to the units that held the one before and still stand, unless theirs was withdrawn. None is
    opened that would be due after the task's last day.
    """
    opened = 0
    while True:
        with transaction.atomic():
            due = Task.objects.select_for_update(skip_locked=connection.vendor == "postgresql", of=("self",))
            task = (
                due.filter(next_on__lte=on, issued_on__isnull=False)
                .select_related("assigner", "document")
                .order_by("next_on", "pk")
                .first()
            )
            if task is None:
                return opened
            opened += _open_occurrence(task, at)


def _open_occurrence(task: Task, at: datetime) -> int:
    start = task.next_on
    assert start is not None
    number = (task.assignments.aggregate(last=Max("occurrence"))["last"] or 0) + 1
    due_on = periods.due_day(task.recurrence, start, task.due_day)
    act = record(
        "task.recurred",
        task,
        by=SYSTEM,
        at=at,
        unit_path=task.assigner.path or "",
        label=task.reference,
        occurrence=number,
        due_on=str(due_on),
    )
    adapt = connection.ops.adapt_datefield_value
    with connection.cursor() as cursor:
        cursor.execute(
            f"{INTO} "
            "SELECT a.task_id, a.unit_id, %s, a.held_by_id, a.answers_to_id, 'assigned', '', %s, %s, 0, %s, %s, %s "
            "FROM tasks_assignment a JOIN orgs_unit u ON u.id = a.held_by_id "
            "WHERE a.task_id = %s AND a.occurrence = %s AND a.state <> 'withdrawn' AND u.closed_on > %s",
            [
                number,
                adapt(due_on),
                adapt(due_on),
                adapt(start),
                adapt(start),
                act.pk,
                task.pk,
                number - 1,
                adapt(start),
            ],
        )
    rows = list(task.assignments.filter(occurrence=number).values_list("pk", flat=True))
    count_rows(rows, 1)
    _tell_holders(task, number, due_on, act.pk, at)
    task.next_on = periods.next_open(task.recurrence, start, task.due_day, task.recurs_until)
    task.save(update_fields=["next_on"])
    return len(rows)


def _tell_holders(task: Task, occurrence: int, due_on: date, act: int, at: datetime) -> None:
    tell_units(
        "SELECT a.held_by_id FROM tasks_assignment a WHERE a.task_id = %s AND a.occurrence = %s",
        [task.pk, occurrence],
        [Role.FOCAL, Role.SECRETARY],
        "task_recurred",
        url=reverse("tasks:mine"),
        at=at,
        act=act,
        task=task.title,
        due=f"{due_on:%d/%m/%Y}",
    )
