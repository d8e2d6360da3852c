"""Addresses of the lists that numbers count, so that every number is a link to its list.

Parameters of the list of tasks: `bang` – as counted on the sheet of that unit; `o` – a cell or tile
(`tasks.queries.cell_filter`); `don-vi` – held in the branch of that unit, by that unit alone with `pham-vi=don-vi`;
`van-ban`, `trong-tam` – of that document, serving that focus; `mat` – of that area of work; `ky` – due in that year,
quarter or month; `han=dau` – judged by the first due day; `ngay` – as at the end of that past day, `cay=nay` – that by
today's tree.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from trienkhai.orgs.places import NOW, PARAMETER, Places
from trienkhai.tasks.models import Task
from trienkhai.tasks.periods import named_days
from trienkhai.tasks.queries import Cells
from trienkhai.tasks.queries.past import Question

NAMES = (*(field.name for field in fields(Cells)), "total", "done", "silent")


@dataclass(frozen=True)
class Scope:
    """What the figures of a page are of: a document, a focus, an area of work, what is due in a period (as
    `periods.named_days` reads it), the due day they are judged by, and the past day at whose end they are told. `now`:
    today, where a past day is counted by today's tree."""

    document: int | None = None
    focus: int | None = None
    area: str = ""
    period: str = ""
    first_due: bool = False
    day: date | None = None
    now: date | None = None

    @property
    def params(self) -> dict[str, Any]:
        given = {
            "van-ban": self.document,
            "trong-tam": self.focus,
            "mat": self.area,
            "ky": self.period,
            "han": "dau" if self.first_due else None,
            "ngay": self.day.isoformat() if self.day else None,
            PARAMETER: NOW if self.day and self.now else None,
        }
        return {name: value for name, value in given.items() if value}

    @property
    def key(self) -> str:
        """What an issued sheet is limited to, in one line; the document and the day stand beside it."""
        return "&".join(
            f"{name}={value}" for name, value in replace(self, document=None, day=None, now=None).params.items()
        )

    @property
    def limits(self) -> bool:
        """Is it of less than all that was given, or judged otherwise?"""
        return replace(self, day=None, now=None) != EVERYTHING

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day of the period."""
        return named_days(self.period)

    @property
    def of_tables(self) -> "Scope":
        """What the tables of a board are of: today they go by the due day in force, whatever its sheet is judged by."""
        return self if self.day else replace(self, first_due=False)

    @property
    def tasks(self) -> QuerySet[Task] | None:
        """Tasks of the document, focus and area of work; None when there is no such limit."""
        limits = {"document": self.document, "focus": self.focus, "work_area": self.area}
        given = {name: value for name, value in limits.items() if value}
        return Task.objects.filter(**given) if given else None

    @cached_property
    def places(self) -> Places | None:
        """The tree by which a past day is counted instead of its own."""
        return Places(today=self.now) if self.day and self.now else None

    @property
    def question(self) -> Question:
        """The same asked of a past day."""
        return Question(self.tasks, self.days, "first_due_on" if self.first_due else "due_on", self.places)


EVERYTHING = Scope()


def tasks_url(**params: Any) -> str:
    """The list of tasks; names are written with `_` for `-`, empty values left out."""
    given = {name.replace("_", "-"): value for name, value in params.items() if value not in (None, "")}
    return f"{reverse('tasks:list')}?{urlencode(given)}"


def cell_urls(scope: Scope, **params: Any) -> dict[str, str]:
    """The address of each cell's and tile's list; `params` go before what the scope says."""
    given = {name.replace("-", "_"): value for name, value in scope.params.items()} | params
    return {name: tasks_url(**given | {"o": name}) for name in NAMES}


def total_url(scope: Scope, **params: Any) -> str:
    """The list behind a number of a table that counts all that was given."""
    return cell_urls(scope.of_tables, **params)["total"]
