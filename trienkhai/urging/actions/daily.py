"""The daily run: every step of every ladder that is due, and what is silent, in a few statements for any number of
rows.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from trienkhai.audit.actions import SYSTEM, record
from trienkhai.common import paths
from trienkhai.common.locks import Turn, takes_turn
from trienkhai.norms.queries import days_off, value
from trienkhai.notices.actions import day_sql, json_object_sql, tell_selected
from trienkhai.orgs.models import Role
from trienkhai.tasks.models import HOLDERS_TURN
from trienkhai.urging.ladder import FOCUS, RECURRING, Due, To, horizon, steps_due
from trienkhai.urging.models import Run, Silence, Urge
from trienkhai.urging.queries import ladders_on, sense_on, silent_rows, worked_around

HOLDERS = (Role.FOCAL, Role.SECRETARY)
GUIDES = (Role.OFFICER, Role.LEADER)
READERS = {
    To.HOLDER: ("a.held_by_id", HOLDERS),
    To.HEAD: ("a.held_by_id", (Role.LEADER,)),
    To.ABOVE: ("a.answers_to_id", GUIDES),
    To.ASSIGNER: ("t.assigner_id", GUIDES),
}
"""Who is told by a step: at which unit, in which posts."""
NOT_RESTING = (
    "NOT EXISTS (SELECT 1 FROM tasks_request q WHERE q.assignment_id = a.id AND q.outcome = 'open') "
    "AND NOT EXISTS (SELECT 1 FROM tasks_wait w WHERE w.assignment_id = a.id AND w.ended_on IS NULL) "
    "AND COALESCE((SELECT r.bottleneck FROM tasks_progressreport r WHERE r.assignment_id = a.id "
    "ORDER BY r.at DESC, r.id DESC LIMIT 1), '') = ''"
)
TITLE = "CASE WHEN n = 1 THEN title END"
"""Of several tasks no notice keeps a title, which it could not forget when a document is locked away."""
BATCH = 10_000


@transaction.atomic
def urge(*, on: date, at: datetime) -> int | None:
    """Take the steps that are due on the working day `on` and name what is silent; returns how many assignments.

    None when there is nothing to do: on a day off, when that day or a later one was run, or when another worker is at
    it. Missed days are caught up as far as their steps still have sense. One transaction with one act; in Python only
    the ids pass by, in batches, for the digest.
    """
    if on in days_off(on, on) or not takes_turn(Turn.URGING) or Run.objects.filter(on__gte=on).exists():
        return None
    run = Run.objects.create(on=on, at=at)
    for portion in _portions(on):
        _take_steps(run, portion)
    _name_silent(run, on)
    counts, digest = _told_by(run)
    steps = [f"{step}: {number}" for step, number in sorted(counts.items())]
    day, total = f"{on:%d/%m/%Y}", counts.total()
    act = record("urging.run", by=SYSTEM, at=at, label=day, count=total, digest=digest, on=str(on), steps=steps)
    Run.objects.filter(pk=run.pk).update(act=act.pk)
    for to in To:
        _tell(run, to, act.pk, at)
    _tell_silent(run, on, act.pk, at)
    return total


@dataclass(frozen=True)
class Portion:
    """The steps that one ladder sends for one kind of duty, to what is given within `place` but not in `inside`, where
    other ladders hold.
    """

    place: str
    inside: tuple[str, ...]
    kind: str
    kinds: frozenset[str]
    due: list[Due]

    def sql(self) -> tuple[str, list[Any]]:
        """Condition on the task `t` and its assigner `g`."""
        conditions, params = [self._kind_sql()], list[Any]()
        if self.place:
            conditions.append("g.path >= %s AND g.path < %s")
            params += [self.place, paths.next_path(self.place)]
        for place in self.inside:
            conditions.append("NOT (g.path >= %s AND g.path < %s)")
            params += [place, paths.next_path(place)]
        return " AND ".join(conditions), params

    def _kind_sql(self) -> str:
        """A task of a focus goes by the ladder of focuses where there is one, what recurs by its own, the rest as
        given once.
        """
        focus = "t.focus_id IS NOT NULL" if FOCUS in self.kinds else "FALSE"
        recurring = "t.recurrence <> ''" if RECURRING in self.kinds else "FALSE"
        if self.kind == FOCUS:
            return focus
        return f"NOT ({focus}) AND {recurring if self.kind == RECURRING else f'NOT ({recurring})'}"


def _portions(on: date) -> Iterator[Portion]:
    ladders, sense = ladders_on(on), sense_on(on)
    places = [ladder.place for ladder in ladders]
    for ladder in ladders:
        inside = tuple(place for place in places if place != ladder.place and place.startswith(ladder.place))
        for kind, steps in ladder.steps.items():
            due = list(steps_due(steps, on, worked_around(on, horizon(steps, sense)), sense))
            if due:
                yield Portion(ladder.place, inside, kind, frozenset(ladder.steps), due)


def _take_steps(run: Run, portion: Portion) -> None:
    """One INSERT … SELECT. A step that had come before the work was given is not taken."""
    adapt = connection.ops.adapt_datefield_value
    rows = ", ".join(["(%s, %s, %s)"] * len(portion.due))
    values = [part for due in portion.due for part in (adapt(due.due_on), due.step.name, adapt(due.falls_on))]
    chosen, params = portion.sql()
    states = ", ".join(f"'{state}'" for state in HOLDERS_TURN)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH due (due_on, step, falls_on) AS (VALUES {rows}) "
            "INSERT INTO urging_urge (assignment_id, due_on, step, run_id) "
            "SELECT a.id, a.due_on, due.step, %s FROM due JOIN tasks_assignment a ON a.due_on = due.due_on "
            "JOIN tasks_task t ON t.id = a.task_id JOIN orgs_unit g ON g.id = t.assigner_id "
            f"WHERE a.state IN ({states}) AND a.issued_on < due.falls_on AND {chosen} AND {NOT_RESTING} "
            "ORDER BY a.id, due.step ON CONFLICT DO NOTHING",
            [*values, run.pk, *params],
        )


def _name_silent(run: Run, on: date) -> None:
    sql, params = silent_rows(on).values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO urging_silence (assignment_id, told_on, run_id) "
            f"SELECT a.id, %s, %s FROM tasks_assignment a WHERE a.id IN ({sql}) ORDER BY a.id ON CONFLICT DO NOTHING",
            [connection.ops.adapt_datefield_value(on), run.pk, *params],
        )


def _told_by(run: Run) -> tuple[Counter[str], str]:
    """How many rows by step, and SHA-256 over (assignment, due day, step) in order; read in batches."""
    counts, digest = Counter[str](), hashlib.sha256()
    urges = Urge.objects.filter(run=run).order_by("assignment", "step").values_list("assignment", "due_on", "step")
    for pk, due_on, step in urges.iterator(chunk_size=BATCH):
        counts[step] += 1
        digest.update(f"{pk} {due_on} {step}\n".encode())
    silent = Silence.objects.filter(run=run).order_by("assignment").values_list("assignment", flat=True)
    for pk in silent.iterator(chunk_size=BATCH):
        counts["silent"] += 1
        digest.update(f"{pk} silent\n".encode())
    return counts, digest.hexdigest()


def _tell(run: Run, to: To, act: int, at: datetime) -> None:
    """One notice to each unit for each due day: of one assignment by its name, of several by their number."""
    unit, roles = READERS[to]
    sql = (
        f"SELECT {unit} AS unit_id, u.due_on, COUNT(*) AS n, MIN(a.id) AS first_id, MIN(t.title) AS title "
        "FROM urging_urge u JOIN tasks_assignment a ON a.id = u.assignment_id JOIN tasks_task t ON t.id = a.task_id "
        f"WHERE u.run_id = %s AND u.step LIKE %s GROUP BY {unit}, u.due_on"
    )
    params = json_object_sql(count="n", task=TITLE, due=day_sql("due_on"))
    address = f"{reverse('urging:run', args=[run.pk])}?den={to}&don-vi="
    tell_selected(
        f"SELECT unit_id, {_kind(f'urge_{to}')} AS kind, {params} AS params, CASE WHEN n = 1 THEN {_one()} "
        f"ELSE '{address}' || unit_id || '&han=' || due_on END AS url FROM ({sql}) g",
        [run.pk, f"{to}%"],
        roles,
        at=at,
        act=act,
        instead=Role.LEADER if to == To.HOLDER else "",
    )


def _tell_silent(run: Run, on: date, act: int, at: datetime) -> None:
    days = int(value("silent_days", on=on, default=30))
    sql = (
        "SELECT a.held_by_id AS unit_id, COUNT(*) AS n, MIN(a.id) AS first_id, MIN(t.title) AS title "
        "FROM urging_silence s JOIN tasks_assignment a ON a.id = s.assignment_id JOIN tasks_task t ON t.id = a.task_id "
        "WHERE s.run_id = %s GROUP BY a.held_by_id"
    )
    address = f"{reverse('urging:run', args=[run.pk])}?den=silent&don-vi="
    tell_selected(
        f"SELECT unit_id, {_kind('silent')} AS kind, {json_object_sql(count='n', task=TITLE, days=str(days))} "
        f"AS params, CASE WHEN n = 1 THEN {_one()} ELSE '{address}' || unit_id END AS url FROM ({sql}) g",
        [run.pk],
        HOLDERS,
        at=at,
        act=act,
        instead=Role.LEADER,
    )


def _kind(name: str) -> str:
    return f"CASE WHEN n = 1 THEN '{name}' ELSE '{name}_many' END"


def _one() -> str:
    """SQL for the address of the assignment `first_id`."""
    before, _zero, after = reverse("tasks:assignment", args=[0]).rpartition("0")
    return f"'{before}' || first_id || '{after}'"
