"""What happens to the open objects of later areas when units move, merge, split or end.

Each area registers a carrier from its `apps.py`. A reorganisation calls them in area order inside its own transaction;
a dry run is the same call rolled back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from trienkhai.audit.actions import Actor


@dataclass(frozen=True)
class Move:
    """A unit that changes its place with all below it: its path before and after."""

    unit_id: int
    old_path: str
    new_path: str


@dataclass(frozen=True)
class Carrier:
    """`count(move)` open objects concerned by class; `carry(move, by, at)` takes them along.

    `hold(move)` locks them before any path is rewritten, so that nobody changes them by the old paths meanwhile.
    """

    area: str
    count: Callable[[Move], dict[str, int]]
    hold: Callable[[Move], None]
    carry: Callable[[Move, Actor, datetime], None]


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
