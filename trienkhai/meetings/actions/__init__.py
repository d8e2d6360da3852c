"""Everything that changes meetings."""

from trienkhai.meetings.actions.agenda import add_item, add_paper, remove_item, remove_paper, take_agenda
from trienkhai.meetings.actions.attending import ClassTold, begin_meeting, tell_turnout
from trienkhai.meetings.actions.closing import close_minutes, correct_minutes, send_minutes_up
from trienkhai.meetings.actions.deciding import add_ballot, add_conclusion, remove_ballot, remove_conclusion
from trienkhai.meetings.actions.giving import draft_resolution, give_conclusion
from trienkhai.meetings.actions.planning import (
    Details,
    cancel_meeting,
    change_meeting,
    invite,
    plan_meeting,
    plan_year,
)
from trienkhai.meetings.actions.scoring import Marked, Tally, mark_score, pass_score, start_score
from trienkhai.meetings.actions.writing import Saved, save_minutes, settle_aside

__all__ = [
    "ClassTold",
    "Details",
    "Marked",
    "Saved",
    "Tally",
    "add_ballot",
    "add_conclusion",
    "add_item",
    "add_paper",
    "begin_meeting",
    "cancel_meeting",
    "change_meeting",
    "close_minutes",
    "correct_minutes",
    "draft_resolution",
    "give_conclusion",
    "invite",
    "mark_score",
    "pass_score",
    "plan_meeting",
    "plan_year",
    "remove_ballot",
    "remove_conclusion",
    "remove_item",
    "remove_paper",
    "save_minutes",
    "send_minutes_up",
    "settle_aside",
    "start_score",
    "take_agenda",
    "tell_turnout",
]
