"""Documents, their files, texts, clauses and links, and the registers that hold them."""

from trienkhai.documents.models.document import Document, Published
from trienkhai.documents.models.dossiers import Dossier, DossierDocument
from trienkhai.documents.models.files import DocumentFile, FileKind, StoredFile
from trienkhai.documents.models.links import ENDING, ORDERING, STANDING, DocumentLink, LinkKind, Origin
from trienkhai.documents.models.phrases import OwnPhrase, PhraseKind
from trienkhai.documents.models.register import Book, RegisterEntry
from trienkhai.documents.models.texts import Clause, DocumentText

__all__ = [
    "ENDING",
    "ORDERING",
    "STANDING",
    "Book",
    "Clause",
    "Document",
    "DocumentFile",
    "DocumentLink",
    "DocumentText",
    "Dossier",
    "DossierDocument",
    "FileKind",
    "LinkKind",
    "Origin",
    "OwnPhrase",
    "PhraseKind",
    "Published",
    "RegisterEntry",
    "StoredFile",
]
