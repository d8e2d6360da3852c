"""Issuing 20 tasks to all units, tally, notices and act included, beside one raw INSERT … SELECT of the same rows."""

from collections.abc import Callable

from django.db import connection

from trienkhai.bench.organisation import BEGIN, Organisation
from trienkhai.bench.scratch import Scratch, execute
from trienkhai.bench.timing import seconds, taking_turns
from trienkhai.bench.work import AT
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Issue
from trienkhai.tasks.moves import ANSWERS_TO

WARMED = ("orgs_unit", "orgs_unitversion", "orgs_post", "tasks_task")


def measure(scratch: Scratch, organisation: Organisation, issue: Issue, rounds: int) -> dict[str, float]:
    """`cascade_to_floor`, `cascade_extra_s`, `cascade_s`, `cascade_floor_s`: medians, each run on a fresh copy."""
    made: set[tuple[int, ...]] = set()

    def product() -> float:
        return _on_copy(scratch, lambda: actions.issue_tasks(issue.pk, by=organisation.leader, at=AT), made)

    def floor() -> float:
        return _on_copy(scratch, lambda: _raw(issue), made)

    found = taking_turns({"floor": floor, "product": product}, rounds, warm_up=rounds > 3)
    if len(made) != 1:
        raise RuntimeError("the floor and the product wrote different rows")
    return {
        "cascade_to_floor": found["product"] / found["floor"],
        "cascade_extra_s": found["product"] - found["floor"],
        "cascade_s": found["product"],
        "cascade_floor_s": found["floor"],
    }


def _on_copy(scratch: Scratch, call: Callable[[], object], made: set[tuple[int, ...]]) -> float:
    with scratch.copy():
        for table in WARMED:
            execute(f"SELECT COUNT(*) FROM {table}")
        took = seconds(call)
        made.add(_fingerprint())
        return took


def _fingerprint() -> tuple[int, ...]:
    """Count and sums that differ when the rows do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*), SUM(task_id * 7 + unit_id), SUM(held_by_id), SUM(answers_to_id), MIN(due_on), "
            "MAX(due_on) FROM tasks_assignment"
        )
        return tuple(cursor.fetchone())


def _raw(issue: Issue) -> None:
    """The least that stores these rows: one statement in autocommit, all constraints and indexes in place."""
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


def keep(organisation: Organisation, issue: Issue) -> int:
    """Issue the tasks for good, as the ground of the other figures; returns the number of assignments."""
    actions.issue_tasks(issue.pk, by=organisation.leader, at=AT)
    return Assignment.objects.count()
