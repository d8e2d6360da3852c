"""Rows of this area that contradict each other: none, as long as only its actions write."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet

from trienkhai.meetings.grading import Frame
from trienkhai.meetings.models import Ballot, Meeting, MeetingState, ScoreSheet, Step
from trienkhai.meetings.queries.scores import standing

TALLY = ("position", "question", "secret", "votes_for", "against", "blank", "invalid", "present", "counted", "needed")


def digest_of(meeting: Meeting) -> str:
    """SHA-256 over what the closed minutes say: passages, who came, ballots, conclusions, figures."""
    said: list[Any] = [
        meeting.unit_id,
        str(meeting.starts_at.timestamp()),
        str(meeting.began_at and meeting.began_at.timestamp()),
        str(meeting.ended_at and meeting.ended_at.timestamp()),
        meeting.figures,
        list(meeting.items.order_by("position").values_list("position", "title")),
        list(meeting.passages.order_by("key").values_list("key", "text")),
        list(meeting.participants.order_by("account").values_list("account", "name", "votes", "presence")),
        list(meeting.counts.order_by("kind").values_list("kind", "summoned", "present")),
        list(meeting.absences.order_by("kind", "reason").values_list("kind", "reason", "number")),
        list(meeting.ballots.order_by("position").values_list(*TALLY)),
        [
            (row.position, row.text, row.lead_id, row.due_on.isoformat())
            for row in meeting.conclusions.order_by("position")
        ],
    ]
    if meeting.speakers is not None:
        said.append(["speakers", meeting.speakers])
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def altered_minutes() -> Iterator[int]:
    """Meetings whose closed minutes are no longer what was closed."""
    for meeting in Meeting.objects.filter(state=MeetingState.CLOSED).order_by("pk").iterator(chunk_size=500):
        if digest_of(meeting) != meeting.digest:
            yield meeting.pk


def voted_too_many() -> QuerySet[Ballot, int]:
    """Meetings with a ballot that holds more votes than were present."""
    cast = F("votes_for") + F("against") + F("blank") + F("invalid")
    rows = Ballot.objects.annotate(cast_in_all=cast).filter(cast_in_all__gt=F("present"))
    return rows.order_by("meeting").values_list("meeting", flat=True)


def left_with_closed(on: date) -> dict[int, int]:
    """Unit that no longer stands → how many meetings planned or with open minutes it still holds."""
    rows = Meeting.objects.filter(state__in=(MeetingState.PLANNED, MeetingState.OPEN), unit__closed_on__lte=on)
    return dict(rows.order_by().values("unit").annotate(n=Count("pk")).values_list("unit", "n"))


def wrong_scores() -> Iterator[int]:
    """Sheets that are decided with a total or level other than their last figures make."""
    for sheet in ScoreSheet.objects.filter(step=Step.DONE).order_by("pk").iterator(chunk_size=500):
        total = sum(standing(sheet).values())
        if sheet.total != total or sheet.level != Frame.read(sheet.frame).level_of(total):
            yield sheet.pk
