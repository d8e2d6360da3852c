"""Tables of the area: what is given (`giving`), what each unit holds (`holding`), for whom it waits (`waiting`), how it
makes an upper document concrete (`concretising`), its programmes (`programme`) and reviews of focuses (`focusing`), the
counts (`counting`), decisions on thousands (`jobs`), what a person last saw (`seeing`),
co-ordination with partners (`coordinating`)."""

from trienkhai.tasks.models.concretising import ClauseAnswer, Concretising
from trienkhai.tasks.models.coordinating import CoordinationPaper, Opinion, Partnership
from trienkhai.tasks.models.counting import COUNTED, DONE, OPEN_COLUMNS, Sheet, StateSpan, Tally
from trienkhai.tasks.models.focusing import FocusReview
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
from trienkhai.tasks.models.programme import Programme, ProgrammeItem, Standing
from trienkhai.tasks.models.seeing import Seen
from trienkhai.tasks.models.waiting import Wait

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
    "CoordinationPaper",
    "Delegated",
    "Evidence",
    "Focus",
    "FocusReview",
    "Issue",
    "Mode",
    "Opinion",
    "Partnership",
    "PastHolder",
    "Programme",
    "ProgrammeItem",
    "ProgressReport",
    "Recurrence",
    "ReportState",
    "Request",
    "RequestKind",
    "RequestOutcome",
    "Seen",
    "Share",
    "ShareKind",
    "Sheet",
    "Standing",
    "State",
    "StateSpan",
    "Tally",
    "Task",
    "Wait",
]
