"""Tables of the area: what is given (`giving`), what each unit holds (`holding`), and the counts (`counting`)."""

from trienkhai.tasks.models.counting import COUNTED, DONE, OPEN_COLUMNS, Sheet, StateSpan, Tally
from trienkhai.tasks.models.giving import AnswerRule, Delegated, Focus, Issue, Mode, Recurrence, Task
from trienkhai.tasks.models.holding import (
    HOLDERS_TURN,
    OPEN_STATES,
    Assignment,
    Evidence,
    ProgressReport,
    ReportState,
    Request,
    RequestKind,
    RequestOutcome,
    Share,
    ShareKind,
    State,
)

__all__ = [
    "COUNTED",
    "DONE",
    "HOLDERS_TURN",
    "OPEN_COLUMNS",
    "OPEN_STATES",
    "AnswerRule",
    "Assignment",
    "Delegated",
    "Evidence",
    "Focus",
    "Issue",
    "Mode",
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
