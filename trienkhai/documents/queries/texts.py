"""A text in the pieces it is read in, and what the machine read of its header."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from trienkhai.documents.models import Clause, Document, DocumentText
from trienkhai.documents.reader.force import InForce
from trienkhai.documents.reader.tasks.rows import is_group, names_given
from trienkhai.documents.reader.text import is_upper

HEADINGS = ("part", "chapter", "section", "roman", "article", "annex")
TITLED = ("part", "chapter", "section", "annex")
LONGEST_HEADING, LONGEST_TITLE = 200, 400
STOPS = ".)/:-–"
CELLS = " | "


def current_text(document: Document) -> DocumentText | None:
    return document.texts.order_by("-version").first()


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: the own words of one clause, or what stands between clauses (`clause` None).

    label: as written, with its stop or bracket. depth: 1 for the outermost clauses, at most 4. cells: of a table's row
    under a row of names, the name of each column and its words. names_only: a row of names, which every row under it
    shows again. titled: capitals under "Chương I", or a row that only names the rows below it. has_below: clauses
    belong to it.
    """

    words: str
    clause: Clause | None = None
    label: str = ""
    depth: int = 1
    cells: tuple[tuple[str, str], ...] = ()
    names_only: bool = False
    titled: bool = False
    has_below: bool = False

    @property
    def kind(self) -> str:
        return self.clause.kind if self.clause else ""

    @property
    def is_heading(self) -> bool:
        """Short, and no sentence: "Điều 3. Quyết định này có hiệu lực từ ngày ký." is none."""
        sentence = self.kind == "article" and self.words.endswith(";" if self.has_below else (";", ".", "./"))
        return self.titled or (self.kind in HEADINGS and len(self.words) < LONGEST_HEADING and not sentence)

    @property
    def anchor(self) -> str:
        return f"c{self.clause.pk}" if self.clause else ""


def pieces_of(text: DocumentText) -> list[Piece]:
    """The whole text in order, nothing left out and nothing twice."""
    pieces = list(_walk(text.text, list(text.clauses.order_by("start", "position"))))
    return _with_columns(_with_titles(pieces))


def _walk(text: str, clauses: list[Clause]) -> Iterator[Piece]:
    """A clause's own words run to the next clause or to its end, whichever comes first."""
    done = 0
    for number, clause in enumerate(clauses):
        following = clauses[number + 1].start if number + 1 < len(clauses) else len(text)
        yield from _between(text[done : clause.start])
        done = max(done, min(clause.end, following))
        label, words = _parted(text[clause.start : done].strip(), clause.label)
        has_below = number + 1 < len(clauses) and clauses[number + 1].depth > clause.depth
        yield Piece(words, clause, label, min(clause.depth + 1, 4), has_below=has_below)
    yield from _between(text[done:])


def _with_titles(pieces: list[Piece]) -> list[Piece]:
    """The lines in capitals right under "Chương I" are its title."""
    out: list[Piece] = []
    for piece in pieces:
        above = out[-1] if out else None
        under = above is not None and (above.kind in TITLED or above.titled)
        short = piece.kind == "paragraph" and len(piece.words) < LONGEST_TITLE and is_upper(piece.words)
        out.append(replace(piece, titled=under and short))
    return out


def _with_columns(pieces: list[Piece]) -> list[Piece]:
    """Each row under a row of names with the name of each of its cells."""
    out = list(pieces)
    names: tuple[str, ...] = ()
    heads: list[int] = []  # rows of names that no row has shown yet
    for i, piece in enumerate(out):
        if piece.kind != "row":
            names, heads = ((), []) if piece.is_heading else (names, heads)
            continue
        cells = tuple(cell.strip() for cell in f" {piece.words} ".split(CELLS))
        given = names_given(cells, names if heads[-1:] == [i - 1] else ())
        if given:
            names = given
            heads.append(i)
        elif names and is_group(cells):
            out[i] = replace(piece, label=cells[0], words=" ".join(filter(None, cells[1:])), titled=True)
        elif len(names) == len(cells):
            out[i] = replace(piece, cells=tuple(zip(names, cells, strict=True)))
            for head in heads:
                out[head] = replace(out[head], names_only=True)
            heads = []
    return out


def _parted(words: str, label: str) -> tuple[str, str]:
    """The label as it stands in the text, with the stop, bracket or dash after it, and the words behind."""
    if not label or not words.startswith(label):
        return label, words
    rest = words[len(label) :]
    stop = rest[: len(rest) - len(rest.lstrip(STOPS))]
    return label + stop, rest[len(stop) :].lstrip()


def _between(words: str) -> Iterator[Piece]:
    """Head and ending: the cells of their two columns each on a line."""
    if words.strip():
        yield Piece("\n".join(cell for cell in words.strip("\n").split(CELLS) if cell.strip()))


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
