"""Storing files, registering documents, correcting, publishing and quarantining them."""

from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.actions.importing import Outcome, import_documents
from trienkhai.documents.actions.keeping import correct_document, publish_document, quarantine_document
from trienkhai.documents.actions.phrases import add_phrase, drafted, remove_phrase
from trienkhai.documents.actions.registering import register_document

__all__ = [
    "Outcome",
    "add_phrase",
    "correct_document",
    "drafted",
    "import_documents",
    "publish_document",
    "quarantine_document",
    "register_document",
    "remove_phrase",
    "remove_unused",
    "store_file",
]
