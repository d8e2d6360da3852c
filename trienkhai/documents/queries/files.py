"""The files of a document."""

from trienkhai.documents.models import Document, StoredFile


def files_of(document: Document) -> list[StoredFile]:
    """In the order in which they came, each with what was found of its digital signatures. Three queries."""
    rows = document.files.select_related("file").prefetch_related("file__signatures").order_by("pk")
    return [row.file for row in rows]
