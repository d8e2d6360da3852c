"""What the data says of the meetings of a score sheet: so much of so much, with the rows it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trienkhai.common.clock import day_of
from trienkhai.meetings.models import Meeting, ScoreSheet
from trienkhai.meetings.norms import least_minutes, papers_due
from trienkhai.tasks.models import Assignment, State

Row = tuple[int, int, int]
TARGETS = "targets"


@dataclass(frozen=True)
class Fact:
    """`rows`: (id of the meeting, or of the assignment for `targets`; so much; of so much)."""

    top: int
    bottom: int
    rows: tuple[Row, ...]

    @property
    def kept(self) -> dict[str, Any]:
        return {"top": self.top, "bottom": self.bottom, "rows": [list(row) for row in self.rows]}


def measured(sheet: ScoreSheet, meetings: Sequence[Meeting], on: date) -> dict[str, Fact]:
    """Measure → its fact; a measure that the data does not answer (no norm, nothing told, not due yet) is left out."""
    asked: dict[str, Sequence[Row | None]] = {
        "length": [_length(one) for one in meetings],
        "attendance": [_attendance(one) for one in meetings],
        "papers": [_papers(one) for one in meetings],
        "minutes": [_minutes(one, on) for one in meetings],
        "speakers": [_speakers(one) for one in meetings],
        TARGETS: _targets(sheet, on),
    }
    facts = {name: _sum(rows) for name, rows in asked.items()}
    return {name: fact for name, fact in facts.items() if fact is not None}


def _sum(rows: Sequence[Row | None]) -> Fact | None:
    found = [row for row in rows if row is not None]
    bottom = sum(row[2] for row in found)
    if len(found) < len(rows) or not bottom:
        return None
    return Fact(sum(row[1] for row in found), bottom, tuple(found))


def _length(one: Meeting) -> Row | None:
    """Minutes held, at most the shortest length, of the shortest length."""
    least = least_minutes(one.body, one.kind, on=one.day, place=one.unit.path or "")
    lasted = one.minutes_long
    return None if least is None or lasted is None else (one.pk, min(lasted, least), least)


def _attendance(one: Meeting) -> Row | None:
    figures = one.figures
    return (one.pk, figures["present"], figures["counted"]) if "counted" in figures else None


def _papers(one: Meeting) -> Row | None:
    """The invitation with its papers left in time."""
    due = papers_due(one.day, one.unit.path or "")
    if due is None:
        return None
    return one.pk, int(one.invited_at is not None and day_of(one.invited_at) <= due), 1


def _minutes(one: Meeting, on: date) -> Row | None:
    """The minutes went up in time; unknown while they may still do so."""
    if not one.has_due_day or (one.sent_on is None and on <= one.minutes_due_on):
        return None
    return one.pk, int(one.sent_on is not None and one.sent_on <= one.minutes_due_on), 1


def _speakers(one: Meeting) -> Row | None:
    if one.speakers is None or not one.figures.get("present"):
        return None
    return one.pk, one.speakers, one.figures["present"]


def _targets(sheet: ScoreSheet, on: date) -> list[Row]:
    """Tasks of the unit due in the months of the sheet, up to that day: reached when done in time. What was submitted
    in time is in time until it is decided otherwise.
    """
    first = sheet.first_on.replace(day=1)
    after = date(sheet.last_on.year + sheet.last_on.month // 12, sheet.last_on.month % 12 + 1, 1)
    rows = Assignment.objects.filter(held_by=sheet.unit, due_on__gte=first, due_on__lt=min(after, on))
    rows = rows.exclude(state__in=(State.WITHDRAWN, State.PAUSED)).order_by("due_on", "pk")
    return [
        (pk, int(state in (State.DONE, State.SUBMITTED) and submitted is not None and submitted <= due), 1)
        for pk, state, submitted, due in rows.values_list("pk", "state", "submitted_on", "due_on")
    ]
