"""The shape of a section: plain values, stored as they are, told on the page and on paper alike.

A cell of a table is text, a whole number, or one of: `number` with the list it counts; a row of another area (the kinds
of `words`) whose words are read when it is shown, so that they leave with a document that is locked away; such a row
with what was `said` of it that day, which only those read who see the row.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

Cell = str | int | dict[str, Any]
OWN = "rows"
"""The list of the dossier itself, for what has no list of its own elsewhere."""
TONES = (
    ("good", "Hoàn thành đúng hạn"),
    ("late", "Hoàn thành quá hạn"),
    ("open", "Đang thực hiện, trong hạn"),
    ("over", "Chưa hoàn thành, quá hạn"),
)


@dataclass(frozen=True)
class Table:
    """`numbers`: how many columns on the right hold numbers."""

    heads: list[str]
    rows: list[list[Cell]]
    title: str = ""
    numbers: int = 0


@dataclass(frozen=True)
class Chart:
    """Stacked bars: each row its name and one number for each of `TONES`."""

    title: str
    rows: list[tuple[str, list[int]]]


@dataclass(frozen=True)
class Section:
    """`rows`: what its numbers counted when it was made, for rows that are stored nowhere as they were on a day."""

    key: str
    title: str
    tables: list[Table] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)


def number(value: int, route: str, *args: int, **query: Any) -> Cell:
    """A number that opens into its rows: a route with its arguments and what stands after the question mark; names are
    written with `_` for `-`.
    """
    given = {name.replace("_", "-"): str(text) for name, text in query.items() if text not in (None, "")}
    return {"number": value, "route": route, "args": list(args), "query": given}


def stored(sections: list[Section]) -> list[dict[str, Any]]:
    """As JSON keeps them, so that what is made again compares with what was read."""
    made: list[dict[str, Any]] = json.loads(json.dumps([asdict(section) for section in sections]))
    return made


def read(content: dict[str, Any]) -> list[Section]:
    """The sections as they were stored."""
    found = []
    for one in content["sections"]:
        tables = [Table(**table) for table in one["tables"]]
        charts = [Chart(chart["title"], [(name, parts) for name, parts in chart["rows"]]) for chart in one["charts"]]
        found.append(Section(one["key"], one["title"], tables, charts, one["notes"], one["rows"]))
    return found
