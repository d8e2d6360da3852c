"""Decisions on thousands of rows in the background: what an area gives so that its kinds of decision can run there.

An area registers itself from its `apps.py`. Carrying out in portions, the stop, the restart, the right asked anew and
the page to watch it on are the same for all (`actions/jobs.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from trienkhai.people.models import Account

Kept = list[list[Any]]
"""A filter as a job keeps it: pairs of a name and a value."""


@dataclass(frozen=True)
class Kind:
    """A kind of decision: `title` heads its page, `allows` is what a leader's post must allow, `reasoned` ones are
    refused without words.
    """

    title: str | Promise
    allows: str
    reasoned: bool = False


@dataclass(frozen=True)
class Portion:
    """What is decided in one transaction with one act: `selection` is what the act says of whom it is for."""

    kind: str
    ids: list[int]
    words: str
    selection: str
    by: Account
    at: datetime


@dataclass(frozen=True)
class Area:
    """What one area lets run in the background.

    waiting: `(person, kind, filter, seen_at, on)` → the rows the person may decide on `on` of what it saw at `seen_at`,
        the oldest first. A row that was decided, or that the person may not decide, is none of them.
    decide: decides the rows of a portion that still wait, in one act; returns how many, Refused for none.
    described: the filter in the words that an act keeps.
    address: the page with the list, narrowed to that filter.
    label: what that page is called.
    """

    name: str
    label: str | Promise
    kinds: Mapping[str, Kind]
    waiting: Callable[[Account, str, Kept, datetime, date], QuerySet[Any]]
    decide: Callable[[Portion], int]
    described: Callable[[Kept], str]
    address: Callable[[Kept], str]


_areas: dict[str, Area] = {}


def register(area: Area) -> None:
    """Called once from an area's `AppConfig.ready`."""
    _areas.setdefault(area.name, area)


def area_of(name: str) -> Area:
    """Raises KeyError for an area that is not installed (any more)."""
    return _areas[name]
