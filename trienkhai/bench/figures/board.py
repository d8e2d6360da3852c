"""The root's board: how many queries, and how long its figures take beside a live GROUP BY of the same sheet."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.bench.organisation import TODAY, Organisation
from trienkhai.bench.timing import seconds, taking_turns
from trienkhai.common import paths
from trienkhai.dashboards.queries.board import board_of, total
from trienkhai.tasks.queries import cells_by_source, cells_of, due_soon_day, heat_map

ROUNDS = 15


def measure(organisation: Organisation) -> dict[str, float]:
    """`root_queries`, `root_read_to_recount` (the cells and percentages), `heat_map_to_recount`, and the seconds."""
    root, soon = organisation.root, due_soon_day(TODAY)
    with CaptureQueriesContext(connection) as captured:
        board = board_of(root, TODAY)
    if board.cells.total != _recount(organisation):
        raise RuntimeError("the board and a recount differ")
    found = taking_turns(
        {
            "cells": lambda: seconds(lambda: cells_of(root, on=TODAY, soon=soon)),
            "sources": lambda: seconds(lambda: total(cells_by_source(root, on=TODAY, soon=soon).values())),
            "heat": lambda: seconds(lambda: heat_map(root, on=TODAY, soon=soon)),
            "board": lambda: seconds(lambda: board_of(root, TODAY)),
            "recount": lambda: seconds(lambda: _recount(organisation)),
        },
        ROUNDS,
    )
    return {
        "root_queries": len(captured),
        "root_read_to_recount": found["sources"] / found["recount"],
        "heat_map_to_recount": found["heat"] / found["recount"],
        "root_cells_to_recount": found["cells"] / found["recount"],
        "root_read_s": found["sources"],
        "heat_map_s": found["heat"],
        "board_s": found["board"],
        "recount_s": found["recount"],
    }


def _recount(organisation: Organisation) -> int:
    """The sheet counted from the assignments of the root held in its branch; returns the denominator."""
    root = organisation.root
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.state, a.due_on, a.submitted_on <= a.due_on, a.due_on <> a.first_due_on, COUNT(*) "
            "FROM tasks_assignment a JOIN orgs_unit h ON h.id = a.held_by_id JOIN tasks_task t ON t.id = a.task_id "
            "WHERE h.path >= %s AND h.path < %s AND t.assigner_id = %s AND a.state <> 'withdrawn' GROUP BY 1, 2, 3, 4",
            [root.path, paths.next_path(root.path or ""), root.pk],
        )
        return sum(row[4] for row in cursor.fetchall())
