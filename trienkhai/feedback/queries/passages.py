"""The clauses of a draft or a document as they are put before those who are asked."""

from dataclasses import dataclass

from trienkhai.documents.layouts.markup import Piece, pieces
from trienkhai.documents.models import Document, Draft
from trienkhai.tasks.queries.concretising import lines_of

OPENING = {"part": "{}", "chapter": "{}", "article": "Điều {}", "roman": "{}", "arabic": "{}"}
"""Kinds of piece that begin a clause → how it is named; points and dashes belong to the clause they stand in."""
RANKS = tuple(OPENING)
WHOLE, BEFORE = "Ý kiến chung", "Phần mở đầu"
LONGEST_LABEL = 200


@dataclass(frozen=True)
class Words:
    """A clause: its name and what it says."""

    label: str
    text: str


def clauses_of(source: Draft | Document) -> list[Words]:
    """In order; none when nothing of the source can be told apart or it has no text."""
    if isinstance(source, Document):
        return [Words(line.way[:LONGEST_LABEL], line.words) for line in lines_of(source, None)]
    return _of_draft(pieces(source.body))


def stamp_of(source: Draft | Document) -> str:
    """Changes whenever the clauses may have changed."""
    if isinstance(source, Draft):
        return f"d{source.pk}.{source.version}"
    return f"v{source.pk}.{source.texts.order_by('-version').values_list('version', flat=True).first() or 0}"


def _of_draft(body: tuple[Piece, ...]) -> list[Words]:
    found: list[tuple[str, list[str]]] = []
    way: list[tuple[int, str]] = []
    for piece in body:
        if piece.kind in OPENING:
            rank, name = RANKS.index(piece.kind), OPENING[piece.kind].format(piece.label)
            way = [*((above, label) for above, label in way if above < rank), (rank, name)]
            found.append((" › ".join(label for _rank, label in way), []))
        elif not found:
            found.append((BEFORE, []))
        found[-1][1].append(_said(piece))
    return [Words(label[:LONGEST_LABEL], "\n".join(said)) for label, said in found]


def _said(piece: Piece) -> str:
    if piece.rows:
        return "\n".join(" | ".join(row) for row in piece.rows)
    mark = {"letter": f"{piece.label}) ", "dash": "- ", "plus": "+ "}.get(piece.kind, "")
    return f"{mark}{piece.text}"
