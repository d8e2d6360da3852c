"""Open work that changes hands or moves with its unit: the counts go along, the unit that approves follows its rule."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from trienkhai.audit.actions import Actor, record
from trienkhai.common import paths
from trienkhai.common.paths import WIDTH
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import Carrier, Ending, Move
from trienkhai.tasks import ending
from trienkhai.tasks.ledger import lock_many
from trienkhai.tasks.models import OPEN_STATES, Assignment, PastHolder, State
from trienkhai.tasks.tally import COLUMNS, count_rows, ids_sql

ANSWERS_TO = (
    "CASE WHEN {task}.answer_rule = 'by_level' AND substr({unit}.path, 1, length({top}.path)) = {top}.path "
    f"AND length({{unit}}.path) > length({{top}}.path) + {WIDTH} "
    f"THEN CAST(substr({{unit}}.path, length({{top}}.path) + 1, {WIDTH}) AS BIGINT) ELSE {{task}}.assigner_id END"
)
"""SQL for the unit an assignment answers to: by level the assigner's direct subordinate above the holder, else the
assigner.
"""


def hand_over(ids: Sequence[int], unit: Unit, *, on: date, act: int) -> None:
    """Let another unit hold these locked assignments from that day; `Assignment.unit`, who was given it, stays. The
    person responsible was one of the former holder's.
    """
    count_rows(ids, -1)
    held = Assignment.objects.filter(pk__in=ids).values_list("pk", "held_by")
    PastHolder.objects.bulk_create(
        PastHolder(assignment_id=pk, unit_id=holder, to_on=on, act=act) for pk, holder in held
    )
    Assignment.objects.filter(pk__in=ids).update(held_by=unit, person=None, act=act)
    _set_answers_to(ids)
    count_rows(ids, 1)


def _set_answers_to(ids: Sequence[int]) -> None:
    chosen, params = ids_sql(ids)
    rule = ANSWERS_TO.format(task="t", unit="h", top="g")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE tasks_assignment SET answers_to_id = (SELECT {rule} FROM tasks_task t, orgs_unit h, orgs_unit g "
            "WHERE t.id = tasks_assignment.task_id AND h.id = tasks_assignment.held_by_id AND g.id = t.assigner_id) "
            f"WHERE id {chosen}",
            params,
        )


def _concerned(path: str) -> list[int]:
    rows = Assignment.objects.filter(paths.within(path, "held_by__path")).exclude(state=State.WITHDRAWN)
    given = Assignment.objects.filter(paths.within(path, "task__assigner__path")).exclude(state=State.WITHDRAWN)
    return sorted(set(rows.values_list("pk", flat=True)) | set(given.values_list("pk", flat=True)))


def _count(move: Move) -> dict[str, int]:
    rows = Assignment.objects.filter(paths.within(move.new_path, "held_by__path"), state__in=OPEN_STATES)
    return {"assignments": rows.count()}


def _task_ids(ids: Sequence[int]) -> list[int]:
    return sorted(set(Assignment.objects.filter(pk__in=ids).values_list("task", flat=True)))


def _hold(move: Move) -> None:
    tasks = _task_ids(_concerned(move.old_path))
    lock_many(list(Assignment.objects.filter(task__in=tasks).values_list("pk", flat=True)))


def _carry(move: Move, by: Actor, at: datetime) -> None:
    """Make the tally of every task concerned anew from the rows; done work moves too, the past is in spans and sheets.

    Called after the paths were rewritten. `answers_to` changes for open rows only.
    """
    ids = _concerned(move.new_path)
    if not ids:
        return
    task_ids = _task_ids(ids)
    rows = list(Assignment.objects.filter(task__in=task_ids).order_by("pk").values_list("pk", flat=True))
    zero = ", ".join(f"{column} = 0" for column in COLUMNS)
    with connection.cursor() as cursor:
        chosen, params = ids_sql(task_ids)
        cursor.execute(f"UPDATE tasks_tally SET {zero} WHERE task_id {chosen}", params)
    _set_answers_to(list(Assignment.objects.filter(pk__in=ids, state__in=OPEN_STATES).values_list("pk", flat=True)))
    count_rows(rows, 1)


def _carry_ending(end: Ending, by: Actor, at: datetime) -> None:
    """Its open assignments are held by the successor from that day; its programmes and focuses become that unit's."""
    rows = Assignment.objects.filter(held_by=end.unit, state__in=OPEN_STATES)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    if ids:
        lock_many(ids)
        act = record("assignments.succeeded", end.successor, by=by, at=at, count=len(ids), unit_path=end.successor.path)
        hand_over(ids, end.successor, on=end.on, act=act.pk)
    ending.carry_plans(end)


carrier = Carrier(
    "tasks",
    count=_count,
    hold=_hold,
    carry=_carry,
    count_ending=ending.count,
    needs_decision=ending.needs_decision,
    carry_ending=_carry_ending,
)
