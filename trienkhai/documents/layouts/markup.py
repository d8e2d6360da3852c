"""The few signs by which a clerk writes the body of a document, turned into pieces, and back.

A line that begins with a mark opens a piece: `Phần I`, `Chương I`, `Điều 1.`, `I.`, `1.`, `1.1.`, `a)`, `-`, `+`. A
blank line ends a paragraph; a line without a mark goes on with the piece above it. Lines that begin with `|` are the
rows of a table, the first its head. Words in capitals alone on a line stand bold in the middle.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MARKS = (
    ("part", re.compile(r"((?:PHẦN|Phần)\s(?:thứ\s\w+|THỨ\s\w+|[IVX]+|\d+))(?:[.:]\s*|\s+|$)")),
    ("chapter", re.compile(r"((?:CHƯƠNG|Chương)\s(?:[IVXL]+|\d+))(?:[.:]\s*|\s+|$)")),
    ("article", re.compile(r"(?:ĐIỀU|Điều)\s(\d{1,3})[.:]\s*")),
    ("roman", re.compile(r"([IVXL]{1,6})\s?[.\-–)]\s*(?=\S)")),
    ("arabic", re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]\s+(?=\S)|(\d{1,2}(?:\.\d{1,2}){1,3})\s+(?=\S)")),
    ("letter", re.compile(r"([a-zđ])\)\s*(?=\S)")),
    ("dash", re.compile(r"[-–•]\s*(?=[^\s\-–])")),
    ("plus", re.compile(r"\+\s*(?=\S)")),
)
HEADINGS = ("part", "chapter", "roman", "arabic")
LONGEST_HEADING = 160
LONGEST_MIDDLE = 80
_DIVIDER = re.compile(r"[\s|:\-–]+")


@dataclass(frozen=True)
class Piece:
    """kind: one of the marks, `paragraph`, `middle`, `table` or `chart`. label without its stop; rows of a table, or
    of a chart: first the names of its tones, then each bar with its numbers. A chart is made by programs, never typed.
    """

    kind: str
    text: str = ""
    label: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_heading(self) -> bool:
        """Printed bold: a numbered title that is no sentence."""
        ended = self.text.endswith((".", ";", ":", ",", "!", "?", "…"))
        return self.kind in HEADINGS and not ended and len(self.text) <= LONGEST_HEADING


def pieces(text: str) -> tuple[Piece, ...]:
    """The body in order; nothing that was typed is lost but blanks, and the bars of tables."""
    return tuple(_read(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def _read(lines: list[str]) -> Iterator[Piece]:
    """Runs of lines that belong together: the rows of a table, or one piece and what goes on with it."""
    rows: list[tuple[str, ...]] = []
    words: list[str] = []
    for line in [*(" ".join(line.split()) for line in lines), ""]:
        bars = line.startswith("|")
        if words and (bars or not line or _mark(line)):
            yield _piece(words)
            words = []
        if rows and not bars:
            yield Piece("table", rows=_even(rows))
            rows = []
        if bars and not _DIVIDER.fullmatch(line):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
        elif line and not bars:
            words.append(line)


def _mark(line: str) -> tuple[str, re.Match[str]] | None:
    return next(((kind, found) for kind, mark in MARKS if (found := mark.match(line))), None)


def _piece(lines: list[str]) -> Piece:
    if opened := _mark(lines[0]):
        kind, found = opened
        label = next(filter(None, found.groups()), "") if found.groups() else ""
        return Piece(kind, " ".join([lines[0][found.end() :], *lines[1:]]).strip(), label)
    text = " ".join(lines)
    return Piece("middle" if len(text) <= LONGEST_MIDDLE and in_capitals(text) else "paragraph", text)


def in_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _even(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Every row as wide as the widest, since a table has no missing cells."""
    width = max(map(len, rows))
    return tuple(row + ("",) * (width - len(row)) for row in rows)


def written(body: tuple[Piece, ...]) -> str:
    """The pieces as a clerk would type them: `pieces(written(body)) == body`."""
    return "\n\n".join(map(_typed, body))


def _typed(piece: Piece) -> str:
    if piece.kind == "table":
        return "\n".join(f"| {' | '.join(row)} |" for row in piece.rows)
    forms = {
        "part": "{label}. ", "chapter": "{label}. ", "article": "Điều {label}. ", "roman": "{label}. ",
        "arabic": "{label}. ", "letter": "{label}) ", "dash": "- ", "plus": "+ ",
    }  # fmt: skip
    return (forms.get(piece.kind, "").format(label=piece.label) + piece.text).strip()
