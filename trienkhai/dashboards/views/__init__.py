"""Pages of the board and of the log."""

from trienkhai.dashboards.views.acts import act, acts
from trienkhai.dashboards.views.board import board, home

__all__ = ["act", "acts", "board", "home"]
