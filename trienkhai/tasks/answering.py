"""Which unit an assignment answers to, by its rule and the present places."""

from collections.abc import Sequence

from django.db import connection

from trienkhai.common.paths import WIDTH
from trienkhai.tasks.tally import ids_sql

ANSWERS_TO = (
    "CASE WHEN {task}.answer_rule = 'by_level' AND substr({unit}.path, 1, length({top}.path)) = {top}.path "
    f"AND length({{unit}}.path) > length({{top}}.path) + {WIDTH} "
    f"THEN CAST(substr({{unit}}.path, length({{top}}.path) + 1, {WIDTH}) AS BIGINT) ELSE {{task}}.assigner_id END"
)
"""SQL for the unit an assignment answers to: by level the assigner's direct subordinate above the holder, else the
assigner.
"""


def set_answers_to(ids: Sequence[int]) -> None:
    """Make the answer of the rows anew."""
    chosen, params = ids_sql(ids)
    rule = ANSWERS_TO.format(task="t", unit="h", top="g")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE tasks_assignment SET answers_to_id = (SELECT {rule} FROM tasks_task t, orgs_unit h, orgs_unit g "
            "WHERE t.id = tasks_assignment.task_id AND h.id = tasks_assignment.held_by_id AND g.id = t.assigner_id) "
            f"WHERE id {chosen}",
            params,
        )
