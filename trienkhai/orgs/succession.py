"""What happens to the open objects of every area when units move, merge, split or end.

Each area registers a carrier from its `apps.py`. A reorganisation calls them in area order inside its own transaction;
a dry run is the same call rolled back. What carriers change they note in the journal (`orgs.journal`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.audit.actions import Actor
from trienkhai.common.templatetags.show import day
from trienkhai.common.verdict import Refused
from trienkhai.orgs.models import Unit

CONTINUE, CLOSE, DIVIDE, UP = "continue", "close", "divide", "up"
"""What may become of the open objects of one class."""
KEEP = "keep"
"""What becomes of them, unless they are divided, at a unit that stays and gives a part of itself away."""

CHOICES = {
    CONTINUE: gettext_lazy("goes on at the successor"),
    CLOSE: gettext_lazy("is closed"),
    DIVIDE: gettext_lazy("is divided by list"),
    UP: gettext_lazy("goes to the unit above"),
    KEEP: gettext_lazy("stays with the unit"),
}


@dataclass(frozen=True)
class Move:
    """A unit that changes its place with all below it: its path before and after."""

    unit_id: int
    old_path: str
    new_path: str


@dataclass(frozen=True)
class Ending:
    """A unit that ends on a day, its first day no longer standing.

    `successor`: where everything goes that nothing else is said about. `choices`: name of a class of open objects →
    one of `CHOICES`; a class that is not named goes the first way that it knows. `division`: for a divided class the id
    of each object → the id of the unit that takes it over. `stays`: the unit does not end, it gives away what the
    division lists and keeps the rest.
    """

    unit: Unit
    successor: Unit
    on: date
    choices: Mapping[str, str] = field(default_factory=dict)
    division: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    stays: bool = False

    @cached_property
    def above(self) -> Unit | None:
        """The unit above; None for a root."""
        parent = self.unit.present.parent_id if self.unit.present else None
        return Unit.objects.select_related("present").filter(pk=parent).first() if parent else None

    @cached_property
    def heirs(self) -> dict[int, Unit]:
        """Every unit that takes something over, by id: the successor, the one above, those of the division."""
        known = {self.successor.pk: self.successor} | ({self.above.pk: self.above} if self.above else {})
        named = {unit for listed in self.division.values() for unit in listed.values()} - set(known)
        return known | Unit.objects.select_related("present").in_bulk(named)


def numbered(row: Any, on: date | None = None, kind: str = "") -> str:
    """A row as whoever divides it reads it without a right to what it says: its number, its kind, its day."""
    return ", ".join(filter(None, (_("no. %(number)s") % {"number": row.pk}, kind, day(on))))


@dataclass(frozen=True)
class Kind:
    """A class of open objects: its name, its words on screen, what may become of it (the first is usual), its rows.

    `words`: a row for whoever divides them by list, also for an administrator, who reads no content. `content`: the
    same for a person who sees the work of the unit, where that is more.
    """

    name: str
    label: str | Promise
    choices: tuple[str, ...]
    rows: Callable[[Ending], QuerySet[Any]]
    words: Callable[[Any], str] = numbered
    content: Callable[[Any], str] | None = None

    def objects(self, ending: Ending, reads: bool = False) -> list[tuple[int, str]]:
        """The rows as a person divides them by list: id and words. `reads`: whether that person sees the work of the
        unit."""
        words = self.content if reads and self.content else self.words
        return [(row.pk, words(row)) for row in self.rows(ending).order_by("pk")]

    def ids(self, ending: Ending) -> list[int]:
        return list(self.rows(ending).order_by("pk").values_list("pk", flat=True))

    def count(self, ending: Ending) -> int:
        return self.rows(ending).count()

    def choice(self, ending: Ending) -> str:
        return ending.choices.get(self.name, KEEP if ending.stays else self.choices[0])

    def closes(self, ending: Ending) -> bool:
        return self.choice(ending) == CLOSE

    def shares(self, ending: Ending) -> list[tuple[Unit, list[int]]]:
        """Who takes over which rows, as was chosen; nothing when they are closed."""
        choice, ids = self.choice(ending), self.ids(ending)
        if choice in (CLOSE, KEEP) or not ids:
            return []
        if choice == DIVIDE:
            listed = ending.division.get(self.name, {})
            ids = [pk for pk in ids if pk in listed] if ending.stays else ids
            units = sorted({listed[pk] for pk in ids})
            return [(ending.heirs[unit], [pk for pk in ids if listed[pk] == unit]) for unit in units]
        heir = ending.above if choice == UP else ending.successor
        return [(heir, ids)] if heir else []


def none_concerned(move: Move) -> dict[str, int]:
    return {}


def no_lock(move: Move) -> None:
    """What this area has hangs on units, wherever they stand."""


def stay_put(move: Move, by: Actor, at: datetime) -> None:
    """What this area has hangs on units, wherever they stand."""


def no_question(ending: Ending) -> list[str]:
    return []


def stay(ending: Ending, by: Actor, at: datetime) -> None:
    """Nothing of this area goes anywhere."""


@dataclass(frozen=True)
class TakenBack:
    """A reorganisation that is taken back: the rows that become as before again, each with the columns that are put
    back, and the ids of those it had made."""

    changed: Mapping[type[Model], Mapping[int, Mapping[str, Any]]]
    made: Mapping[type[Model], list[int]]
    on: date
    act: int


def as_before(taken: TakenBack) -> None:
    """Nothing of this area is derived from rows."""


@dataclass(frozen=True)
class Carrier:
    """`count(move)` open objects concerned by class; `carry(move, by, at)` takes them along.

    `hold(move)` locks them before any path is rewritten, so that nobody changes them by the old paths meanwhile.
    For a unit that ends: `kinds` of open objects, `needs_decision` in sentences what a person has to settle first,
    `carry_ending` does with the rest what was chosen. Of a unit that stays and gives a part away, `carry_part` hands on
    what the list names of the `parts` among the kinds; all else stays. When a reorganisation is taken back, `unsettle`
    takes what is derived from its rows out of the tables `derived` while they are still as it left them, and `settle`
    puts in what they say once they are as before.
    """

    area: str
    count: Callable[[Move], dict[str, int]] = none_concerned
    hold: Callable[[Move], None] = no_lock
    carry: Callable[[Move, Actor, datetime], None] = stay_put
    kinds: tuple[Kind, ...] = ()
    needs_decision: Callable[[Ending], list[str]] = no_question
    carry_ending: Callable[[Ending, Actor, datetime], None] = stay
    parts: tuple[Kind, ...] = ()
    carry_part: Callable[[Ending, Actor, datetime], None] = stay
    unsettle: Callable[[TakenBack], None] = as_before
    settle: Callable[[TakenBack], None] = as_before
    derived: tuple[type[Model], ...] = ()


_carriers: list[Carrier] = []


def register(carrier: Carrier) -> None:
    if carrier.area not in {known.area for known in _carriers}:
        _carriers.append(carrier)


def count_all(move: Move) -> dict[str, int]:
    return {name: number for carrier in _carriers for name, number in carrier.count(move).items()}


def hold_all(move: Move) -> None:
    for carrier in _carriers:
        carrier.hold(move)


def carry_all(move: Move, by: Actor, at: datetime) -> None:
    for carrier in _carriers:
        carrier.carry(move, by, at)


def kinds() -> list[Kind]:
    """Every class of open objects, in the order of the areas."""
    return [kind for carrier in _carriers for kind in carrier.kinds]


def parts() -> list[Kind]:
    """Classes of which a unit that stays may give some away."""
    return [kind for carrier in _carriers for kind in carrier.parts]


def carry_part(ending: Ending, by: Actor, at: datetime) -> None:
    for carrier in _carriers:
        carrier.carry_part(ending, by, at)


def count_ending(ending: Ending) -> dict[str, int]:
    """Open objects of the unit by class; classes without any are left out."""
    found = {kind.name: kind.count(ending) for kind in kinds()}
    return {name: number for name, number in found.items() if number}


def questions(ending: Ending) -> list[str]:
    return [sentence for carrier in _carriers for sentence in carrier.needs_decision(ending)]


def carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    for carrier in _carriers:
        carrier.carry_ending(ending, by, at)


def unsettle_all(taken: TakenBack) -> None:
    for carrier in _carriers:
        carrier.unsettle(taken)


def settle_all(taken: TakenBack) -> None:
    for carrier in _carriers:
        carrier.settle(taken)


def derived() -> set[type[Model]]:
    return {model for carrier in _carriers for model in carrier.derived}


def check_choices(ending: Ending) -> None:
    """Raises Refused for a class or a choice that is not offered, a list that leaves something out or names another
    unit's object, and for a unit that does not stand."""
    offered = {kind.name: kind for kind in (parts() if ending.stays else kinds())}
    for name, choice in ending.choices.items():
        kind = offered.get(name)
        if kind is None or choice not in ((KEEP, DIVIDE) if ending.stays else kind.choices):
            raise Refused(_("“%(choice)s” is no choice for “%(name)s”.") % {"choice": choice, "name": name})
        if choice == DIVIDE:
            _check_list(kind, ending)
        if choice == UP and ending.above is None:
            raise Refused(_("No unit stands above “%(name)s”.") % {"name": ending.unit})
        if choice == UP:
            _check_stands([ending.above], ending)


def _check_list(kind: Kind, ending: Ending) -> None:
    listed = ending.division.get(kind.name, {})
    rows = dict(kind.objects(ending))
    left = [words for pk, words in rows.items() if pk not in listed]
    if left and not ending.stays:
        sentence = _("%(label)s: the list leaves out “%(first)s” (%(n)s in all).")
        raise Refused(sentence % {"label": kind.label, "first": left[0], "n": len(left)})
    if set(listed) - set(rows):
        raise Refused(_("%(label)s: the list names what the unit does not have.") % {"label": kind.label})
    _check_stands([ending.heirs.get(unit) for unit in listed.values()], ending)


def _check_stands(units: Iterable[Unit | None], ending: Ending) -> None:
    for unit in units:
        if unit is None or unit.pk == ending.unit.pk or unit.closed_on <= ending.on:
            raise Refused(_("A unit that takes over has to stand, and be another one."))
