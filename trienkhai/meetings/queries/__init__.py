"""Questions about meetings."""

from trienkhai.meetings.queries.below import FACTS, Line, facts_below, rows_of_fact, unsent_below
from trienkhai.meetings.queries.turnout import ClassTurnout, quorum_figures, turnout_of
from trienkhai.meetings.queries.year import Month, months_of, suggested_participants, title_for

__all__ = [
    "FACTS",
    "ClassTurnout",
    "Line",
    "Month",
    "facts_below",
    "months_of",
    "quorum_figures",
    "rows_of_fact",
    "suggested_participants",
    "title_for",
    "turnout_of",
    "unsent_below",
]
