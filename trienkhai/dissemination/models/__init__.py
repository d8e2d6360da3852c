"""Tables of the area: documents sent down with their receipts (`sending`), and study (`study`)."""

from trienkhai.dissemination.models.sending import Closing, Receipt, ReceiptQuerySet, Reopens, Sending, SendingBranch
from trienkhai.dissemination.models.study import (
    Absence,
    Attendance,
    Form,
    Kind,
    SessionFile,
    SessionState,
    StudyPlan,
    StudySession,
    Use,
)

__all__ = [
    "Absence",
    "Attendance",
    "Closing",
    "Form",
    "Kind",
    "Receipt",
    "ReceiptQuerySet",
    "Reopens",
    "Sending",
    "SendingBranch",
    "SessionFile",
    "SessionState",
    "StudyPlan",
    "StudySession",
    "Use",
]
