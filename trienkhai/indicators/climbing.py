"""Values that the unit which gave their indicator cannot decide on, and where each goes instead."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q

from trienkhai.indicators.models import ValueQuerySet
from trienkhai.orgs.climbing import Ladder


class Climbed(NamedTuple):
    """One value. `decider`: the unit above that decides on it, None where nobody up to the top may."""

    pk: int
    giver: int
    decider: int | None
    claim: frozenset[int]


class Climbing:
    """Those among some submitted values. Three queries at most, whatever their number.

    Where nobody who leads anywhere above is behind the value, all values of a giver go the same way (`whole`); the
    others, few, are looked at one by one (`alone`).
    """

    def __init__(self, waiting: ValueQuerySet, on: date) -> None:
        self.waiting, self.on = waiting, on
        givers = waiting.order_by().values_list("holder__giver", "holder__giver__path").distinct()
        self.way = {giver: path or "" for giver, path in givers}

    @cached_property
    def ladder(self) -> Ladder:
        return Ladder(self.way.values(), self.on)

    @cached_property
    def claimed(self) -> Q:
        """Values that one of those who lead stands behind."""
        people = self.ladder.people()
        return Q(submitted_by__in=people) | Q(principal__in=people)

    def whole(self) -> dict[int, int | None]:
        """By giver that cannot decide, the unit that does: for all its values but the claimed ones."""
        deciders = {giver: self.ladder.decider(path) for giver, path in self.way.items()}
        return {giver: unit for giver, unit in deciders.items() if unit != giver}

    def alone(self) -> Iterator[Climbed]:
        """The claimed values that their giver cannot decide on."""
        rows = self.waiting.filter(self.claimed) if self.way else self.waiting.none()
        for pk, giver, *behind in rows.values_list("pk", "holder__giver", "submitted_by", "principal"):
            claim = frozenset(found for found in behind if found)
            decider = self.ladder.decider(self.way[giver], claim)
            if decider != giver:
                yield Climbed(pk, giver, decider, claim)
