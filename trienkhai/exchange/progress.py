"""How far a file has come: told by whoever reads, judges, stores or writes its rows, every so many of them."""

import enum
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trienkhai.common.templatetags.show import num

EVERY = 1000
T = TypeVar("T")


class Stage(enum.StrEnum):
    READ = "read"
    JUDGE = "judge"
    STORE = "store"
    WRITE = "write"
    MARK = "mark"


WORDS: dict[str, Promise] = {
    Stage.READ: _("reading the rows"),
    Stage.JUDGE: _("looking through the rows"),
    Stage.STORE: _("storing"),
    Stage.WRITE: _("writing the rows"),
    Stage.MARK: _("writing down what is wrong"),
}
Tell = Callable[[Stage, int, int], None]
"""Takes the stage, how many rows are done and of how many; 0 when nobody knows yet."""


def line(stage: Stage, done: int, of: int) -> str:
    """'Storing: 12,000 of 60,000 rows' in the language in force."""
    words = {"stage": capfirst(str(WORDS[stage])), "done": num(done), "of": num(of)}
    return gettext("%(stage)s: %(done)s of %(of)s rows") % words if of else gettext("%(stage)s: %(done)s rows") % words


def silent(stage: Stage, done: int, of: int) -> None:
    """For those who wait for the end."""


def counted(rows: Iterable[T], tell: Tell, stage: Stage, of: int = 0, *, before: int = 0) -> Iterator[T]:
    """The rows as they are, each `EVERY` of them told, and the last; `before` rows of `of` were done already."""
    done = before
    for done, row in enumerate(rows, start=before + 1):
        yield row
        if done % EVERY == 0:
            tell(stage, done, of)
    tell(stage, done, of)
