"""Questions about meetings."""

from trienkhai.meetings.queries.below import Line, facts_below, unsent_below
from trienkhai.meetings.queries.turnout import ClassTurnout, quorum_figures, turnout_of
from trienkhai.meetings.queries.year import Month, months_of, suggested_participants, title_for

__all__ = [
    "ClassTurnout",
    "Line",
    "Month",
    "facts_below",
    "months_of",
    "quorum_figures",
    "suggested_participants",
    "title_for",
    "turnout_of",
    "unsent_below",
]
