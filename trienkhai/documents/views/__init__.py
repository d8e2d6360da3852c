"""The list of documents, receiving one, reading one, and what its holder changes."""

from trienkhai.documents.views.archive import hand_over, hand_over_csv
from trienkhai.documents.views.dossiers import (
    dossier,
    dossier_change,
    dossier_close,
    dossier_open,
    dossier_put,
    dossier_reopen,
    dossier_take_out,
    dossiers,
    into_dossier,
)
from trienkhai.documents.views.files import file_add, files
from trienkhai.documents.views.keeping import correct, publish, quarantine
from trienkhai.documents.views.listing import documents
from trienkhai.documents.views.phrases import phrase_remove, phrases
from trienkhai.documents.views.preview import preview, preview_page, preview_word
from trienkhai.documents.views.reading import detail, file
from trienkhai.documents.views.receiving import upload
from trienkhai.documents.views.web import force_days, gaps, link_add, link_correct, link_remove, web

__all__ = [
    "correct",
    "detail",
    "documents",
    "dossier",
    "dossier_change",
    "dossier_close",
    "dossier_open",
    "dossier_put",
    "dossier_reopen",
    "dossier_take_out",
    "dossiers",
    "file",
    "file_add",
    "files",
    "force_days",
    "gaps",
    "hand_over",
    "hand_over_csv",
    "into_dossier",
    "link_add",
    "link_correct",
    "link_remove",
    "phrase_remove",
    "phrases",
    "preview",
    "preview_page",
    "preview_word",
    "publish",
    "quarantine",
    "upload",
    "web",
]
