"""The list of documents, receiving one, reading one, what its holder changes; the books, their lines and slips."""

from trienkhai.documents.views.archive import hand_over, hand_over_csv
from trienkhai.documents.views.books import book, books, gap, reserve
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
from trienkhai.documents.views.drafting import draft, draft_edit, draft_new, draft_preview, draft_version, drafts
from trienkhai.documents.views.files import file_add, files
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
from trienkhai.documents.views.lines import enter, entry, entry_cancel, entry_edit, entry_mark, withdraw
from trienkhai.documents.views.listing import documents
from trienkhai.documents.views.phrases import phrase_remove, phrases
from trienkhai.documents.views.preview import preview, preview_page, preview_word
from trienkhai.documents.views.reading import detail, file
from trienkhai.documents.views.receiving import upload
from trienkhai.documents.views.saving import remove_saved_search, save_search
from trienkhai.documents.views.slips import slip, slip_add, slip_finish, slip_pass_on, slip_receive, slip_return
from trienkhai.documents.views.web import force_days, gaps, link_add, link_correct, link_remove, web

__all__ = [
    "book",
    "books",
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
    "draft",
    "draft_drop",
    "draft_edit",
    "draft_file",
    "draft_finish",
    "draft_new",
    "draft_preview",
    "draft_version",
    "drafts",
    "enter",
    "entry",
    "entry_cancel",
    "entry_edit",
    "entry_mark",
    "file",
    "file_add",
    "files",
    "force_days",
    "gap",
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
    "remove_saved_search",
    "reserve",
    "save_search",
    "slip",
    "slip_add",
    "slip_finish",
    "slip_pass_on",
    "slip_receive",
    "slip_return",
    "template_file",
    "template_remove",
    "template_start",
    "templates",
    "upload",
    "web",
    "withdraw",
]
