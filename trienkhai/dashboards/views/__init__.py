"""Pages of the board and of the log."""

from trienkhai.dashboards.views.acts import act, acts
from trienkhai.dashboards.views.board import board, home
from trienkhai.dashboards.views.sheet import sheet, sheet_xlsx

__all__ = ["act", "acts", "board", "home", "sheet", "sheet_xlsx"]
