"""What the pages of documents show."""

from trienkhai.documents.queries.finding import MANY, ranked
from trienkhai.documents.queries.links import Citation, citations_of
from trienkhai.documents.queries.listing import Found, Wanted, facets, find, narrowed
from trienkhai.documents.queries.register import entries_of, own_units
from trienkhai.documents.queries.texts import Piece, current_text, header_read, pieces_of

__all__ = [
    "MANY",
    "Citation",
    "Found",
    "Piece",
    "Wanted",
    "citations_of",
    "current_text",
    "entries_of",
    "facets",
    "find",
    "header_read",
    "narrowed",
    "own_units",
    "pieces_of",
    "ranked",
]
