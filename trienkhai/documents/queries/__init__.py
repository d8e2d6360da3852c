"""What the pages of documents show."""

from trienkhai.documents.queries.chains import made_below, standing_on, stands_on, top_for
from trienkhai.documents.queries.finding import MANY, ranked
from trienkhai.documents.queries.force import Force, force_of, in_force
from trienkhai.documents.queries.gaps import described, gaps_of
from trienkhai.documents.queries.links import (
    Citation,
    candidates_for,
    citations_of,
    citing_as,
    corrections_of,
    text_of_link,
)
from trienkhai.documents.queries.listing import Found, Wanted, facets, find, narrowed
from trienkhai.documents.queries.phrases import as_data, own_phrases, phrases_of, tried
from trienkhai.documents.queries.reading import Judged, Misread, judged_headers
from trienkhai.documents.queries.register import entries_of, own_units, usual_recipient
from trienkhai.documents.queries.texts import Piece, current_text, force_read, header_read, pieces_of
from trienkhai.documents.queries.versions import Difference, carried_over, differences, text_version, versions_of

__all__ = [
    "MANY",
    "Citation",
    "Difference",
    "Force",
    "Found",
    "Judged",
    "Misread",
    "Piece",
    "Wanted",
    "as_data",
    "candidates_for",
    "carried_over",
    "citations_of",
    "citing_as",
    "corrections_of",
    "current_text",
    "described",
    "differences",
    "entries_of",
    "facets",
    "find",
    "force_of",
    "force_read",
    "gaps_of",
    "header_read",
    "in_force",
    "judged_headers",
    "made_below",
    "narrowed",
    "own_phrases",
    "own_units",
    "phrases_of",
    "pieces_of",
    "ranked",
    "standing_on",
    "stands_on",
    "text_of_link",
    "text_version",
    "top_for",
    "tried",
    "usual_recipient",
    "versions_of",
]
