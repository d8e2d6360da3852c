"""Open work that changes hands or moves with its unit: the counts go along, the unit that approves follows its rule."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from trienkhai.audit.actions import Actor, record
from trienkhai.common import paths
from trienkhai.orgs import journal
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import Carrier, Ending, Move, TakenBack
from trienkhai.tasks import ending, ending_coordination
from trienkhai.tasks.answering import set_answers_to
from trienkhai.tasks.continuing import GIVEN, ISSUES, carry_given
from trienkhai.tasks.ledger import lock_many
from trienkhai.tasks.models import OPEN_STATES, Assignment, PastHolder, State, StateSpan, Tally, Task
from trienkhai.tasks.tally import COLUMNS, count_rows, ids_sql
from trienkhai.tasks.withdrawing import withdraw_all


def hand_over(ids: Sequence[int], unit: Unit, *, on: date, act: int) -> None:
    """Let another unit hold these locked assignments from that day; `Assignment.unit`, who was given it, stays. The
    person responsible was one of the former holder's.
    """
    count_rows(ids, -1)
    held = Assignment.objects.filter(pk__in=ids).values_list("pk", "held_by")
    past = PastHolder.objects.bulk_create(
        PastHolder(assignment_id=pk, unit_id=holder, to_on=on, act=act) for pk, holder in held
    )
    journal.created(past)
    journal.touch(Assignment.objects.filter(pk__in=ids))
    Assignment.objects.filter(pk__in=ids).update(held_by=unit, person=None, act=act)
    set_answers_to(ids)
    count_rows(ids, 1)


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
    if ids:
        still_open = Assignment.objects.filter(pk__in=ids, state__in=OPEN_STATES)
        journal.touch(still_open)
        set_answers_to(list(still_open.values_list("pk", flat=True)))
        _count_anew(_task_ids(ids))


def _count_anew(tasks: list[int]) -> None:
    """Make the tally of these tasks from their rows."""
    rows = list(Assignment.objects.filter(task__in=tasks).order_by("pk").values_list("pk", flat=True))
    zero = ", ".join(f"{column} = 0" for column in COLUMNS)
    with connection.cursor() as cursor:
        chosen, params = ids_sql(tasks)
        cursor.execute(f"UPDATE tasks_tally SET {zero} WHERE task_id {chosen}", params)
    count_rows(rows, 1)


def _carry_ending(end: Ending, by: Actor, at: datetime) -> None:
    """First what the unit holds, then what it gave, its plans, and what others wait for."""
    if ending.WORK.closes(end):
        withdraw_all(ending.held(end), end, by, at)
    lock_many(ending.WORK.ids(end))
    for heir, ids in ending.WORK.shares(end):
        act = record("assignments.succeeded", heir, by=by, at=at, count=len(ids), unit_path=heir.path)
        hand_over(ids, heir, on=end.on, act=act.pk)
    carry_given(end, by, at)
    ending.carry_plans(end)
    ending_coordination.carry(end, by)


def _settle(taken: TakenBack) -> None:
    """After a reorganisation was taken back: work that it had withdrawn is as before since that day, with a span of no
    length for the withdrawal; the counts are made anew."""
    changed = taken.changed.get(Assignment, {})
    withdrawn = [pk for pk, before in changed.items() if "state" in before]
    rows = Assignment.objects.filter(pk__in=withdrawn)
    StateSpan.objects.bulk_create(
        StateSpan(assignment=row, state=State.WITHDRAWN, due_on=row.due_on, from_on=taken.on, to_on=taken.on,
                  act=taken.act)
        for row in rows.order_by("pk")
    )  # fmt: skip
    rows.update(since_on=taken.on, act=taken.act)
    made_units, made_tasks = taken.made.get(Unit, []), taken.made.get(Task, [])
    Tally.objects.filter(Q(unit__in=made_units) | Q(task__in=made_tasks)).delete()
    moved = [pk for pk, before in taken.changed.get(Unit, {}).items() if "path" in before]
    rows = Assignment.objects.filter(Q(pk__in=list(changed)) | Q(held_by__in=moved) | Q(task__assigner__in=moved))
    _count_anew(sorted(set(rows.values_list("task", flat=True)) | set(taken.changed.get(Task, {}))))


carrier = Carrier(
    "tasks",
    count=_count,
    hold=_hold,
    carry=_carry,
    kinds=(
        ending.WORK, GIVEN, ISSUES, ending.PROGRAMMES, ending.ITEMS, ending.FOCUSES, *ending_coordination.KINDS,
    ),
    needs_decision=ending.needs_decision,
    carry_ending=_carry_ending,
    settle=_settle,
    derived=(Tally,),
)  # fmt: skip
