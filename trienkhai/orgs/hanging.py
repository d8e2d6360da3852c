"""What hangs on a post and goes to another when it is abolished. Each area registers its classes from `apps.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from trienkhai.orgs.models import Post


@dataclass(frozen=True)
class Hanging:
    """A class of open objects of a post. `hand_on`: to another post of the unit, or, with None, to where the class says
    they fall when no post takes them over."""

    name: str
    label: str | Promise
    rows: Callable[[Post], QuerySet[Any]]
    hand_on: Callable[[QuerySet[Any], Post | None], object]


_classes: list[Hanging] = []


def register(*classes: Hanging) -> None:
    _classes.extend(one for one in classes if one.name not in {known.name for known in _classes})


def hanging_on(post: Post) -> dict[str, tuple[str | Promise, int]]:
    """By class its words and how many; classes without any left out."""
    found = {one.name: (one.label, one.rows(post).count()) for one in _classes}
    return {name: (label, number) for name, (label, number) in found.items() if number}


def hand_on(post: Post, to: Post | None) -> dict[str, int]:
    """Everything goes; returns how many by class."""
    counts = {name: number for name, (_label, number) in hanging_on(post).items()}
    for one in _classes:
        one.hand_on(one.rows(post), to)
    return counts
