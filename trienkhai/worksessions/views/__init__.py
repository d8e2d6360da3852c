"""HTTP in, HTML out."""

from trienkhai.worksessions.views.concluding import conclusion_add, conclusion_remove, end, notice
from trienkhai.worksessions.views.dossier import dossier, dossier_file, dossier_make, dossier_rows
from trienkhai.worksessions.views.planning import add, cancel, change, people
from trienkhai.worksessions.views.session import listing, session, word_add, word_remove

__all__ = [
    "add",
    "cancel",
    "change",
    "conclusion_add",
    "conclusion_remove",
    "dossier",
    "dossier_file",
    "dossier_make",
    "dossier_rows",
    "end",
    "listing",
    "notice",
    "people",
    "session",
    "word_add",
    "word_remove",
]
