"""Documents, their files, texts, clauses and links, and the registers that hold them."""

from trienkhai.documents.models.document import Document, DocumentQuerySet, Published
from trienkhai.documents.models.files import DocumentFile, StoredFile
from trienkhai.documents.models.links import DocumentLink, LinkKind
from trienkhai.documents.models.register import Book, RegisterEntry
from trienkhai.documents.models.search import SavedSearch, SearchEntry
from trienkhai.documents.models.texts import Clause, DocumentText

__all__ = [
    "Book",
    "Clause",
    "Document",
    "DocumentFile",
    "DocumentLink",
    "DocumentQuerySet",
    "DocumentText",
    "LinkKind",
    "Published",
    "RegisterEntry",
    "SavedSearch",
    "SearchEntry",
    "StoredFile",
]
