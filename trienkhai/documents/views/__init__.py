"""The list of documents, receiving one, reading one, and what its holder changes."""

from trienkhai.documents.views.keeping import correct, publish, quarantine
from trienkhai.documents.views.listing import documents
from trienkhai.documents.views.reading import detail, file
from trienkhai.documents.views.receiving import upload
from trienkhai.documents.views.saving import remove_saved_search, save_search

__all__ = [
    "correct",
    "detail",
    "documents",
    "file",
    "publish",
    "quarantine",
    "remove_saved_search",
    "save_search",
    "upload",
]
