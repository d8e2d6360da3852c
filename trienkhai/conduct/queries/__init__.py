"""Questions about conduct: who has committed, reported, been commented on; numbers of a branch; what waits."""

from trienkhai.conduct.queries.branches import BranchLine, lines_below
from trienkhai.conduct.queries.leaders import Line, Step, lines_of, theme_of
from trienkhai.conduct.queries.waiting import Row, rows_waiting

__all__ = ["BranchLine", "Line", "Row", "Step", "lines_below", "lines_of", "rows_waiting", "theme_of"]
