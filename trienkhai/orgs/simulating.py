"""The organisation as a tree in memory: as it stands, and as it would stand after a draft's steps. Nothing is written.

The tree after a draft is the present one with what the draft's plan says of the units that it names; the plan is the
one by which a file is examined before it is carried out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from trienkhai.orgs.actions.reorganising import Plan, key_of
from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.queries import grassroots_kinds

WORDS = ("code", "name", "kind", "relation", "sector")
NEW, ENDED, MOVED, RENAMED, CHANGED = "new", "ended", "moved", "renamed", "changed"


@dataclass(frozen=True)
class Spot:
    """A unit at its place. `key`: as plans name units ("u12" is the stored unit 12)."""

    key: str
    parent: str
    code: str
    name: str
    kind: str
    relation: str
    sector: str

    @property
    def label(self) -> str:
        return f"{self.name} ({self.code})"


@dataclass
class Forest:
    """The office and all below it, by key. `grassroots`: the kinds that count as grassroots organisations."""

    top: str
    spots: dict[str, Spot]
    grassroots: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def below(self) -> dict[str, list[Spot]]:
        """Units directly below each, by code."""
        found: dict[str, list[Spot]] = {}
        for spot in sorted(self.spots.values(), key=lambda spot: spot.code):
            if spot.key != self.top:
                found.setdefault(spot.parent, []).append(spot)
        return found

    def subordinates(self, key: str) -> list[Spot]:
        return [spot for spot in self.below.get(key, []) if spot.relation == Relation.SUBORDINATE]

    @cached_property
    def levels(self) -> dict[str, int]:
        """The level of each unit, the office being the first; in the order in which the tree is read."""
        found, waiting = {}, [(self.top, 1)]
        while waiting:
            key, level = waiting.pop()
            found[key] = level
            waiting += [(spot.key, level + 1) for spot in reversed(self.below.get(key, []))]
        return found

    def above(self, key: str) -> Iterator[str]:
        """The units above it, as far as the office."""
        while key != self.top and key in self.spots:
            key = self.spots[key].parent
            yield key

    @cached_property
    def bases(self) -> list[Spot]:
        """Grassroots organisations."""
        return [
            spot
            for spot in self.spots.values()
            if spot.kind in self.grassroots and spot.relation == Relation.SUBORDINATE
        ]


def present_tree(office: Unit, on: date) -> Forest:
    """The branch of the office as it stands. Two queries, one row for each unit."""
    rows = Unit.objects.within(office.path or "").standing(on).filter(present__isnull=False)
    columns = rows.values_list("pk", "present__parent", *(f"present__{name}" for name in WORDS))
    spots = {}
    for pk, parent, *words in columns:
        key = key_of(pk)
        spots[key] = Spot(key, key_of(parent) if parent else "", *words)
    return Forest(key_of(office), spots, frozenset(grassroots_kinds(on)))


def tree_after(before: Forest, plan: Plan) -> Forest:
    """The tree once the plan's steps are carried out. plan: played to its end and without faults."""
    spots = dict(before.spots)
    for key, planned in plan.known.items():
        if planned is None:
            continue
        if not plan.stands(planned):
            spots.pop(key, None)
        elif key in spots or planned.stored is None:
            words = {name: planned.words[name] for name in WORDS}
            spots[key] = Spot(key, planned.parent, **words)
    return Forest(before.top, spots, before.grassroots)


@dataclass(frozen=True)
class Change:
    """What becomes of one unit. `before`, `after`: None for a unit that is new or ends."""

    before: Spot | None
    after: Spot | None
    marks: tuple[str, ...]

    @property
    def spot(self) -> Spot:
        spot = self.after or self.before
        assert spot is not None
        return spot

    @property
    def key(self) -> str:
        return self.spot.key


def changes(before: Forest, after: Forest) -> list[Change]:
    """Units that end, are new, move (those that go along below one that moves are not named), are called or are
    something else; in the order of their codes."""
    found = []
    for key in before.spots.keys() | after.spots.keys():
        old, new = before.spots.get(key), after.spots.get(key)
        marks = _marks(old, new)
        if marks:
            found.append(Change(old, new, marks))
    return sorted(found, key=lambda change: (change.spot.code, change.key))


def _marks(old: Spot | None, new: Spot | None) -> tuple[str, ...]:
    if old is None:
        return (NEW,)
    if new is None:
        return (ENDED,)
    differs = {
        MOVED: old.parent != new.parent,
        RENAMED: old.name != new.name,
        CHANGED: (old.kind, old.relation, old.sector, old.code) != (new.kind, new.relation, new.sector, new.code),
    }
    return tuple(mark for mark, true in differs.items() if true)


def concerned(before: Forest, after: Forest, named: Iterable[str] = ()) -> list[str]:
    """Keys of present units that a draft touches, the office aside: those that change, those below which something
    comes or goes, and those that its steps name, as they take over; in the order in which the present tree is read."""
    found = set(named)
    for change in changes(before, after):
        found.add(change.key)
        parents = {spot.parent for spot in (change.before, change.after) if spot}
        found |= parents if set(change.marks) & {NEW, ENDED, MOVED} else set()
    return [key for key in before.levels if key in found and key != before.top]
