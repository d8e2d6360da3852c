"""What the pages of documents show."""

from trienkhai.documents.queries.files import files_of
from trienkhai.documents.queries.links import Citation, citations_of
from trienkhai.documents.queries.listing import MANY, Wanted, count_up_to, narrowed, newest_first, types_and_years
from trienkhai.documents.queries.register import entries_of, own_units
from trienkhai.documents.queries.texts import Piece, current_text, header_read, pieces_of

__all__ = [
    "MANY",
    "Citation",
    "Piece",
    "Wanted",
    "citations_of",
    "count_up_to",
    "current_text",
    "entries_of",
    "files_of",
    "header_read",
    "narrowed",
    "newest_first",
    "own_units",
    "pieces_of",
    "types_and_years",
]
