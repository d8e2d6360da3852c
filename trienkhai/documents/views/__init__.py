"""The list of documents, receiving one, reading one, and what its holder changes."""

from trienkhai.documents.views.keeping import correct, publish, quarantine
from trienkhai.documents.views.listing import documents
from trienkhai.documents.views.phrases import phrase_remove, phrases
from trienkhai.documents.views.reading import detail, file
from trienkhai.documents.views.receiving import upload

__all__ = ["correct", "detail", "documents", "file", "phrase_remove", "phrases", "publish", "quarantine", "upload"]
