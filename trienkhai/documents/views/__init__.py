"""The list of documents, receiving one, reading one, what its holder changes; drafting and issuing one."""

from trienkhai.documents.views.drafting import draft, draft_edit, draft_new, draft_preview, draft_version, drafts
from trienkhai.documents.views.issuing import (
    draft_drop,
    draft_file,
    draft_finish,
    template_file,
    template_remove,
    template_start,
    templates,
)
from trienkhai.documents.views.keeping import correct, publish, quarantine
from trienkhai.documents.views.listing import documents
from trienkhai.documents.views.reading import detail, file
from trienkhai.documents.views.receiving import upload

__all__ = [
    "correct",
    "detail",
    "documents",
    "draft",
    "draft_drop",
    "draft_edit",
    "draft_file",
    "draft_finish",
    "draft_new",
    "draft_preview",
    "draft_version",
    "drafts",
    "file",
    "publish",
    "quarantine",
    "template_file",
    "template_remove",
    "template_start",
    "templates",
    "upload",
]
