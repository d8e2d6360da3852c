"""Questions about conduct: who has committed, reported, been commented on; numbers of a branch; what waits."""

from trienkhai.conduct.queries.branches import (
    PEOPLE,
    UNITS,
    BranchLine,
    counts_within,
    lines_below,
    people_behind,
    seats_of,
)
from trienkhai.conduct.queries.leaders import Line, Step, lines_of, theme_of
from trienkhai.conduct.queries.waiting import Row, rows_waiting

__all__ = [
    "PEOPLE",
    "UNITS",
    "BranchLine",
    "Line",
    "Row",
    "Step",
    "counts_within",
    "lines_below",
    "lines_of",
    "people_behind",
    "rows_waiting",
    "seats_of",
    "theme_of",
]
