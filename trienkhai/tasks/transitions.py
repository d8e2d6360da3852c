"""The one table of transitions: from which states a verb leads where, and whose it is."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trienkhai.tasks.models import OPEN_STATES, State


class Who(StrEnum):
    """Whose verb it is: the unit that holds the assignment, the unit it answers to, the task's assigner."""

    HOLDER = "holder"
    ANSWERS_TO = "answers_to"
    ASSIGNER = "assigner"


@dataclass(frozen=True)
class Verb:
    """`to` None: the state stays; `'before'`: the state before the pause. `done`: how the act is named."""

    name: str
    label: str | Promise
    who: Who
    sources: tuple[str, ...]
    to: str | None
    done: str
    needs_reason: bool = False


BEFORE_PAUSE = "before"
_UNPAUSED = tuple(state for state in OPEN_STATES if state != State.PAUSED)

_TABLE = (
    Verb("acknowledge", _("Acknowledge"), Who.HOLDER, (State.ASSIGNED,), State.ACKNOWLEDGED, "assignment.acknowledged"),
    Verb(
        "update",
        _("Update progress"),
        Who.HOLDER,
        (State.ACKNOWLEDGED, State.RETURNED, State.IN_PROGRESS),
        State.IN_PROGRESS,
        "assignment.updated",
    ),
    Verb(
        "submit",
        _("Report completion"),
        Who.HOLDER,
        (State.ACKNOWLEDGED, State.IN_PROGRESS, State.RETURNED),
        State.SUBMITTED,
        "report.submitted",
    ),
    Verb("approve", _("Approve"), Who.ANSWERS_TO, (State.SUBMITTED,), State.DONE, "report.approved"),
    Verb("return", _("Return"), Who.ANSWERS_TO, (State.SUBMITTED,), State.RETURNED, "report.returned", True),
    Verb("pause", _("Pause"), Who.ASSIGNER, _UNPAUSED, State.PAUSED, "assignment.paused", True),
    Verb("resume", _("Resume"), Who.ASSIGNER, (State.PAUSED,), BEFORE_PAUSE, "assignment.resumed"),
    Verb("withdraw", _("Withdraw"), Who.ASSIGNER, OPEN_STATES, State.WITHDRAWN, "assignment.withdrawn", True),
    Verb("extend", _("Extend"), Who.ASSIGNER, OPEN_STATES, None, "assignment.extended", True),
    Verb("reopen", _("Reopen"), Who.ANSWERS_TO, (State.DONE,), State.RETURNED, "assignment.reopened", True),
    Verb(
        "confirm",
        _("Record the confirming document"),
        Who.HOLDER,
        (State.SUBMITTED,),
        State.DONE,
        "assignment.confirmed",
    ),
)

VERBS = {verb.name: verb for verb in _TABLE}
