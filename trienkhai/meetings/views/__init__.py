from trienkhai.meetings.views.agenda import agenda, agenda_take, item_remove, paper_add, paper_remove
from trienkhai.meetings.views.calendar import add, below, below_rows, calendar, plan_year
from trienkhai.meetings.views.closing import close, correct, resolution, send_up
from trienkhai.meetings.views.deciding import (
    ballot_add,
    ballot_remove,
    conclusion_add,
    conclusion_give,
    conclusion_remove,
)
from trienkhai.meetings.views.meeting import begin, cancel, change, invite, meeting, turnout
from trienkhai.meetings.views.minutes import autosave, minutes
from trienkhai.meetings.views.offline import worker
from trienkhai.meetings.views.scoring import score, score_rows, score_start, scores

__all__ = [
    "add",
    "agenda",
    "agenda_take",
    "autosave",
    "ballot_add",
    "ballot_remove",
    "begin",
    "below",
    "below_rows",
    "calendar",
    "cancel",
    "change",
    "close",
    "conclusion_add",
    "conclusion_give",
    "conclusion_remove",
    "correct",
    "invite",
    "item_remove",
    "meeting",
    "minutes",
    "paper_add",
    "paper_remove",
    "plan_year",
    "resolution",
    "score",
    "score_rows",
    "score_start",
    "scores",
    "send_up",
    "turnout",
    "worker",
]
