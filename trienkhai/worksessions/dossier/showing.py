"""A stored section made ready to be shown: words and addresses for every cell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from trienkhai.people.models import Account
from trienkhai.tasks.models import ProgressReport, Task
from trienkhai.tasks.rules import visible_assignments
from trienkhai.worksessions import rules
from trienkhai.worksessions.dossier.shape import OWN, TONES, Cell, Chart, Section, Table
from trienkhai.worksessions.models import Conclusion

KINDS = ("assignment", "task", "bottleneck", "proposal", "conclusion")
GONE = "…"
SHAPES = {"good": "tick", "late": "late-tick", "open": "open", "over": "over"}
KEYS = [(tone, SHAPES[tone], words) for tone, words in TONES]
"""What the colours of a chart mean: tone, shape, words."""


@dataclass(frozen=True)
class Shown:
    """`url`: the rows it counts or the row it names; '' for none."""

    words: str
    url: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class ShownTable:
    heads: list[tuple[str, bool]]
    rows: list[list[Shown]]
    title: str = ""

    @property
    def lines(self) -> list[list[tuple[str, Shown]]]:
        """Each cell with the words above its column, which stand beside it on a phone."""
        return [[(head, cell) for (head, _right), cell in zip(self.heads, row, strict=True)] for row in self.rows]


@dataclass(frozen=True)
class Bar:
    """`parts`: as `components/bar.html` draws them."""

    name: str
    parts: list[dict[str, Any]]
    total: int

    @property
    def words(self) -> str:
        return "; ".join(f"{part['name']}: {part['count']}" for part in self.parts)


@dataclass(frozen=True)
class ShownSection:
    key: str
    title: str
    tables: list[ShownTable]
    charts: list[tuple[str, list[Bar]]]
    notes: list[str]


class Words:
    """The words of rows of other areas that these tables name, of those in the reader's sight: as many queries for any
    number of tables.
    """

    def __init__(self, tables: Iterable[Table], account: Account, on: date) -> None:
        ids: dict[str, set[int]] = {kind: set() for kind in KINDS}
        for cell in _cells(tables):
            for kind, known in ids.items():
                if isinstance(cell, dict) and kind in cell:
                    known.add(cell[kind])
        seen = visible_assignments(account, on)
        tasks = Task.objects.filter(pk__in=seen.filter(task__in=ids["task"]).values("task"))
        updates = ProgressReport.objects.filter(assignment__in=seen)
        concluded = Conclusion.objects.filter(session__in=rules.visible_sessions(account, on))
        self.known: dict[str, dict[int, str]] = {
            "assignment": _column(seen, ids["assignment"], "task__title"),
            "task": _column(tasks, ids["task"], "title"),
            "bottleneck": _column(updates, ids["bottleneck"], "bottleneck"),
            "proposal": _column(updates, ids["proposal"], "proposal"),
            "conclusion": _column(concluded, ids["conclusion"], "text"),
        }

    def of(self, kind: str, pk: int) -> str:
        return self.known[kind].get(pk) or GONE


def _column(rows: QuerySet[Any], ids: set[int], name: str) -> dict[int, str]:
    return dict(rows.filter(pk__in=ids).values_list("pk", name)) if ids else {}


def _cells(tables: Iterable[Table]) -> Iterator[Cell]:
    return (cell for table in tables for row in table.rows for cell in row)


def show(sections: list[Section], account: Account, on: date, dossier: int = 0) -> list[ShownSection]:
    """For who reads it and on which day. dossier: its id, by which its own lists are found."""
    words = Words((table for section in sections for table in section.tables), account, on)
    return [
        ShownSection(
            section.key,
            section.title,
            [show_table(table, words, dossier) for table in section.tables],
            [(chart.title, bars(chart)) for chart in section.charts],
            section.notes,
        )
        for section in sections
    ]


def show_table(table: Table, words: Words, dossier: int = 0) -> ShownTable:
    first_number = len(table.heads) - table.numbers
    heads = [(head, place >= first_number) for place, head in enumerate(table.heads)]
    rows = [
        [_shown(cell, words, dossier, place >= first_number) for place, cell in enumerate(row)] for row in table.rows
    ]
    return ShownTable(heads, rows, table.title)


def _shown(cell: Cell, words: Words, dossier: int, right: bool) -> Shown:
    if not isinstance(cell, dict):
        return Shown(str(cell), is_number=right)
    if "number" in cell:
        return Shown(f"{cell['number']:,}".replace(",", "."), _url(cell, dossier), True)
    if "words" in cell:
        return Shown(cell["words"], _url(cell, dossier), right)
    kind, pk = next(iter(cell.items()))
    url = reverse("tasks:assignment", args=[pk]) if kind == "assignment" and pk in words.known[kind] else ""
    return Shown(words.of(kind, pk), url)


def _url(cell: dict[str, Any], dossier: int) -> str:
    query = f"?{urlencode(cell['query'])}" if cell["query"] else ""
    if cell["route"] == OWN:
        return reverse("worksessions:dossier_rows", args=[dossier]) + query if dossier else ""
    return reverse(cell["route"], args=cell["args"]) + query


def bars(chart: Chart) -> list[Bar]:
    found = []
    for name, numbers in chart.rows:
        parts = [
            {"tone": tone, "name": words, "count": count} for (tone, words), count in zip(TONES, numbers, strict=True)
        ]
        found.append(Bar(name, parts, sum(numbers)))
    return found
