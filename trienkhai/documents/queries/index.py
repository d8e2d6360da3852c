"""Does the index say what the documents say?"""

from collections.abc import Iterator

from django.db import connection
from django.db.models import OuterRef, Subquery

from trienkhai.documents.models import Document, DocumentText, SearchEntry
from trienkhai.documents.models.search import INDEXED, stamp_of
from trienkhai.documents.search import engines


def drifted() -> Iterator[int]:
    """Ids of documents that the index does not hold, or holds as they were. Reads the heads of all documents once."""
    newest = DocumentText.objects.filter(document=OuterRef("pk")).order_by("-version")
    rows = Document.objects.only(*INDEXED).annotate(
        text_sha256=Subquery(newest.values("sha256")[:1]),
        stamp=Subquery(SearchEntry.objects.filter(pk=OuterRef("pk")).values("stamp")[:1]),
    )
    for document in rows.order_by("pk").iterator(chunk_size=2000):
        if document.stamp != stamp_of(document, document.text_sha256 or ""):
            yield document.pk


def broken_parts() -> list[str]:
    """Names of what is missing of the index in the database, or does not agree with the entries."""
    return engines.missing(connection) or ([] if engines.agrees(connection) else [engines.INDEX])
