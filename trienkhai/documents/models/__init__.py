"""Documents, their files, texts, clauses and links, and the registers that hold them."""

from trienkhai.documents.models.document import Document, DocumentQuerySet, Published
from trienkhai.documents.models.dossiers import Dossier, DossierDocument
from trienkhai.documents.models.drafts import Draft, DraftState, DraftVersion, OfficeTemplate, System
from trienkhai.documents.models.files import DocumentFile, FileKind, StoredFile
from trienkhai.documents.models.links import ENDING, ORDERING, STANDING, DocumentLink, LinkKind, Origin
from trienkhai.documents.models.phrases import OwnPhrase, PhraseKind
from trienkhai.documents.models.register import Book, RegisterEntry, Series, Slip
from trienkhai.documents.models.scans import ScanJob, ScanState
from trienkhai.documents.models.search import SavedSearch, SearchEntry
from trienkhai.documents.models.signatures import FileSignature
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
    "DocumentQuerySet",
    "DocumentText",
    "Dossier",
    "DossierDocument",
    "Draft",
    "DraftState",
    "DraftVersion",
    "FileKind",
    "FileSignature",
    "LinkKind",
    "OfficeTemplate",
    "Origin",
    "OwnPhrase",
    "PhraseKind",
    "Published",
    "RegisterEntry",
    "SavedSearch",
    "ScanJob",
    "ScanState",
    "SearchEntry",
    "Series",
    "Slip",
    "StoredFile",
    "System",
]
