"""What an address asks of the list of tasks: which rows, by the names its filters have there."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from trienkhai.common import paths
from trienkhai.common.folding import fold
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Assignment, State
from trienkhai.tasks.queries.focusing import bottleneck_filter, moved_since, still_since
from trienkhai.tasks.queries.lists import due_soon_day
from trienkhai.tasks.queries.naming import unnamed_filter, waiting_filter
from trienkhai.tasks.queries.sheets import cell_filter, counted_at

CELLS = {
    "total": gettext_lazy("all that was given"),
    "done": gettext_lazy("done"),
    "open": gettext_lazy("not done yet"),
    "done_on_time": gettext_lazy("done on time"),
    "done_late": gettext_lazy("done late"),
    "open_in_time": gettext_lazy("not done, in time"),
    "open_overdue": gettext_lazy("not done, overdue"),
    "unacknowledged": gettext_lazy("not acknowledged"),
    "submitted": gettext_lazy("awaiting approval"),
    "no_deadline": gettext_lazy("no deadline"),
    "due_soon": gettext_lazy("due soon"),
    "due_in_week": gettext_lazy("due in 7 days"),
    "due_by_today": gettext_lazy("was due by today"),
    "done_of_due": gettext_lazy("was due by today and is done"),
    "extended": gettext_lazy("due day moved"),
    "silent": gettext_lazy("silent"),
    "blocked": gettext_lazy("with something in the way"),
    "waiting": gettext_lazy("waiting for somebody else"),
    "unnamed": gettext_lazy("no person named in time"),
    "to_urge": gettext_lazy("late, and the unit's turn"),
}
NAMED = ("don-vi", "bang", "van-ban", "trong-tam", "nhiem-vu", "khoan")
"""Parameters that hold an id."""
MOVES = {"doi-tu": moved_since, "dung-tu": still_since}
"""Parameters that hold a day since which work moved, or stands still."""
COLUMNS = {"van-ban": "task__document", "trong-tam": "task__focus", "nhiem-vu": "task", "khoan": "task__clauses"}


@dataclass(frozen=True)
class Wanted:
    """What the address asks for. An id of nothing lists nothing; an unknown cell or state limits nothing."""

    ids: dict[str, int]
    alone: bool = False
    cell: str = ""
    state: str = ""
    due: str = "due_on"
    words: tuple[str, ...] = ()
    area: str = ""
    since: dict[str, date | None] = field(default_factory=dict)

    @classmethod
    def read(cls, given: QueryDict) -> "Wanted":
        ids = {name: number_of(given.get(name)) or 0 for name in NAMED if given.get(name)}
        cell, state = given.get("o", ""), given.get("trang-thai", "")
        return cls(
            ids=ids,
            alone=given.get("pham-vi") == "don-vi",
            cell=cell if cell in CELLS else "",
            state=state if state in State.values else "",
            due="first_due_on" if given.get("han") == "dau" else "due_on",
            area=given.get("mat", "")[:60],
            since={name: day_of_address(given.get(name, "")) for name in MOVES if given.get(name)},
            words=tuple(fold(given.get("q", "")[:200]).split()),
        )

    def narrow(self, rows: QuerySet[Assignment], on: date) -> QuerySet[Assignment]:
        if "don-vi" in self.ids:
            rows = rows.filter(_held(self.ids["don-vi"], self.alone))
        if "bang" in self.ids:
            unit = Unit.objects.filter(pk=self.ids["bang"], path__isnull=False).first()
            rows = rows.filter(counted_at(unit)) if unit else rows.none()
        for name, column in COLUMNS.items():
            if name in self.ids:
                rows = rows.filter(**{column: self.ids[name]})
        if self.area:
            rows = rows.filter(task__work_area=self.area)
        for name, day in self.since.items():
            rows = rows.exclude(state=State.WITHDRAWN).filter(MOVES[name](day)) if day else rows.none()
        if self.cell == "blocked":
            rows = bottleneck_filter(rows)
        elif self.cell == "waiting":
            rows = rows.filter(waiting_filter())
        elif self.cell == "unnamed":
            rows = rows.filter(unnamed_filter(on))
        elif self.cell:
            rows = rows.filter(cell_filter(self.cell, on, due_soon_day(on), due=self.due))
        if self.state:
            rows = rows.filter(state=self.state)
        for word in self.words:
            rows = rows.filter(task__search_text__contains=word)
        return rows


def day_of_address(text: str) -> date | None:
    """2017-06-30; None for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _held(unit_id: int, alone: bool) -> Q:
    if alone:
        return Q(held_by=unit_id)
    path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first()
    return paths.within(path, "held_by__path") if path else Q(pk__in=[])


def number_of(text: str | None) -> int | None:
    """An id from an address; None for what is none."""
    return int(text) if text and text.isdecimal() and len(text) < 18 else None
