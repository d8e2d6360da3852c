"""Tables of the area: what is given (`giving`), what each unit holds (`holding`), how it makes an upper document
concrete (`concretising`), the counts (`counting`), and decisions on thousands (`jobs`)."""

from trienkhai.tasks.models.concretising import ClauseAnswer, Concretising
from trienkhai.tasks.models.counting import COUNTED, DONE, OPEN_COLUMNS, Sheet, StateSpan, Tally
from trienkhai.tasks.models.giving import AnswerRule, Delegated, Focus, Issue, Mode, Recurrence, Task
from trienkhai.tasks.models.holding import (
    HOLDERS_TURN,
    OPEN_STATES,
    Assignment,
    Evidence,
    PastHolder,
    ProgressReport,
    ReportState,
    Request,
    RequestKind,
    RequestOutcome,
    Share,
    ShareKind,
    State,
)
from trienkhai.tasks.models.jobs import BulkJob

__all__ = [
    "COUNTED",
    "DONE",
    "HOLDERS_TURN",
    "OPEN_COLUMNS",
    "OPEN_STATES",
    "AnswerRule",
    "Assignment",
    "BulkJob",
    "ClauseAnswer",
    "Concretising",
    "Delegated",
    "Evidence",
    "Focus",
    "Issue",
    "Mode",
    "PastHolder",
    "ProgressReport",
    "Recurrence",
    "ReportState",
    "Request",
    "RequestKind",
    "RequestOutcome",
    "Share",
    "ShareKind",
    "Sheet",
    "State",
    "StateSpan",
    "Tally",
    "Task",
]
