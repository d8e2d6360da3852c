"""What the pages of documents show."""

from trienkhai.documents.queries.links import Citation, citations_of
from trienkhai.documents.queries.listing import MANY, Wanted, count_up_to, narrowed, newest_first, types_and_years
from trienkhai.documents.queries.phrases import as_data, own_phrases, phrases_of, tried
from trienkhai.documents.queries.reading import Judged, Misread, judged_headers
from trienkhai.documents.queries.register import entries_of, own_units
from trienkhai.documents.queries.texts import Piece, current_text, header_read, pieces_of

__all__ = [
    "MANY",
    "Citation",
    "Judged",
    "Misread",
    "Piece",
    "Wanted",
    "as_data",
    "citations_of",
    "count_up_to",
    "current_text",
    "entries_of",
    "header_read",
    "judged_headers",
    "narrowed",
    "newest_first",
    "own_phrases",
    "own_units",
    "phrases_of",
    "pieces_of",
    "tried",
    "types_and_years",
]
