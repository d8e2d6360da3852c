"""What the norms of this area say on a day at a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import get_language

from trienkhai.common.days import OPEN_END
from trienkhai.norms.queries import norm, value
from trienkhai.oversight.models import MatterKind

ORGANISATIONS, MATTERS = "oversight.organisations", "oversight.matters"
REPLY, ANSWER, POSTING = "oversight.reply_days", "oversight.answer_days", "oversight.posting_days"
SHOWN = "oversight.shown_days"
DAYS = (REPLY, ANSWER, POSTING, SHOWN)


def organisations(on: date, place: str = "") -> dict[str, str]:
    """Key → name as the person reads it."""
    rows: Mapping[str, Mapping[str, Any]] = value(ORGANISATIONS, on=on, place=place, default={})
    tongue = (get_language() or "vi")[:2]
    return {code: str(row.get(tongue, code)) for code, row in rows.items()}


def days_kept(key: str, on: date, place: str) -> dict[str, Any]:
    """Days of a norm with where they come from, as stored beside what was computed; empty without a norm."""
    found = norm(key, on=on, place=place)
    if found is None:
        return {}
    days = int(found.value)
    return {
        "key": key,
        "from": found.valid_from.isoformat(),
        "source": found.source,
        "grade": found.grade,
        "days": days,
    }


def due_after(kept: Mapping[str, Any], day: date) -> date:
    """So many days after `day`; the open end without a norm."""
    return day + timedelta(days=kept["days"]) if kept else OPEN_END


@dataclass(frozen=True)
class Usual:
    """A line of the usual lists: due on the last day of that month."""

    kind: str
    title: str
    basis: str
    month: int


def usual_matters(on: date, place: str) -> list[Usual]:
    rows = value(MATTERS, on=on, place=place, default=[])
    return [Usual(row["kind"], row["title"], row.get("basis", ""), int(row["month"])) for row in rows]


def shown_days(on: date) -> int:
    return int(value(SHOWN, on=on, default=14))


def matters_faults(given: Any) -> list[str]:
    """What is wrong with a norm that lists usual matters."""
    if not isinstance(given, list):
        return [f"{given}"]
    return [f"{row}" for row in given if not _sound(row)]


def _sound(row: Any) -> bool:
    if not isinstance(row, dict) or row.get("kind") not in MatterKind.values:
        return False
    month = row.get("month")
    return bool(row.get("title")) and isinstance(month, int) and 1 <= month <= 12


def days_faults(given: Any) -> list[str]:
    """What is wrong with a norm that is a number of days."""
    sound = isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= 3660
    return [] if sound else [f"{given}"]
