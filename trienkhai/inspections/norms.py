"""What the norms of this area say on a day at a place."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from trienkhai.norms.queries import norm, value

RISK, STEP_DAYS, TOTAL_DAYS, EXTENSION = (
    "inspections.risk",
    "inspections.step_days",
    "inspections.total_days",
    "inspections.extension",
)
CONCLUSION_TYPE = "inspections.conclusion_type"


@dataclass(frozen=True)
class Ruling:
    """A value with the norm it comes from, as it is stored beside what was computed by it."""

    value: Any
    kept: dict[str, Any]


def ruling(key: str, *, on: date, place: str) -> Ruling | None:
    """None: no norm says on that day."""
    found = norm(key, on=on, place=place)
    if found is None:
        return None
    kept = {"key": key, "from": found.valid_from.isoformat(), "source": found.source, "grade": found.grade}
    return Ruling(found.value, kept)


def step_ruling(kind: str, step: str, *, on: date, place: str) -> Ruling | None:
    """How many days a step may take."""
    found = ruling(STEP_DAYS, on=on, place=place)
    days = found.value.get(kind, {}).get(step) if found else None
    return Ruling(days, found.kept) if found and days else None


def total_ruling(kind: str, manner: str, *, on: date, place: str) -> Ruling | None:
    """How many days the whole may take."""
    found = ruling(TOTAL_DAYS, on=on, place=place)
    days = found.value.get(kind, {}).get(manner) if found else None
    return Ruling(days, found.kept) if found and days else None


def most_more(days: int, *, on: date, place: str) -> int | None:
    """By how many days in all a step of `days` may be extended; None without a norm."""
    share = value(EXTENSION, on=on, place=place)
    return None if share is None else days * share[0] // share[1]


def checklist_of(kind: str, *, on: date, place: str) -> list[str]:
    return [str(row) for row in value("inspections.checklist", on=on, place=place, default={}).get(kind, [])]
