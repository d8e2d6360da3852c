"""What the units below held in a year, and whose minutes have not come."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from trienkhai.common.clock import day_of, moment
from trienkhai.meetings.models import MeetingQuerySet, MeetingState
from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.places import Places


@dataclass(frozen=True)
class Line:
    """A unit directly below with its branch: planned, held, of these sent up, overdue; not held on their day."""

    unit: Unit
    planned: int = 0
    held: int = 0
    sent: int = 0
    overdue: int = 0
    missed: int = 0
    last_on: date | None = None

    @property
    def numbers(self) -> list[tuple[str, int]]:
        return [(name, getattr(self, name)) for name in FACTS]


FACTS = ("planned", "held", "sent", "overdue", "missed")
HELD = Q(state__in=(MeetingState.OPEN, MeetingState.CLOSED))


def _of_fact(on: date) -> dict[str, Q]:
    """Which meetings each number of a line counts."""
    return {
        "planned": ~Q(state=MeetingState.CANCELLED),
        "held": HELD,
        "sent": Q(sent_on__isnull=False),
        "overdue": HELD & Q(sent_on=None, minutes_due_on__lt=on),
        "missed": Q(state=MeetingState.PLANNED, starts_at__lt=moment(on, 0)),
    }


def facts_below(rows: MeetingQuerySet, unit: Unit, year: int, on: date) -> list[Line]:
    """One line for each unit directly below, by name; meetings of one that ended stand under who took its place, else
    on a line of its own, as those of an attached unit. Five queries, however many meetings there are.
    """
    top, places = unit.path or "", Places(today=on)
    sums = {"last": Max("began_at"), **{name: Count("pk", filter=q) for name, q in _of_fact(on).items()}}
    within = _of_year(rows, year).filter(places.at(top, "unit")).exclude(unit=unit)
    found: dict[str, dict[str, Any]] = {**places.grouped(within, top, sums, "unit")}
    found.pop(top, None)
    standing = Q(present__parent=unit, path__isnull=False, closed_on__gt=on, present__relation=Relation.SUBORDINATE)
    below = Unit.objects.filter(standing | Q(path__in=found)).select_related("present")
    lines = []
    for one in below.order_by("present__sort_key", "pk"):
        row = found.get(one.path or "", {})
        numbers = {name: row.get(name, 0) for name in FACTS}
        lines.append(Line(one, **numbers, last_on=day_of(row["last"]) if row.get("last") else None))
    return lines


def rows_of_fact(rows: MeetingQuerySet, unit: Unit, year: int, fact: str, on: date) -> MeetingQuerySet:
    """The meetings that one number of the unit's line counts, by day."""
    within = Places(today=on).at(unit.path or "", "unit")
    return (
        _of_year(rows, year)
        .filter(_of_fact(on)[fact], within)
        .select_related("unit__present")
        .order_by("starts_at", "pk")
    )


def unsent_below(rows: MeetingQuerySet, unit: Unit, year: int, on: date) -> MeetingQuerySet:
    """Held below the unit in the year, the minutes not sent up: the longest due first."""
    found = _of_year(rows, year).unsent().filter(Places(today=on).at(unit.path or "", "unit")).exclude(unit=unit)
    return found.select_related("unit__present").order_by("minutes_due_on", "starts_at", "pk")


def _of_year(rows: MeetingQuerySet, year: int) -> MeetingQuerySet:
    return rows.filter(starts_at__gte=moment(date(year, 1, 1), 0), starts_at__lt=moment(date(year + 1, 1, 1), 0))
