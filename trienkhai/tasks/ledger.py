"""The one function that changes what counts of an assignment: state, due day, day of submission.

It closes the present span, moves the tally and writes the rows, in this order, so that counts, past and present can
never tell different stories. Callers hold the rows locked, ordered by id, and have asked the rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tally import ids_sql, shift_counts
from trienkhai.tasks.transitions import BEFORE_PAUSE


class Keep:
    """The value of a field that a change leaves as it is."""


KEEP = Keep()


@dataclass(frozen=True)
class Change:
    """What becomes of the rows. `state` may be `'before'`: the state before the pause.

    percent: 0 to 100. due_on, submitted_on: days; submitted_on None takes the claim back.
    """

    state: str | Keep = KEEP
    due_on: date | Keep = KEEP
    submitted_on: date | Keep | None = KEEP
    percent: int | Keep = KEEP


_READ = (
    *(field.name for field in Assignment._meta.concrete_fields),
    *(f"task__{name}" for name in ("title", "position", "assigner", "document", "issue", "delegates", "answer_rule")),
    *(f"task__document__{name}" for name in ("doc_type", "symbol")),
    *(f"task__assigner__{name}" for name in ("path", "external", "present")),
    *(f"held_by__{name}" for name in ("path", "present", "present__name", "present__short_name", "present__code")),
    *(f"answers_to__{name}" for name in ("path", "present")),
)
"""What actions look at of a locked row: half the time of an approval went into columns that nobody read."""


def lock(ids: Sequence[int]) -> list[Assignment]:
    """The rows, locked in the order of their ids, then read with task and units at hand.

    Not locked and read at once: PostgreSQL leaves a row out of a join when the row it waited for got another holder.
    """
    lock_many(_few(ids))
    rows = Assignment.objects.filter(pk__in=ids).order_by("pk")
    return list(rows.select_related("task__assigner", "task__document", "held_by__present", "answers_to").only(*_READ))


def lock_many(ids: Sequence[int]) -> None:
    """The lock alone, in the order of the ids. On SQLite the transaction itself is one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM "
                "(SELECT id FROM tasks_assignment WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE) locked",
                [list(ids)],
            )


def _few(ids: Sequence[int]) -> list[int]:
    if len(ids) > 500:
        raise ValueError("read up to 500 rows this way; a bulk act works by lock_many")
    return list(ids)


def shift(ids: Sequence[int], change: Change, *, on: date, act: int) -> int:
    """Apply `change` to the assignments on the day `on` under the act; returns how many rows changed.

    Three statements: spans, tally, rows, whatever the number of rows.
    """
    if not ids:
        return 0
    sql, params = _new_values(change)
    params |= {"on": connection.ops.adapt_datefield_value(on), "act": act}
    chosen, chosen_params = ids_sql(ids)
    chosen = chosen.replace("%s", "%(ids)s")
    params["ids"] = chosen_params[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tasks_statespan (assignment_id, state, due_on, submitted_on, from_on, to_on, act) "
            "SELECT a.id, a.state, a.due_on, a.submitted_on, a.since_on, %(on)s, a.act "
            f"FROM tasks_assignment a WHERE a.id {chosen}",
            params,
        )
    shift_counts(ids, state=sql["state"], due_on=sql["due_on"], submitted_on=sql["submitted_on"], params=params)
    with connection.cursor() as cursor:
        cursor.execute(_update(sql, chosen, change), params)
        return int(cursor.rowcount)


def _new_values(change: Change) -> tuple[dict[str, str], dict[str, Any]]:
    """SQL for each new value over the row `a`, and its parameters."""
    params: dict[str, Any] = {}
    sql = {"state": "a.state", "due_on": "a.due_on", "submitted_on": "a.submitted_on", "percent": "a.percent"}
    if change.state == BEFORE_PAUSE:
        sql["state"] = "a.paused_from"
    elif not isinstance(change.state, Keep):
        sql["state"], params["state"] = "%(state)s", str(change.state)
    if not isinstance(change.due_on, Keep):
        sql["due_on"], params["due_on"] = "%(due_on)s", connection.ops.adapt_datefield_value(change.due_on)
    if change.submitted_on is None:
        sql["submitted_on"] = "CAST(NULL AS DATE)"
    elif not isinstance(change.submitted_on, Keep):
        sql["submitted_on"] = "%(submitted_on)s"
        params["submitted_on"] = connection.ops.adapt_datefield_value(change.submitted_on)
    if not isinstance(change.percent, Keep):
        sql["percent"], params["percent"] = "%(percent)s", change.percent
    return sql, params


def _update(sql: dict[str, str], chosen: str, change: Change) -> str:
    plain = {column: value.replace("a.", "") for column, value in sql.items()}
    pause = "state" if change.state == "paused" else "''" if change.state == BEFORE_PAUSE else "paused_from"
    return (
        f"UPDATE tasks_assignment SET paused_from = {pause}, state = {plain['state']}, due_on = {plain['due_on']}, "
        f"submitted_on = {plain['submitted_on']}, percent = {plain['percent']}, since_on = %(on)s, act = %(act)s "
        f"WHERE id {chosen}"
    )
