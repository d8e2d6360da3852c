"""How an assignment stands to its due day, in the words of the sheet."""

from dataclasses import dataclass
from datetime import date

from trienkhai.common.days import OPEN_END
from trienkhai.tasks.models import Assignment, State


@dataclass(frozen=True)
class Standing:
    """`name`: in_time, soon, overdue, done_on_time, done_late or none. `days`: late by, or left when soon."""

    name: str
    days: int = 0


def standing_of(assignment: Assignment, on: date, soon: date) -> Standing:
    """soon: the last day that counts as *due soon*. What was handed in is judged by the day it was."""
    due_on, handed_in = assignment.due_on, assignment.submitted_on
    if assignment.state == State.DONE:
        return Standing("done_on_time" if handed_in and handed_in <= due_on else "done_late")
    if due_on == OPEN_END or assignment.state == State.WITHDRAWN:
        return Standing("none")
    judged = handed_in if assignment.state == State.SUBMITTED and handed_in else on
    if judged > due_on:
        return Standing("overdue", (judged - due_on).days)
    if assignment.state != State.SUBMITTED and due_on <= soon:
        return Standing("soon", (due_on - on).days)
    return Standing("in_time")
