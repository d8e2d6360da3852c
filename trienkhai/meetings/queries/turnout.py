"""Who came, who counts, and whether that is a quorum."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from trienkhai.meetings.counting import Turnout
from trienkhai.meetings.models import ClassAbsence, ClassCount, Meeting, Participant
from trienkhai.meetings.models.meeting import PRESENT
from trienkhai.meetings.norms import quorum_of, reasons, voting_classes


@dataclass(frozen=True)
class ClassTurnout:
    """A class of members that are told as numbers. `votes`: are they counted?"""

    kind: str
    summoned: int
    present: int
    absent: tuple[tuple[str, int], ...]
    votes: bool


def excusing(meeting: Meeting) -> set[str]:
    """Reasons for which somebody absent is not counted, by the norm of the meeting's day."""
    known = reasons(meeting.day, meeting.unit.path or "")
    return {code for code, row in known.items() if not row.get("counted", True)}


def turnout_of(meeting: Meeting) -> Turnout:
    """Those with a vote: the named ones and the members by class. Three queries and the norms."""
    excused, voting = excusing(meeting), voting_classes(meeting.day, meeting.unit.path or "")
    named = of_named(meeting.participants.filter(votes=True), excused)
    return named + of_classes(meeting.counts.all(), meeting.absences.all(), excused, voting)


def of_named(rows: Iterable[Participant], excused: Collection[str]) -> Turnout:
    found = [row.presence for row in rows]
    return Turnout(len(found), sum(code in excused for code in found), found.count(PRESENT))


def of_classes(
    counts: Iterable[ClassCount], absences: Iterable[ClassAbsence], excused: Collection[str], voting: Collection[str]
) -> Turnout:
    told = [row for row in counts if row.kind in voting]
    left_out = sum(row.number for row in absences if row.kind in voting and row.reason in excused)
    return Turnout(sum(row.summoned for row in told), left_out, sum(row.present for row in told))


def class_turnouts(meeting: Meeting) -> list[ClassTurnout]:
    voting = voting_classes(meeting.day, meeting.unit.path or "")
    absent: dict[str, list[tuple[str, int]]] = {}
    for row in meeting.absences.order_by("pk"):
        absent.setdefault(row.kind, []).append((row.reason, row.number))
    return [
        ClassTurnout(row.kind, row.summoned, row.present, tuple(absent.get(row.kind, ())), row.kind in voting)
        for row in meeting.counts.order_by("pk")
    ]


def came(people: Iterable[Participant], classes: Iterable[ClassTurnout]) -> int:
    """How many with a vote were present, counted over the rows as a page shows them."""
    named = sum(bool(row.votes) and row.presence == PRESENT for row in people)
    return named + sum(row.present for row in classes if row.votes)


def turnout_state(meeting: Meeting) -> str:
    """Short words for who came as it is stored: another state has other ones."""
    rows = dict(meeting.participants.values_list("pk", "presence"))
    told = {row.kind: (row.summoned, row.present, dict(row.absent)) for row in class_turnouts(meeting)}
    return turnout_state_of(rows, told, meeting.speakers)


def turnout_state_of(
    rows: Mapping[int, str], told: Mapping[str, tuple[int, int, Mapping[str, int]]], speakers: int | None
) -> str:
    """The same of what is told: numbers of nobody say nothing."""
    people = sorted((pk, presence) for pk, presence in rows.items() if presence)
    classes = sorted(
        (kind, summoned, present, sorted((reason, number) for reason, number in absent.items() if number))
        for kind, (summoned, present, absent) in told.items()
        if summoned
    )
    return sha256(json.dumps([people, classes, speakers]).encode()).hexdigest()[:16]


def quorum_figures(meeting: Meeting, turnout: Turnout | None = None) -> dict[str, Any]:
    """Summoned, counted, present, and where a norm says: needed, met, and the norm itself."""
    found = turnout or turnout_of(meeting)
    figures: dict[str, Any] = {
        "summoned": found.summoned,
        "counted": found.counted,
        "present": found.present,
    }
    ruling = quorum_of(meeting.body, on=meeting.day, place=meeting.unit.path or "")
    if ruling is None:
        return figures
    needed = ruling.share.needed(found.counted)
    return figures | {"needed": needed, "met": found.present >= needed, "norm": ruling.kept}
