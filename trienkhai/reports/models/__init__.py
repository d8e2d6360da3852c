"""Tables of the area: forms, their versions and periods (`forms`), what units answer (`filling`)."""

from trienkhai.reports.models.filling import (
    RECEIVED,
    TO_DO,
    Change,
    IssuedSheet,
    PeriodReport,
    PeriodReportQuerySet,
    ReportState,
)
from trienkhai.reports.models.forms import AnswerRule, FormState, FormVersion, Moves, Period, PeriodKind, ReportForm

__all__ = [
    "RECEIVED",
    "TO_DO",
    "AnswerRule",
    "Change",
    "FormState",
    "FormVersion",
    "IssuedSheet",
    "Moves",
    "Period",
    "PeriodKind",
    "PeriodReport",
    "PeriodReportQuerySet",
    "ReportForm",
    "ReportState",
]
