"""An office's own words beside the grammar's, while one document is being read.

The words are plain data, given to `read_text`. What the reader compiles from words is kept for each set of own words
(`per_office`), so two offices read at the same time, by threads or in turn, never meet each other's.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")
OFFICES = 32


@dataclass(frozen=True)
class OwnPhrases:
    """duties: words before a body that give it a duty ("ủy thác cho"). types: names of document types with their
    abbreviations. products: what a duty may yield ("sổ theo dõi").
    """

    duties: tuple[str, ...] = ()
    types: tuple[tuple[str, str], ...] = ()
    products: tuple[str, ...] = ()

    def added_to(self, name: str, data: Any) -> Any:
        """The grammar file `name` with these words in it; `data` itself is left as it is."""
        if name == "phrases" and self.duties:
            return data | {"give": [*data["give"], *self.duties]}
        if name == "products" and self.products:
            return data | {"nouns": [*data["nouns"], *self.products]}
        if name == "document_types" and self.types:
            return [*data, *({"name": words, "abbr": abbr, "class": "directive"} for words, abbr in self.types)]
        return data


NONE = OwnPhrases()
_present: ContextVar[OwnPhrases] = ContextVar("own_phrases", default=NONE)


@contextmanager
def using(own: OwnPhrases | None) -> Iterator[None]:
    token = _present.set(own or NONE)
    try:
        yield
    finally:
        _present.reset(token)


def present() -> OwnPhrases:
    return _present.get()


def per_office(function: Callable[[], T]) -> Callable[[], T]:
    """Like `cache` for a function without arguments, with one answer for each set of own words in use."""

    @lru_cache(maxsize=OFFICES)
    def answer(_own: OwnPhrases) -> T:
        return function()

    return lambda: answer(_present.get())
