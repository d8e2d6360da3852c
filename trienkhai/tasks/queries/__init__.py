"""Questions about tasks: the sheet of four cells and its tables (`sheets`), lists and the history of one row (`lists`)."""

from trienkhai.tasks.queries.lists import (
    chain_of,
    clause_progress,
    count_up_to,
    due_soon_day,
    history_of,
    my_queue,
    silent_since,
    steps_without_approver,
)
from trienkhai.tasks.queries.sheets import (
    Cells,
    cell_filter,
    cells_by_child,
    cells_by_document,
    cells_of,
    heat_map,
    own_cells,
    sheet_as_of,
)

__all__ = [
    "Cells",
    "cell_filter",
    "cells_by_child",
    "cells_by_document",
    "cells_of",
    "chain_of",
    "clause_progress",
    "count_up_to",
    "due_soon_day",
    "heat_map",
    "history_of",
    "my_queue",
    "own_cells",
    "sheet_as_of",
    "silent_since",
    "steps_without_approver",
]
