"""A text in the pieces it is read in, and what the machine read of its header."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from trienkhai.common.folding import fold
from trienkhai.documents.models import Clause, Document, DocumentText
from trienkhai.documents.reader.force import InForce

HEADINGS = ("part", "chapter", "section", "roman", "article")
LONGEST_HEADING = 200
STOPS = ".)/:-–"
CELLS = " | "
FIRST_COLUMN = ("tt", "stt", "so tt", "so thu tu")


def current_text(document: Document) -> DocumentText | None:
    return document.texts.order_by("-version").first()


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: the own words of one clause, or what stands between clauses (`clause` None).

    label: as written, with its stop or bracket. depth: 1 for the outermost clauses, at most 4. cells: of a table's row
    under a row of names, the name of each column and its words.
    """

    words: str
    clause: Clause | None = None
    label: str = ""
    depth: int = 1
    cells: tuple[tuple[str, str], ...] = ()

    @property
    def is_heading(self) -> bool:
        return self.clause is not None and self.clause.kind in HEADINGS and len(self.words) < LONGEST_HEADING

    @property
    def anchor(self) -> str:
        return f"c{self.clause.pk}" if self.clause else ""


def pieces_of(text: DocumentText) -> list[Piece]:
    """The whole text in order, nothing left out and nothing twice."""
    return list(_walk(text.text, list(text.clauses.order_by("start", "position"))))


def _walk(text: str, clauses: list[Clause]) -> Iterator[Piece]:
    """A clause's own words run to the next clause or to its end, whichever comes first."""
    done = 0
    names: tuple[str, ...] = ()
    for number, clause in enumerate(clauses):
        following = clauses[number + 1].start if number + 1 < len(clauses) else len(text)
        yield from _between(text[done : clause.start])
        done = max(done, min(clause.end, following))
        label, words = _parted(text[clause.start : done].strip(), clause.label)
        cells = tuple(words.split(CELLS)) if clause.kind == "row" else ()
        if cells and fold(cells[0]) in FIRST_COLUMN:
            names = cells
        shown = tuple(zip(names, cells, strict=True)) if names != cells and len(names) == len(cells) else ()
        yield Piece(words, clause, label, min(clause.depth + 1, 4), shown)
    yield from _between(text[done:])


def _parted(words: str, label: str) -> tuple[str, str]:
    """The label as it stands in the text, with the stop, bracket or dash after it, and the words behind."""
    if not label or not words.startswith(label):
        return label, words
    rest = words[len(label) :]
    stop = rest[: len(rest) - len(rest.lstrip(STOPS))]
    return label + stop, rest[len(stop) :].lstrip()


def _between(words: str) -> Iterator[Piece]:
    if words.strip():
        yield Piece(words.strip("\n"))


def header_read(text: DocumentText | None) -> dict[str, str]:
    """What the machine read for each value of the header, as a person would write it; empty where it read nothing."""
    return values_read(text.reading) if text else {}


def values_read(reading: dict[str, Any]) -> dict[str, str]:
    """The same of a stored reading."""
    signer = reading.get("signer") or {}
    read = {name: reading.get(name) or "" for name in ("doc_type", "number", "symbol", "place", "title", "urgency")}
    day = date.fromisoformat(reading["date"]) if reading.get("date") else None
    return read | {
        "issuer_name": reading.get("issuer") or "",
        "issued_on": f"{day:%d/%m/%Y}" if day else "",
        "signer_name": signer.get("name") or "",
        "signer_role": signer.get("role") or "",
    }


def force_read(text: DocumentText | None) -> InForce:
    """From when to when the machine read, at intake, that the document is in force."""
    days = (text.reading if text else {}).get("in_force") or {}
    starts, ends = (date.fromisoformat(days[name]) if days.get(name) else None for name in ("starts", "ends"))
    return InForce(starts, ends)
