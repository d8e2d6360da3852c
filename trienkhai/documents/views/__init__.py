"""The list of documents, receiving one, reading one, and what its holder changes."""

from trienkhai.documents.views.files import file_add, files
from trienkhai.documents.views.keeping import correct, publish, quarantine
from trienkhai.documents.views.listing import documents
from trienkhai.documents.views.preview import preview, preview_page, preview_word
from trienkhai.documents.views.reading import detail, file
from trienkhai.documents.views.receiving import upload
from trienkhai.documents.views.web import force_days, gaps, link_add, link_correct, link_remove, web

__all__ = [
    "correct",
    "detail",
    "documents",
    "file",
    "file_add",
    "files",
    "force_days",
    "gaps",
    "link_add",
    "link_correct",
    "link_remove",
    "preview",
    "preview_page",
    "preview_word",
    "publish",
    "quarantine",
    "upload",
    "web",
]
