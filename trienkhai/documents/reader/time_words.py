"""Finds the pieces of time in an official sentence: days, quarters, spans, "hằng năm", "10 ngày kể từ ngày ký".

The words are data, `grammar/due_words.yaml`; this module folds a text, finds the pieces and says what ties each.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True)
class Piece:
    """One piece of time. values: the named parts of its form. leading: how the words before tie it ("before",
    "latest", "since", "towards" or "")."""

    kind: str
    start: int
    end: int
    text: str
    values: dict[str, str]
    leading: str = ""


@dataclass(frozen=True)
class Grammar:
    forms: tuple[tuple[str, re.Pattern[str]], ...]
    numbers: dict[str, int]
    spellings: dict[str, str]
    parts: dict[str, tuple[int, int]]
    patterns: dict[str, re.Pattern[str]]


@cache
def grammar() -> Grammar:
    data = yaml.safe_load(files(__package__).joinpath("grammar", "due_words.yaml").read_text("utf-8"))
    pieces: dict[str, str] = {}
    for name, form in data["pieces"].items():
        pieces[name] = _expand(form, pieces)
    forms = [
        (atom["kind"], re.compile(r"(?<![\w/])" + _expand(form, pieces)))
        for atom in data["atoms"]
        for form in atom["forms"]
    ]
    names = ("before", "within", "since", "towards", "latest", "joins", "cut", "citation")
    patterns = {name: re.compile(_expand(data[name], pieces)) for name in names}
    parts = {words: (first, last) for words, (first, last) in data["parts"].items()}
    return Grammar(tuple(forms), data["numbers"], data["spellings"], parts, patterns)


def _expand(form: str, pieces: dict[str, str]) -> str:
    for name in re.findall(r"\{(\w+)\}", form):
        if name in pieces:
            form = form.replace("{" + name + "}", pieces[name])
    return form


def fold(text: str) -> str:
    """Lower case, NFC, one blank for any run of blanks, one dash, Markdown marks dropped, one habit of spelling."""
    low = "".join(c.lower() for c in unicodedata.normalize("NFC", text))
    plain = " ".join(re.sub(r"[*\\]+", "", low).split())
    folded = re.sub(r"[–—‒−]", "-", plain)
    for habit, written in grammar().spellings.items():
        folded = re.sub(rf"(?<!\w){habit}(?!\w)", written, folded)
    return folded


def pieces_of(text: str) -> list[Piece]:
    """Every piece of time in folded `text`, from left to right, the day of a cited document left out."""
    masked = grammar().patterns["citation"].sub(lambda cited: "\x00" * len(cited[0]), text)
    found: list[Piece] = []
    position = 0
    while piece := _next(masked, position):
        found.append(_led(piece, masked[position : piece.start], found))
        position = piece.end
    return found


def _next(text: str, position: int) -> Piece | None:
    """The leftmost piece; of several that begin together the one whose form comes first in the grammar."""
    best: tuple[int, int, str, re.Match[str]] | None = None
    for rank, (kind, form) in enumerate(grammar().forms):
        found = form.search(text, position)
        if found and found.end() > found.start() and (best is None or (found.start(), rank) < best[:2]):
            best = (found.start(), rank, kind, found)
    if best is None:
        return None
    _, _, kind, found = best
    values = {name: value.strip() for name, value in found.groupdict().items() if value}
    for name in ("y2", "y3"):
        if name in values:
            values["y"] = values.pop(name)
    return Piece(kind, found.start(), found.end(), found[0], values)


def _led(piece: Piece, gap: str, earlier: list[Piece]) -> Piece:
    """The piece with the word that ties it; in "trước ngày 15/6 và 15/12" the second day is tied as the first."""
    patterns = grammar().patterns
    leading = ""
    if patterns["within"].search(gap):
        leading = ""
    elif patterns["before"].search(gap):
        leading = "before"
    elif patterns["since"].search(gap):
        leading = "" if "from" in piece.values else "since"
    elif patterns["latest"].search(gap):
        leading = "latest"
    elif patterns["towards"].search(gap):
        leading = "towards"
    elif (
        earlier and earlier[-1].kind == piece.kind and earlier[-1].leading == "before" and patterns["joins"].match(gap)
    ):
        leading = "before"
    return Piece(piece.kind, piece.start, piece.end, piece.text, piece.values, leading)


def number(words: str) -> int:
    """'05 (năm)' → 5, 'mười lăm' → 15, 'iv' → 4; 0 when it is none."""
    plain = re.sub(r"\s?\(.*", "", words.strip())
    return int(plain) if plain.isdigit() else grammar().numbers.get(plain, 0)
