"""Everything that changes data of this area: forms (`designing`), periods (`opening`), drafts (`filling`), decisions
(`deciding`), summaries (`summing`), units that leave (`leaving`), papers (`papers`).
"""

from trienkhai.reports.actions.deciding import approve, approve_matching, reopen, return_matching, return_report
from trienkhai.reports.actions.designing import (
    FormDetails,
    begin_form,
    change_design,
    change_details,
    end_form,
    release,
)
from trienkhai.reports.actions.filling import Saved, begin, refill, save_draft, submit
from trienkhai.reports.actions.leaving import carry_to, close, close_left
from trienkhai.reports.actions.opening import open_periods, remind_missing
from trienkhai.reports.actions.papers import draft_paper
from trienkhai.reports.actions.summing import begin_summary, draw_up

__all__ = [
    "FormDetails",
    "Saved",
    "approve",
    "approve_matching",
    "begin",
    "begin_form",
    "begin_summary",
    "carry_to",
    "change_design",
    "change_details",
    "close",
    "close_left",
    "draft_paper",
    "draw_up",
    "end_form",
    "open_periods",
    "refill",
    "release",
    "remind_missing",
    "reopen",
    "return_matching",
    "return_report",
    "save_draft",
    "submit",
]
