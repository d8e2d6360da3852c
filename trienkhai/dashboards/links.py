"""Addresses of the lists that numbers count, so that every number is a link to its list.

Parameters of the list of tasks: `bang` – as counted on the sheet of that unit; `o` – a cell or tile
(`tasks.queries.cell_filter`); `don-vi` – held in the branch of that unit, by that unit alone with `pham-vi=don-vi`;
`van-ban`, `trong-tam` – of that document, serving that focus; `han=dau` – judged by the first due day.
"""

from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from trienkhai.tasks.queries import Cells

NAMES = (*(field.name for field in fields(Cells)), "total", "done", "silent")


@dataclass(frozen=True)
class Scope:
    """What limits the figures of a page: a document, a focus, the due day they are judged by."""

    document: int | None = None
    focus: int | None = None
    first_due: bool = False

    @property
    def params(self) -> dict[str, Any]:
        given = {"van-ban": self.document, "trong-tam": self.focus, "han": "dau" if self.first_due else None}
        return {name: value for name, value in given.items() if value}


EVERYTHING = Scope()


def tasks_url(**params: Any) -> str:
    """The list of tasks; names are written with `_` for `-`, empty values left out."""
    given = {name.replace("_", "-"): value for name, value in params.items() if value not in (None, "")}
    return f"{reverse('tasks:list')}?{urlencode(given)}"


def cell_urls(scope: Scope, **params: Any) -> dict[str, str]:
    """The address of each cell's and tile's list."""
    return {name: tasks_url(**params, o=name, **scope.params) for name in NAMES}
