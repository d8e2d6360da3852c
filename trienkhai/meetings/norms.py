"""What the norms of this area say on a day at a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from trienkhai.common.days import OPEN_END
from trienkhai.meetings.counting import Share
from trienkhai.meetings.models import Kind
from trienkhai.norms.models import Norm
from trienkhai.norms.queries import norm, value

BODIES, REASONS, QUORUM, MAJORITY = (
    "meetings.bodies",
    "meetings.absence_reasons",
    "meetings.quorum",
    "meetings.majority",
)
SCORE = "meetings.score_sheet"


@dataclass(frozen=True)
class Ruling:
    """A share with the norm it comes from, as it is stored beside what was computed by it."""

    share: Share
    kept: dict[str, str]


def kept_of(found: Norm) -> dict[str, str]:
    """What is stored beside a result of the norm it was computed by."""
    return {"key": found.key, "from": found.valid_from.isoformat(), "source": found.source, "grade": found.grade}


def score_norm(body: str, *, on: date, place: str) -> Norm | None:
    """The sheet by which meetings of that body are scored; None: no norm says."""
    found = norm(SCORE, on=on, place=place)
    return found if found is not None and body in found.value["bodies"] else None


def _ruling(found: Norm, value: Any) -> Ruling:
    return Ruling(Share.read(value), kept_of(found))


def quorum_of(body: str, *, on: date, place: str) -> Ruling | None:
    """None: no norm says for that body on that day."""
    found = norm(QUORUM, on=on, place=place)
    if found is None or body not in found.value:
        return None
    return _ruling(found, found.value[body])


def majority_of(*, on: date, place: str) -> Ruling | None:
    found = norm(MAJORITY, on=on, place=place)
    return _ruling(found, found.value) if found else None


def bodies(on: date, place: str = "") -> dict[str, Mapping[str, Any]]:
    return value(BODIES, on=on, place=place, default={})


def reasons(on: date, place: str = "") -> dict[str, Mapping[str, Any]]:
    return value(REASONS, on=on, place=place, default={})


def voting_classes(on: date, place: str) -> set[str]:
    return set(value("meetings.voting_classes", on=on, place=place, default=[]))


def member_classes(on: date, place: str) -> dict[str, Mapping[str, Any]]:
    return value("members.classes", on=on, place=place, default={})


def least_minutes(body: str, kind: str, *, on: date, place: str) -> int | None:
    found = value("meetings.least_minutes", on=on, place=place, default={})
    return found.get(body, {}).get(kind)


def minutes_due(day: date, place: str) -> date:
    """The last day to send minutes of a meeting of `day`; the open end without a norm."""
    days = value("meetings.minutes_days", on=day, place=place)
    return OPEN_END if days is None else day + timedelta(days=int(days))


def papers_due(day: date, place: str) -> date | None:
    """The last day to send the papers of a meeting of `day`; None without a norm."""
    days = value("meetings.papers_days", on=day, place=place)
    return None if days is None else day - timedelta(days=int(days))


def earliest_day(kind: str, *, on: date, place: str) -> date:
    """The first day for which a meeting of that kind is planned, or recorded as held, on the day `on`."""
    days = value("meetings.recorded_days", on=on, place=place, default=0) if kind == Kind.EXTRAORDINARY else 0
    return on - timedelta(days=int(days))


def agenda_of(body: str, *, on: date, place: str) -> list[tuple[str, int]]:
    rows = value("meetings.agenda", on=on, place=place, default={}).get(body, [])
    return [(str(title), int(minutes)) for title, minutes in rows]
