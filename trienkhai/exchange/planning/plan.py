"""The plan of an import: what the rows of a file would do, and what is wrong with them."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from trienkhai.exchange.files import Row, Table
from trienkhai.orgs.models import Holding


@dataclass
class Plan:
    """The rows with their errors, and what they would do.

    `new`, `posts`, `holdings`: rows to make; `moved`: rows with another parent; `changed`: rows with other values;
    `altered`: holdings with another end, manner or decision; `same`: units that stay as they are; `left_alone`,
    `posts_left_alone`: what stands in the branch and not in the file; `depths`: level of every unit by its code.
    """

    tables: dict[str, Table]
    new: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, dict[str, Any]]] = field(default_factory=list)
    moved: list[Row] = field(default_factory=list)
    same: int = 0
    posts: list[Row] = field(default_factory=list)
    holdings: list[Row] = field(default_factory=list)
    altered: list[tuple[Holding, dict[str, Any]]] = field(default_factory=list)
    left_alone: int = 0
    posts_left_alone: int = 0
    depths: dict[str, int] = field(default_factory=dict)

    @property
    def wrong(self) -> list[tuple[str, Row]]:
        return [(name, row) for name, table in self.tables.items() for row in table.rows if row.errors]

    @property
    def other_units(self) -> int:
        """How many units that stand are called, or stand, otherwise afterwards."""
        return len({row.number for row in self.moved} | {row.number for row, _changes in self.changed})

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.moved or self.posts or self.holdings or self.altered)


def no_unit(code: str) -> str:
    return _("There is no unit with the code “%(code)s”.") % {"code": code}
