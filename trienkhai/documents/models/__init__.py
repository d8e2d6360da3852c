"""Documents, their files, texts, clauses and links, and the registers that hold them."""

from trienkhai.documents.models.document import Document, Published
from trienkhai.documents.models.files import DocumentFile, StoredFile
from trienkhai.documents.models.links import DocumentLink, LinkKind
from trienkhai.documents.models.register import Book, RegisterEntry, Series, Slip
from trienkhai.documents.models.signatures import FileSignature
from trienkhai.documents.models.texts import Clause, DocumentText

__all__ = [
    "Book",
    "Clause",
    "Document",
    "DocumentFile",
    "DocumentLink",
    "DocumentText",
    "FileSignature",
    "LinkKind",
    "Published",
    "RegisterEntry",
    "Series",
    "Slip",
    "StoredFile",
]
