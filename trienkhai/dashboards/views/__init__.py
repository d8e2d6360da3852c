"""Pages of the board, of issued sheets and of the log."""

from trienkhai.dashboards.views.acts import act, acts
from trienkhai.dashboards.views.board import board, home
from trienkhai.dashboards.views.discipline import discipline, discipline_rows, discipline_xlsx
from trienkhai.dashboards.views.issued import issued, issued_list, issued_xlsx, sheet_issue
from trienkhai.dashboards.views.sheet import sheet, sheet_xlsx

__all__ = [
    "act",
    "acts",
    "board",
    "discipline",
    "discipline_rows",
    "discipline_xlsx",
    "home",
    "issued",
    "issued_list",
    "issued_xlsx",
    "sheet",
    "sheet_issue",
    "sheet_xlsx",
]
