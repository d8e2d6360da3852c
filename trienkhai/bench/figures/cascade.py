"""Issuing 20 tasks to all units, tally, notices and act included, beside one raw INSERT … SELECT of the same rows."""

from collections.abc import Callable

from django.db import connection

from trienkhai.bench.organisation import Organisation
from trienkhai.bench.scratch import Scratch, execute
from trienkhai.bench.timing import seconds, taking_turns
from trienkhai.bench.work import AT, write_assignments
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Issue

WARMED = ("orgs_unit", "orgs_unitversion", "orgs_post", "tasks_task")


def measure(scratch: Scratch, organisation: Organisation, issue: Issue, rounds: int) -> dict[str, float]:
    """`cascade_to_floor`, `cascade_extra_s`, `cascade_s`, `cascade_floor_s`: medians, each run on a fresh copy."""
    made: set[tuple[int, ...]] = set()

    def product() -> float:
        return _on_copy(scratch, lambda: actions.issue_tasks(issue.pk, by=organisation.leader, at=AT), made)

    def floor() -> float:
        return _on_copy(scratch, lambda: write_assignments(issue), made)

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


def keep(organisation: Organisation, issue: Issue) -> int:
    """Issue the tasks for good, as the ground of the other figures; returns the number of assignments."""
    actions.issue_tasks(issue.pk, by=organisation.leader, at=AT)
    return Assignment.objects.count()
