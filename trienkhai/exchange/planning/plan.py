"""The plan of an import: what the rows of a file would do, and what is wrong with them."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from trienkhai.exchange.files import Row, Table
from trienkhai.exchange.queries import HoldingFacts, PostFacts

PostKey = tuple[str, str]
"""Code of the unit and title of a post."""


@dataclass
class Plan:
    """The rows with their errors, and what they would do.

    `new`, `posts`, `holdings`: rows to make; `moved`: rows with another parent; `changed`: rows with other values;
    `refitted`: posts that stand and get other words, seats or classes; `altered`: holdings with another end, manner or
    decision; `same`: units that stay as they are; `left_alone`, `posts_left_alone`: what stands in the branch and not
    in the file; `crowded`: new posts with more holders at once than the file gives them seats.
    `depths`: level of every unit by its code; `unit_ids`, `post_ids`: what stands already, by code and by post.
    """

    tables: dict[str, Table]
    new: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, dict[str, Any]]] = field(default_factory=list)
    moved: list[Row] = field(default_factory=list)
    same: int = 0
    posts: list[Row] = field(default_factory=list)
    refitted: list[tuple[PostFacts, dict[str, Any]]] = field(default_factory=list)
    holdings: list[Row] = field(default_factory=list)
    altered: list[tuple[HoldingFacts, dict[str, Any]]] = field(default_factory=list)
    left_alone: int = 0
    posts_left_alone: int = 0
    crowded: int = 0
    depths: dict[str, int] = field(default_factory=dict)
    unit_ids: dict[str, int] = field(default_factory=dict)
    post_ids: dict[PostKey, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many rows the file has."""
        return sum(len(table.rows) for table in self.tables.values())

    @property
    def wrong(self) -> list[tuple[str, Row]]:
        return [(name, row) for name, table in self.tables.items() for row in table.rows if row.errors]

    @property
    def other_units(self) -> int:
        """How many units that stand are called, or stand, otherwise afterwards."""
        return len({row.number for row in self.moved} | {row.number for row, _changes in self.changed})

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind the file would make or change."""
        names = ("new", "changed", "moved", "posts", "refitted", "holdings", "altered")
        return {name: len(getattr(self, name)) for name in names}

    @property
    def is_empty(self) -> bool:
        return not any(self.counts.values())


def no_unit(code: str) -> str:
    return _("There is no unit with the code “%(code)s”.") % {"code": code}
