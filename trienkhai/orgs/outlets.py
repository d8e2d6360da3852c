"""Where later areas take part in what this one writes: they tell posts of news, and look through texts before storing.

Each registers from its `apps.py`; without any, nothing is told and nothing found.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

Teller = Callable[..., None]
"""`(posts, kind, *, url, at, act, **params)`: a notice of that kind to each of the posts, by id."""
Searcher = Callable[[str], str | None]
"""The mark of secrecy that a text bears, or None."""
_tellers: list[Teller] = []
_searchers: list[Searcher] = []


def add_teller(teller: Teller) -> None:
    if teller not in _tellers:
        _tellers.append(teller)


def add_searcher(searcher: Searcher) -> None:
    if searcher not in _searchers:
        _searchers.append(searcher)


def tell_posts(posts: Iterable[int], kind: str, *, url: str, at: datetime, act: int, **params: Any) -> None:
    chosen = list(posts)
    for teller in _tellers:
        teller(chosen, kind, url=url, at=at, act=act, **params)


def secrecy_mark(text: str) -> str | None:
    """The first mark of secrecy that somebody finds in the text."""
    return next((mark for searcher in _searchers if (mark := searcher(text))), None)
