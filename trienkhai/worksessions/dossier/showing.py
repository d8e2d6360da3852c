"""A stored section made ready to be shown: words and addresses for every cell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from trienkhai.people.models import Account
from trienkhai.worksessions.dossier.shape import OWN, TONES, Cell, Chart, Section, Table
from trienkhai.worksessions.dossier.words import GONE, KINDS, Words

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


def named_in(tables: Iterable[Table]) -> Iterator[tuple[str, int]]:
    """The rows that cells name."""
    cells = (cell for table in tables for row in table.rows for cell in row)
    return ((kind, cell[kind]) for cell in cells if isinstance(cell, dict) for kind in KINDS if kind in cell)


def show(sections: list[Section], account: Account, on: date, dossier: int = 0) -> list[ShownSection]:
    """For who reads it and on which day. dossier: its id, by which its own lists are found."""
    words = Words(named_in(table for section in sections for table in section.tables), account, on)
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
    kind = next((name for name in KINDS if name in cell), "")
    if kind and "said" in cell:
        return Shown(cell["said"] if words.sees(kind, cell[kind]) else GONE)
    if "number" in cell:
        return Shown(f"{cell['number']:,}".replace(",", "."), _url(cell, dossier), True)
    if "words" in cell:
        return Shown(cell["words"], _url(cell, dossier), right)
    return Shown(words.of(kind, cell[kind]), words.url(kind, cell[kind]))


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
