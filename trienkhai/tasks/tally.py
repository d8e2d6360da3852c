"""The tally in SQL: one statement moves the counts of one assignment or of fifty thousand.

A row is counted at every unit strictly above its holder up to the task's assigner, never above; and always at the
assigner itself, also when that is the holder or stands elsewhere. The ids above a unit are read from its path. All
writes to the tally go through one INSERT … SELECT … ORDER BY depth DESC … ON CONFLICT: a trial found no deadlock that
way, while UPDATE … WHERE unit_id IN (…) locks in index order and met several.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection

from trienkhai.common import paths
from trienkhai.common.paths import MAX_DEPTH, WIDTH
from trienkhai.tasks.models import COUNTED, State

COLUMNS = (*COUNTED, "extended")
_LEVELS = "levels(n) AS (VALUES " + ", ".join(f"({n})" for n in range(1, MAX_DEPTH + 1)) + ")"
_ID_AT = f"CAST(substr(%(path)s, (n - 1) * {WIDTH} + 1, {WIDTH}) AS BIGINT)"
_CONFLICT = "ON CONFLICT (unit_id, task_id, due_on) DO UPDATE SET " + ", ".join(
    f"{column} = tasks_tally.{column} + excluded.{column}" for column in COLUMNS
)


def _counts(state: str, submitted: str, due: str, first: str) -> dict[str, str]:
    """Each column of the tally as a condition on one row's state, day of submission and due days."""
    conditions = {
        column: f"{state} = '{column}'" for column in ("assigned", "acknowledged", "in_progress", "returned", "paused")
    }
    for name, kept in (("submitted", State.SUBMITTED), ("done", State.DONE)):
        in_time, late = (name, f"{name}_late") if name == "submitted" else ("done_on_time", "done_late")
        conditions[in_time] = f"{state} = '{kept.value}' AND {submitted} <= {due}"
        conditions[late] = f"{state} = '{kept.value}' AND {submitted} > {due}"
    conditions["extended"] = f"{state} <> '{State.WITHDRAWN.value}' AND {due} <> {first}"
    return {column: conditions[column] for column in COLUMNS}


_SUMS = ", ".join(
    f"SUM(CASE WHEN {condition} THEN w ELSE 0 END)" for condition in _counts("s", "m", "due_on", "f").values()
)
_INSIDE = "substr(path, 1, length(top)) = top AND length(path) > length(top)"
_COUNTED_AT = (
    f"SELECT {_ID_AT % {'path': 'path'}} AS unit_id, n AS depth, flow.* FROM flow CROSS JOIN levels "
    f"WHERE {_INSIDE} AND n * {WIDTH} >= length(top) AND n * {WIDTH} < length(path) "
    f"UNION ALL SELECT assigner, length(top) / {WIDTH}, flow.* FROM flow WHERE NOT ({_INSIDE})"
)
_GIVEN = "JOIN tasks_task t ON t.id = a.task_id JOIN orgs_unit g ON g.id = t.assigner_id"
_FROM = f"FROM tasks_assignment a JOIN orgs_unit h ON h.id = a.held_by_id {_GIVEN}"
_GROUPED = (
    f"SELECT unit_id, task_id, due_on, {_SUMS} FROM ({_COUNTED_AT}) AS counted_at "
    "GROUP BY unit_id, depth, task_id, due_on"
)
_INTO = f"INSERT INTO tasks_tally (unit_id, task_id, due_on, {', '.join(COLUMNS)})"


def ids_sql(ids: Sequence[int]) -> tuple[str, list[Any]]:
    """`IN (…)` for any number of ids as one parameter, on both databases."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)", [list(ids)]
    return "IN (SELECT value FROM json_each(%s))", ["[" + ",".join(map(str, ids)) + "]"]


def shift_counts(ids: Sequence[int], *, state: str, due_on: str, submitted_on: str, params: dict[str, Any]) -> None:
    """Take the rows' counts away as they stand and add them as they will be; call it before the rows are written.

    state, due_on, submitted_on: SQL for the new values, over the row `a` (`a.state` for an unchanged one), with named
    parameters in `params`. One statement, locking from the leaves to the root.
    """
    chosen, chosen_params = ids_sql(ids)
    chosen = chosen.replace("%s", "%(ids)s")
    sql = (
        f"WITH {_LEVELS}, moved AS (SELECT h.path, g.path AS top, g.id AS assigner, a.task_id, a.first_due_on AS f, "
        f"a.state AS s0, a.due_on AS d0, a.submitted_on AS m0, {state} AS s1, {due_on} AS d1, {submitted_on} AS m1 "
        f"{_FROM} WHERE a.id {chosen}), "
        "flow AS (SELECT path, top, assigner, task_id, f, s0 AS s, d0 AS due_on, m0 AS m, -1 AS w FROM moved "
        "UNION ALL SELECT path, top, assigner, task_id, f, s1, d1, m1, 1 FROM moved) "
        f"{_INTO} {_GROUPED} ORDER BY depth DESC, unit_id, task_id, due_on {_CONFLICT}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params | {"ids": chosen_params[0]})


def count_new(task_ids: Sequence[int], units_sql: str, units_params: Sequence[Any], assigner_path: str) -> None:
    """Count fresh assignments of each task to each selected unit, from the units alone.

    units_sql: a SELECT of (id, path). The numbers per unit above are made once and written for every task.
    """
    chosen, chosen_params = ids_sql(task_ids)
    assigner = int(assigner_path[-WIDTH:])
    zeros = ", ".join("0" for _column in COLUMNS[1:])
    at = _ID_AT % {"path": "path"}
    inside = "substr(path, 1, %s) = %s AND length(path) > %s"
    size = len(assigner_path)
    sql = (
        f"WITH {_LEVELS}, chosen(id, path) AS MATERIALIZED ({units_sql}), per AS ("
        f"SELECT {at} AS unit_id, n AS depth, COUNT(*) AS c FROM chosen CROSS JOIN levels "
        f"WHERE {inside} AND n * {WIDTH} >= %s AND n * {WIDTH} < length(path) GROUP BY 1, 2 "
        f"UNION ALL SELECT %s, %s, COUNT(*) FROM chosen WHERE NOT ({inside}) HAVING COUNT(*) > 0), "
        "summed AS (SELECT unit_id, depth, SUM(c) AS c FROM per GROUP BY unit_id, depth) "
        f"{_INTO} SELECT unit_id, t.id, t.due_on, c, {zeros} FROM summed CROSS JOIN tasks_task t WHERE t.id {chosen} "
        f"ORDER BY depth DESC, unit_id, t.id, t.due_on {_CONFLICT}"
    )
    params = [*units_params, size, assigner_path, size, size, assigner, size // WIDTH, size, assigner_path, size]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *chosen_params])


def count_rows(ids: Sequence[int], weight: int) -> None:
    """Add (+1) or take away (−1) the counts of rows as they stand: for occurrences, and for units that move."""
    chosen, chosen_params = ids_sql(ids)
    sql = (
        f"WITH {_LEVELS}, flow AS (SELECT h.path, g.path AS top, g.id AS assigner, a.task_id, a.first_due_on AS f, "
        f"a.state AS s, a.due_on, a.submitted_on AS m, CAST(%s AS INTEGER) AS w {_FROM} WHERE a.id {chosen}) "
        f"{_INTO} {_GROUPED} ORDER BY depth DESC, unit_id, task_id, due_on {_CONFLICT}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [weight, *chosen_params])


def count_moved(old: str, new: str) -> None:
    """Let the rows of a branch be counted where it stands now and no longer where it stood, its paths being rewritten.

    old, new: path of its top before and after. Whether a row held in the branch is counted elsewhere can change only if
    a unit above the old or the new place gave it: one statement reads those rows twice, by their holder's path then and
    now, and writes the sums that differ. Cost: linear in the rows that units of the branch hold.
    """
    above, params = ids_sql(sorted({*paths.ids(old)[:-1], *paths.ids(new)[:-1]}))
    moved = (
        "SELECT h.path AS now, CAST(%s AS TEXT) || substr(h.path, %s) AS before, g.path AS top, g.id AS assigner, "
        f"a.task_id, a.first_due_on AS f, a.state AS s, a.due_on, a.submitted_on AS m {_FROM} "
        f"WHERE h.path >= %s AND h.path < %s AND t.assigner_id {above}"
    )
    row = "top, assigner, task_id, f, s, due_on, m"
    differs = " OR ".join(f"{column} <> 0" for column in COLUMNS)
    sql = (
        f"WITH {_LEVELS}, moved AS ({moved}), flow AS (SELECT before AS path, {row}, -1 AS w FROM moved "
        f"UNION ALL SELECT now, {row}, 1 FROM moved), "
        f"sums(unit_id, depth, task_id, due_on, {', '.join(COLUMNS)}) AS (SELECT unit_id, MAX(depth), task_id, due_on, "
        f"{_SUMS} FROM ({_COUNTED_AT}) AS counted_at GROUP BY unit_id, task_id, due_on) "
        f"{_INTO} SELECT unit_id, task_id, due_on, {', '.join(COLUMNS)} FROM sums WHERE {differs} "
        f"ORDER BY depth DESC, unit_id, task_id, due_on {_CONFLICT}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [old, len(new) + 1, new, paths.next_path(new), *params])


def counts_on(day: date, unit: int | None = None) -> Iterator[tuple[int, date, dict[str, int]]]:
    """(unit, due day, {column: count}) at the end of a past day, for every unit that then counted anything.

    A row counts with the state, due day and day of submission it had that day, from its span or as it stands since; at
    the units that stood that day above who then held it, up to the one that had then given it (`Task.continues`).
    unit: limits to one. One query for all units.
    """
    seen = (
        "SELECT id, state, due_on, submitted_on FROM tasks_assignment WHERE issued_on <= %(on)s AND since_on <= %(on)s "
        "UNION ALL SELECT p.assignment_id, p.state, p.due_on, p.submitted_on FROM tasks_statespan p "
        "JOIN tasks_assignment b ON b.id = p.assignment_id "
        "WHERE b.issued_on <= %(on)s AND b.since_on > %(on)s AND p.from_on <= %(on)s AND p.to_on > %(on)s"
    )
    later = (
        "SELECT k.assignment_id, k.unit_id FROM tasks_pastholder k WHERE k.to_on > %(on)s AND NOT EXISTS ("
        "SELECT 1 FROM tasks_pastholder e WHERE e.assignment_id = k.assignment_id AND e.to_on > %(on)s "
        "AND (e.to_on < k.to_on OR (e.to_on = k.to_on AND e.id < k.id)))"
    )
    chain = (
        "SELECT t.id, t.id, t.assigner_id, t.continues_id FROM tasks_task t WHERE t.continues_id IS NOT NULL "
        "UNION ALL SELECT c.task_id, p.id, p.assigner_id, p.continues_id FROM chain c "
        "JOIN tasks_task p ON p.id = c.earlier_id JOIN orgs_unit u ON u.id = p.assigner_id WHERE u.closed_on > %(on)s"
    )
    first = "SELECT c.task_id, c.assigner_id FROM chain c WHERE NOT EXISTS (SELECT 1 FROM chain e WHERE "
    first += "e.task_id = c.task_id AND e.at_id = c.earlier_id)"
    held = (
        "FROM tasks_assignment a LEFT JOIN later ON later.assignment_id = a.id "
        "JOIN orgs_unit h ON h.id = COALESCE(later.unit_id, a.held_by_id) JOIN tasks_task t ON t.id = a.task_id "
        "LEFT JOIN first ON first.task_id = t.id JOIN orgs_unit g ON g.id = COALESCE(first.assigner_id, t.assigner_id)"
    )
    one = "" if unit is None else "WHERE unit_id = %(unit)s "
    place = (
        "LEFT JOIN orgs_unitplace {0}p ON {0}p.unit_id = {0}.id "
        "AND {0}p.valid_from <= %(on)s AND {0}p.valid_to > %(on)s"
    )
    sql = (
        f"WITH RECURSIVE {_LEVELS}, chain(task_id, at_id, assigner_id, earlier_id) AS ({chain}), first AS ({first}), "
        f"seen AS ({seen}), later AS ({later}), flow AS (SELECT COALESCE(hp.path, h.path) AS path, "
        "COALESCE(gp.path, g.path) AS top, g.id AS assigner, a.task_id, a.first_due_on AS f, seen.state AS s, "
        f"seen.due_on, seen.submitted_on AS m, 1 AS w {held} JOIN seen ON seen.id = a.id {place.format('h')} "
        f"{place.format('g')} WHERE seen.state <> '{State.WITHDRAWN.value}') "
        f"SELECT unit_id, due_on, {_SUMS} FROM ({_COUNTED_AT}) AS counted_at {one}GROUP BY unit_id, due_on"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"on": connection.ops.adapt_datefield_value(day), "unit": unit})
        for found, due_on, *counts in cursor:
            due = date.fromisoformat(due_on) if isinstance(due_on, str) else due_on
            yield int(found), due, dict(zip(COLUMNS, map(int, counts), strict=True))


def recount(limit: int = 50) -> list[tuple[int, int, date | str, dict[str, tuple[int, int]]]]:
    """Where the stored tally differs from a full count of the assignments: (unit, task, due day, {column: (stored,
    true)}).

    At most `limit` places. Rows of nothing but zeros equal absent rows. Cost: one full GROUP BY, no join:
    SQLite took time with the square of the rows for a FULL OUTER JOIN of the two sides.
    """
    true = (
        f"WITH {_LEVELS}, flow AS (SELECT h.path, g.path AS top, g.id AS assigner, a.task_id, a.first_due_on AS f, "
        f"a.state AS s, a.due_on, a.submitted_on AS m, 1 AS w {_FROM}), "
        f"counted(unit_id, task_id, due_on, {', '.join(COLUMNS)}) AS ({_GROUPED}) "
    )
    names, zeros = ", ".join(COLUMNS), ", ".join("0" for _column in COLUMNS)
    stored = ", ".join(f"{column} AS k_{column}" for column in COLUMNS)
    unstored = ", ".join(f"0 AS c_{column}" for column in COLUMNS)
    pairs = ", ".join(f"SUM(k_{column}), SUM(c_{column})" for column in COLUMNS)
    differ = " OR ".join(f"SUM(k_{column}) <> SUM(c_{column})" for column in COLUMNS)
    sql = (
        f"{true}, sides AS (SELECT unit_id, task_id, due_on, {stored}, {unstored} FROM tasks_tally "
        f"UNION ALL SELECT unit_id, task_id, due_on, {zeros}, {names} FROM counted) "
        f"SELECT unit_id, task_id, due_on, {pairs} FROM sides "
        f"GROUP BY unit_id, task_id, due_on HAVING {differ} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [limit])
        return [_difference(row) for row in cursor.fetchall()]


def _difference(row: tuple[Any, ...]) -> tuple[int, int, date | str, dict[str, tuple[int, int]]]:
    found = {
        column: (int(row[3 + 2 * index]), int(row[4 + 2 * index]))
        for index, column in enumerate(COLUMNS)
        if row[3 + 2 * index] != row[4 + 2 * index]
    }
    return row[0], row[1], row[2], found


def negatives() -> int:
    """How many tally rows hold a number below zero: none, unless something went wrong."""
    below = " OR ".join(f"{column} < 0" for column in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM tasks_tally WHERE {below}")
        return int(cursor.fetchone()[0])
