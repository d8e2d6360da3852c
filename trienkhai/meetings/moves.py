"""Meetings still to be held or with open minutes when a unit ends go to its successor; closed ones stay where they were
held. When a unit moves nothing changes: a meeting hangs on its unit."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common import paths
from trienkhai.meetings.models import Meeting, MeetingQuerySet, MeetingState, ScoreSheet, Step
from trienkhai.orgs import journal
from trienkhai.orgs.succession import CLOSE, CONTINUE, DIVIDE, UP, Carrier, Ending, Kind, Move, numbered

UNFINISHED = (MeetingState.PLANNED, MeetingState.OPEN)


def _count(move: Move) -> dict[str, int]:
    rows = Meeting.objects.filter(paths.within(move.new_path, "unit__path"), state__in=UNFINISHED)
    return {"meetings": rows.count()}


def _unfinished(ending: Ending) -> MeetingQuerySet:
    return Meeting.objects.filter(unit=ending.unit, state__in=UNFINISHED)


def _undecided(ending: Ending) -> QuerySet[ScoreSheet]:
    """Score sheets that go on with the successor; one of a span that it scores itself stays, and it works on both."""
    heirs = ScoreSheet.objects.filter(unit__in=list(ending.heirs)).values("subject")
    return ScoreSheet.objects.filter(unit=ending.unit).exclude(step=Step.DONE).exclude(subject__in=heirs)


SCORES = Kind("scores", gettext_lazy("score sheets of meetings not decided"), (CONTINUE, DIVIDE), _undecided, str)
MEETINGS = Kind(
    "meetings",
    gettext_lazy("meetings planned or with open minutes"),
    (CONTINUE, CLOSE, DIVIDE, UP),
    _unfinished,
    words=lambda row: numbered(row, row.day, row.get_kind_display()),
)


def _needs_decision(ending: Ending) -> list[str]:
    """Minutes that are being written are not thrown away with their unit."""
    if not MEETINGS.closes(ending):
        return []
    sentence = _("Close the minutes of “%(meeting)s”, or let the successor do it.")
    return [sentence % {"meeting": MEETINGS.words(row)} for row in _unfinished(ending).filter(state=MeetingState.OPEN)]


def _carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    list(_unfinished(ending).select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))
    if MEETINGS.closes(ending):
        planned = _unfinished(ending).filter(state=MeetingState.PLANNED)
        journal.update(planned, state=MeetingState.CANCELLED, reason=str(_("The unit ended.")))
    for heir, ids in MEETINGS.shares(ending):
        journal.update(Meeting.objects.filter(pk__in=ids), unit=heir)
    list(_undecided(ending).select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))
    for heir, ids in SCORES.shares(ending):
        journal.update(ScoreSheet.objects.filter(pk__in=ids), unit=heir)


carrier = Carrier(
    "meetings",
    count=_count,
    kinds=(MEETINGS, SCORES),
    needs_decision=_needs_decision,
    carry_ending=_carry_ending,
)
