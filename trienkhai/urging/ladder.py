"""Ladders as data: which step of which ladder is due on a day for which due days. Plain Python over dates."""

from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

KEY = "urging.ladder"
ONCE, RECURRING, FOCUS = "once", "recurring", "focus"
KINDS = (ONCE, RECURRING, FOCUS)
FARTHEST = 120


class To(StrEnum):
    """Who is told by a step."""

    HOLDER = "holder"
    HEAD = "head"
    ABOVE = "above"
    ASSIGNER = "assigner"


@dataclass(frozen=True, order=True)
class Step:
    """`days`: working days after the due day, before it when negative."""

    to: To
    days: int

    @property
    def name(self) -> str:
        return f"{self.to}{self.days:+d}"


@dataclass(frozen=True)
class Ladder:
    """The steps of each kind of duty, for what units within `place` give."""

    place: str
    steps: Mapping[str, tuple[Step, ...]]

    @classmethod
    def read(cls, value: Any, place: str = "") -> "Ladder":
        """A value in which `faults` finds nothing."""
        steps = {kind: tuple(sorted(Step(To(row["to"]), row["days"]) for row in rows)) for kind, rows in value.items()}
        return cls(place, steps)

    def of(self, kind: str) -> tuple[Step, ...]:
        return self.steps.get(kind, self.steps[ONCE])


def faults(value: Any) -> list[str]:
    """What is wrong with a ladder, as sentences; none when it can be used."""
    if not isinstance(value, dict) or ONCE not in value:
        return [_("A ladder names its steps by kind of duty, “once” at least.")]
    found = [_("There is no kind of duty “%(kind)s”.") % {"kind": kind} for kind in value if kind not in KINDS]
    for kind, rows in value.items():
        if not isinstance(rows, list):
            found.append(_("The steps of “%(kind)s” are not a list.") % {"kind": kind})
            continue
        found += [sentence for row in rows if (sentence := _fault(row))]
        sound = [(row["to"], row["days"]) for row in rows if not _fault(row)]
        for to, days in sorted({pair for pair in sound if sound.count(pair) > 1}):
            found.append(_("The step %(days)s for “%(to)s” stands twice.") % {"days": f"{days:+d}", "to": to})
    return found


def _fault(row: Any) -> str:
    """What is wrong with one step; '' for nothing."""
    if not isinstance(row, dict) or set(row) != {"days", "to"}:
        return _("A step has “days” and “to”, nothing else.")
    days, to = row["days"], row["to"]
    if to not in set(To):
        return _("A step tells the holder, the head, the unit above or the assigner, not “%(to)s”.") % {"to": to}
    if isinstance(days, bool) or not isinstance(days, int) or abs(days) > FARTHEST:
        return _("The days of a step are a whole number of at most %(most)s.") % {"most": FARTHEST}
    if days < 0 and to != To.HOLDER:
        return _("Before the due day only the holder is reminded, not “%(to)s” (%(days)s).") % {"to": to, "days": days}
    return ""


class WorkingDays:
    """The worked days from `first` to `last`, to count on them many times."""

    def __init__(self, first: date, last: date, off: Container[date]) -> None:
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        self.days = [day for day in days if day not in off]

    def falls_on(self, due_on: date, days: int) -> date | None:
        """The day of a step: counted from the due day, or the last worked day before one that is a day off.

        None outside of the span. A step never falls on a day off.
        """
        place = bisect_right(self.days, due_on) - 1 + days
        return self.days[place] if 0 <= place < len(self.days) else None


@dataclass(frozen=True)
class Due:
    """A step that is to be sent for what is due on `due_on`."""

    due_on: date
    step: Step
    falls_on: date


def horizon(steps: tuple[Step, ...], sense: int) -> timedelta:
    """How far from a day the due days lie that its steps may concern; generous for long holidays."""
    farthest = max((abs(step.days) for step in steps), default=0)
    return timedelta(days=2 * (farthest + sense) + 30)


def steps_due(steps: tuple[Step, ...], on: date, worked: WorkingDays, sense: int) -> Iterator[Due]:
    """What is to be sent on the day `on`, missed steps included as long as they have sense.

    Of several missed steps to the same reader only the last one; none that speaks of a coming due day after it; none
    that fell more than `sense` working days ago. `worked` covers twice the horizon.
    """
    reach, oldest = horizon(steps, sense), worked.falls_on(on, -sense)
    for number in range(-reach.days, reach.days + 1):
        due_on = on + timedelta(days=number)
        for _to, rungs in groupby(sorted(steps), key=lambda step: step.to):
            come = [(step, day) for step in rungs if (day := worked.falls_on(due_on, step.days)) and day <= on]
            if not come:
                continue
            step, day = come[-1]
            if (step.days > 0 or on <= due_on) and oldest and day >= oldest:
                yield Due(due_on, step, day)
