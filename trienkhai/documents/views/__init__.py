"""The list of documents, receiving one, reading one, what its holder changes; the books, their lines and slips."""

from trienkhai.documents.views.books import book, books, gap, reserve
from trienkhai.documents.views.keeping import correct, publish, quarantine
from trienkhai.documents.views.lines import enter, entry, entry_cancel, entry_edit, entry_mark, withdraw
from trienkhai.documents.views.listing import documents
from trienkhai.documents.views.reading import detail, file
from trienkhai.documents.views.receiving import upload
from trienkhai.documents.views.slips import slip, slip_add, slip_finish, slip_receive, slip_return

__all__ = [
    "book",
    "books",
    "correct",
    "detail",
    "documents",
    "enter",
    "entry",
    "entry_cancel",
    "entry_edit",
    "entry_mark",
    "file",
    "gap",
    "publish",
    "quarantine",
    "reserve",
    "slip",
    "slip_add",
    "slip_finish",
    "slip_receive",
    "slip_return",
    "upload",
    "withdraw",
]
