"""Where later areas take part in what this one writes: they tell posts of news, and look through texts before storing.

Each registers from its `apps.py`; without any, nothing is told and nothing found.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

Teller = Callable[..., None]
"""`(posts, kind, *, url, at, act, **params)`: a notice of that kind to each of the posts, by id."""
Searcher = Callable[[str], str | None]
"""The mark of secrecy that a text bears, or None."""
PeopleTeller = Callable[..., None]
"""`(people, kind, *, url, at, act, **params)`: likewise to each person alone, by account and the post it speaks of."""
_tellers: list[Teller] = []
_people_tellers: list[PeopleTeller] = []
_searchers: list[Searcher] = []


def add_teller(teller: Teller) -> None:
    if teller not in _tellers:
        _tellers.append(teller)


def add_people_teller(teller: PeopleTeller) -> None:
    if teller not in _people_tellers:
        _people_tellers.append(teller)


def add_searcher(searcher: Searcher) -> None:
    if searcher not in _searchers:
        _searchers.append(searcher)


def tell_posts(posts: Iterable[int], kind: str, *, url: str, at: datetime, act: int, **params: Any) -> None:
    chosen = list(posts)
    for teller in _tellers:
        teller(chosen, kind, url=url, at=at, act=act, **params)


def tell_people(people: Mapping[int, int], kind: str, *, url: str, at: datetime, act: int, **params: Any) -> None:
    for teller in _people_tellers if people else ():
        teller(people, kind, url=url, at=at, act=act, **params)


def secrecy_mark(text: str) -> str | None:
    """The first mark of secrecy that somebody finds in the text."""
    return next((mark for searcher in _searchers if (mark := searcher(text))), None)
