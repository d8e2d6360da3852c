"""What an address asks of the list of tasks: which rows, by the names its filters have there."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from trienkhai.common.folding import fold
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import NOW, PARAMETER, PRESENT, Places
from trienkhai.tasks import past
from trienkhai.tasks.models import Assignment, State
from trienkhai.tasks.periods import named_days
from trienkhai.tasks.queries.focusing import bottleneck_filter, moved_since, still_since
from trienkhai.tasks.queries.lists import due_soon_day
from trienkhai.tasks.queries.naming import unnamed_filter, waiting_filter
from trienkhai.tasks.queries.past import Question, held_in, in_order
from trienkhai.tasks.queries.revised import corrected_filter, extended_twice_filter
from trienkhai.tasks.queries.sheets import cell_filter, counted_at, due_within

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
    "corrected": gettext_lazy("corrected after approval"),
    "extended_twice": gettext_lazy("due day moved twice or more"),
}
LIVE_CELLS = ("silent", "blocked", "waiting", "unnamed", "corrected", "extended_twice")
"""Cells that are told of today only: they go by reports, waits, names and what was before, not by states."""
NAMED = ("don-vi", "bang", "van-ban", "trong-tam", "nhiem-vu", "khoan")
"""Parameters that hold an id."""
MOVES = {"doi-tu": moved_since, "dung-tu": still_since}
"""Parameters that hold a day since which work moved, or stands still."""
COLUMNS = {"van-ban": "task__document", "trong-tam": "task__focus", "nhiem-vu": "task", "khoan": "task__clauses"}

NO_AREA = "-"
"""What the address says for work that names no area."""
EARLIEST = date(1900, 1, 1)
"""Before this day nothing was recorded."""


@dataclass(frozen=True)
class Wanted:
    """What the address asks for. An id of nothing lists nothing; an unknown cell, state, period or day limits nothing.

    period: a year, quarter or month in which the rows are due. day: a past day, as at whose end they are listed.
    places: by which tree rows are held in the branch of a unit; they are listed as they are now. now: the tree of today
    for the rows of a past day.
    """

    ids: dict[str, int]
    alone: bool = False
    cell: str = ""
    state: str = ""
    due: str = "due_on"
    words: tuple[str, ...] = ()
    area: str = ""
    period: str = ""
    day: date | None = None
    places: Places = PRESENT
    now: Places | None = None
    since: dict[str, date | None] = field(default_factory=dict)

    @classmethod
    def read(cls, given: QueryDict, on: date | None = None) -> "Wanted":
        """on: today, where a past day may be asked for."""
        ids = {name: number_of(given.get(name)) or 0 for name in NAMED if given.get(name)}
        cell, state = given.get("o", ""), given.get("trang-thai", "")
        return cls(
            ids=ids,
            alone=given.get("pham-vi") == "don-vi",
            cell=cell if cell in CELLS else "",
            state=state if state in State.values else "",
            due="first_due_on" if given.get("han") == "dau" else "due_on",
            area=given.get("mat", "")[:60],
            period=given.get("ky", "") if named_days(given.get("ky", "")) else "",
            day=past_day(given.get("ngay", ""), on) if on else None,
            now=Places(today=on) if on and given.get(PARAMETER) == NOW else None,
            places=Places(past_day(given.get(PARAMETER, ""), on), on) if on else PRESENT,
            since={name: day_of_address(given.get(name, "")) for name in MOVES if given.get(name)},
            words=tuple(fold(given.get("q", "")[:200]).split()),
        )

    @property
    def params(self) -> dict[str, str]:
        """The filter as the list's address has it, the past day apart."""
        given = {name: str(pk) for name, pk in self.ids.items()} | {
            "pham-vi": "don-vi" if self.alone else "",
            "o": self.cell,
            "trang-thai": self.state,
            "q": " ".join(self.words),
            "han": "dau" if self.due == "first_due_on" else "",
            "mat": self.area,
            "ky": self.period,
            PARAMETER: NOW if self.now else self.places.on.isoformat() if self.places.on else "",
        }
        moved = {name: day.isoformat() if day else "-" for name, day in self.since.items()}
        return {name: value for name, value in (given | moved).items() if value}

    def narrow(self, rows: QuerySet[Assignment], on: date) -> QuerySet[Assignment]:
        if "don-vi" in self.ids:
            rows = self._held(rows, self.ids["don-vi"])
        if "bang" in self.ids:
            unit = Unit.objects.filter(pk=self.ids["bang"], path__isnull=False).first()
            rows = rows.filter(counted_at(unit)) if unit else rows.none()
        rows = self._of_tasks(rows).filter(due_within(self.due, named_days(self.period)))
        for name, day in self.since.items():
            rows = rows.exclude(state=State.WITHDRAWN).filter(MOVES[name](day)) if day else rows.none()
        if self.cell == "blocked":
            rows = bottleneck_filter(rows)
        elif self.cell == "waiting":
            rows = rows.filter(waiting_filter())
        elif self.cell == "unnamed":
            rows = rows.filter(unnamed_filter(on))
        elif self.cell == "corrected":
            rows = rows.filter(corrected_filter())
        elif self.cell == "extended_twice":
            rows = rows.filter(extended_twice_filter())
        elif self.cell:
            rows = rows.filter(cell_filter(self.cell, on, due_soon_day(on), due=self.due))
        return rows.filter(state=self.state) if self.state else rows

    def narrow_as_of(self, rows: QuerySet[Assignment], day: date) -> QuerySet[Assignment]:
        """Rows of `past.given_by(day)` as they stood at the end of that day, by the due day then in force.

        What is told of today only (`LIVE_CELLS`, moved and still since a day) limits nothing.
        """
        if "don-vi" in self.ids:
            rows = rows.filter(held_in(self.ids["don-vi"], day, self.alone, self.now))
        if "bang" in self.ids:
            unit = Unit.objects.filter(pk=self.ids["bang"]).first()
            path = Question(places=self.now).place(unit, day) if unit else ""
            rows = rows.filter(past.counted_on(unit, path, day, places=self.now)) if unit else rows.none()
        soon = due_soon_day(day)

        def then(before: str) -> Q:
            names = past.columns(self.due, before)
            asked = due_within(names["due"], named_days(self.period))
            if self.cell and self.cell not in LIVE_CELLS:
                asked &= cell_filter(self.cell, day, soon, due=names["due"], first=names["first"])
            return asked & Q(state=self.state) if self.state else asked

        return in_order(self._of_tasks(rows).filter(past.stood(day, then)), day)

    def _held(self, rows: QuerySet[Assignment], unit_id: int) -> QuerySet[Assignment]:
        """Held by the unit or in its branch, there also what units left whose place was taken by one of it.

        The sheet of a unit counts what those left apart, so its lists do not hold it.
        """
        if self.alone and not self.places.on:
            return rows.filter(held_by=unit_id)
        unit = Unit.objects.filter(pk=unit_id).first()
        places = PRESENT if "bang" in self.ids and not self.places.on else self.places
        return past.held_under(rows, places.path(unit), places, alone=self.alone) if unit else rows.none()

    def _of_tasks(self, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
        for name, column in COLUMNS.items():
            if name in self.ids:
                rows = rows.filter(**{column: self.ids[name]})
        if self.area:
            rows = rows.filter(task__work_area="" if self.area == NO_AREA else self.area)
        for word in self.words:
            rows = rows.filter(task__search_text__contains=word)
        return rows


def past_day(text: str, on: date) -> date | None:
    """A day before `on`; None for today, a day to come, one before any record and what is no day."""
    day = day_of_address(text)
    return day if day and EARLIEST <= day < on else None


def day_of_address(text: str) -> date | None:
    """2017-06-30; None for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def number_of(text: str | None) -> int | None:
    """An id from an address; None for what is none."""
    return int(text) if text and text.isdecimal() and len(text) < 18 else None
