"""Meetings and what is written of them."""

from trienkhai.meetings.models.deciding import Ballot, Conclusion
from trienkhai.meetings.models.meeting import (
    AgendaItem,
    ClassAbsence,
    ClassCount,
    Invitation,
    Kind,
    Meeting,
    MeetingQuerySet,
    MeetingState,
    Paper,
    Participant,
)
from trienkhai.meetings.models.minutes import Aside, Correction, Passage, PassageVersion
from trienkhai.meetings.models.scoring import ScoreMark, ScoreSheet, ScoreStep, Step

__all__ = [
    "AgendaItem",
    "Aside",
    "Ballot",
    "ClassAbsence",
    "ClassCount",
    "Conclusion",
    "Correction",
    "Invitation",
    "Kind",
    "Meeting",
    "MeetingQuerySet",
    "MeetingState",
    "Paper",
    "Participant",
    "Passage",
    "PassageVersion",
    "ScoreMark",
    "ScoreSheet",
    "ScoreStep",
    "Step",
]
