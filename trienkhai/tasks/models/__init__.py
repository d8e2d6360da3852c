"""Tables of the area: what is given (`giving`), what each unit holds (`holding`), how it makes an upper document
concrete (`concretising`), its programmes (`programme`), the reviews of its focuses (`focusing`), and the counts
(`counting`)."""

from trienkhai.tasks.models.concretising import ClauseAnswer, Concretising
from trienkhai.tasks.models.counting import COUNTED, DONE, OPEN_COLUMNS, Sheet, StateSpan, Tally
from trienkhai.tasks.models.focusing import FocusReview
from trienkhai.tasks.models.giving import AnswerRule, Delegated, Focus, Issue, Mode, Recurrence, Task
from trienkhai.tasks.models.holding import (
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
from trienkhai.tasks.models.programme import Programme, ProgrammeItem, Standing

__all__ = [
    "COUNTED",
    "DONE",
    "OPEN_COLUMNS",
    "OPEN_STATES",
    "AnswerRule",
    "Assignment",
    "ClauseAnswer",
    "Concretising",
    "Delegated",
    "Evidence",
    "Focus",
    "FocusReview",
    "Issue",
    "Mode",
    "Programme",
    "ProgrammeItem",
    "ProgressReport",
    "Recurrence",
    "ReportState",
    "Request",
    "RequestKind",
    "RequestOutcome",
    "Share",
    "ShareKind",
    "Sheet",
    "Standing",
    "State",
    "StateSpan",
    "Tally",
    "Task",
]
