"""Overview and decisions, forms and their design, periods with their completeness, one report."""

from trienkhai.reports.views.deciding import (
    approvals,
    approve,
    approve_all,
    close,
    reopen,
    return_all,
    return_report,
)
from trienkhai.reports.views.designing import arrange, design, field, section
from trienkhai.reports.views.filling import autosave, fill, refill, report_begin, submit
from trienkhai.reports.views.forms import form, form_change, form_end, form_new, forms, release, version
from trienkhai.reports.views.periods import overview, period, period_file, remind, summary_begin
from trienkhai.reports.views.reading import draft, file, parts, report

__all__ = [
    "approvals",
    "approve",
    "approve_all",
    "arrange",
    "autosave",
    "close",
    "design",
    "draft",
    "field",
    "file",
    "fill",
    "form",
    "form_change",
    "form_end",
    "form_new",
    "forms",
    "overview",
    "parts",
    "period",
    "period_file",
    "refill",
    "release",
    "remind",
    "reopen",
    "report",
    "report_begin",
    "return_all",
    "return_report",
    "section",
    "submit",
    "summary_begin",
    "version",
]
