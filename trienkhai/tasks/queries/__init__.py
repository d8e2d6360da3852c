"""Questions about tasks: the sheet of four cells and its tables (`sheets`), lists and the history of one row
(`lists`)."""

from trienkhai.tasks.queries.lists import (
    chain_of,
    clause_progress,
    count_up_to,
    due_soon_day,
    history_of,
    my_queue,
    open_children,
    silent_filter,
    silent_since,
    steps_without_approver,
)
from trienkhai.tasks.queries.past import sheet_as_of
from trienkhai.tasks.queries.reading import JudgedTasks, judged_tasks
from trienkhai.tasks.queries.sheets import (
    Cells,
    cell_filter,
    cells_by_child,
    cells_by_source,
    cells_of,
    counted_at,
    heat_map,
    judged_by_first_due,
    own_cells,
    sheets_on,
)

__all__ = [
    "Cells",
    "JudgedTasks",
    "cell_filter",
    "cells_by_child",
    "cells_by_source",
    "cells_of",
    "chain_of",
    "clause_progress",
    "count_up_to",
    "counted_at",
    "due_soon_day",
    "heat_map",
    "history_of",
    "judged_by_first_due",
    "judged_tasks",
    "my_queue",
    "open_children",
    "own_cells",
    "sheet_as_of",
    "sheets_on",
    "silent_filter",
    "silent_since",
    "steps_without_approver",
]
