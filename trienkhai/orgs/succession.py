"""What happens to the open objects of later areas when units move, merge, split or end.

Each area registers a carrier from its `apps.py`. A reorganisation calls them in area order inside its own transaction;
a dry run is the same call rolled back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from trienkhai.audit.actions import Actor
from trienkhai.orgs.models import Unit


@dataclass(frozen=True)
class Move:
    """A unit that changes its place with all below it: its path before and after."""

    unit_id: int
    old_path: str
    new_path: str


@dataclass(frozen=True)
class Ending:
    """A unit that ends on a day, its first day no longer standing: what is open goes to its successor."""

    unit: Unit
    successor: Unit
    on: date


def nothing(ending: Ending) -> dict[str, int]:
    return {}


def no_question(ending: Ending) -> list[str]:
    return []


def stay(ending: Ending, by: Actor, at: datetime) -> None:
    """Nothing of this area goes anywhere."""


@dataclass(frozen=True)
class Carrier:
    """`count(move)` open objects concerned by class; `carry(move, by, at)` takes them along.

    `hold(move)` locks them before any path is rewritten, so that nobody changes them by the old paths meanwhile.
    For a unit that ends: `count_ending` what is open by class, `needs_decision` in sentences what a person has to
    settle first, `carry_ending` lets the rest go to the successor.
    """

    area: str
    count: Callable[[Move], dict[str, int]]
    hold: Callable[[Move], None]
    carry: Callable[[Move, Actor, datetime], None]
    count_ending: Callable[[Ending], dict[str, int]] = nothing
    needs_decision: Callable[[Ending], list[str]] = no_question
    carry_ending: Callable[[Ending, Actor, datetime], None] = stay


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


def count_ending(ending: Ending) -> dict[str, int]:
    """Open objects of the unit by class; classes without any are left out."""
    found = {name: number for carrier in _carriers for name, number in carrier.count_ending(ending).items()}
    return {name: number for name, number in found.items() if number}


def questions(ending: Ending) -> list[str]:
    return [sentence for carrier in _carriers for sentence in carrier.needs_decision(ending)]


def carry_ending(ending: Ending, by: Actor, at: datetime) -> None:
    for carrier in _carriers:
        carrier.carry_ending(ending, by, at)
