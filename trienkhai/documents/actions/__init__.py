"""Storing files, registering documents, correcting, publishing and quarantining them."""

from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.actions.importing import Outcome, import_documents
from trienkhai.documents.actions.keeping import correct_document, publish_document, quarantine_document
from trienkhai.documents.actions.phrases import add_phrase, drafted, remove_phrase
from trienkhai.documents.actions.registering import register_document
from trienkhai.documents.actions.relating import Cited, add_link, correct_link, remove_link, set_days_in_force
from trienkhai.documents.actions.versions import add_file

__all__ = [
    "Cited",
    "Outcome",
    "add_file",
    "add_link",
    "add_phrase",
    "correct_document",
    "correct_link",
    "drafted",
    "import_documents",
    "publish_document",
    "quarantine_document",
    "register_document",
    "remove_link",
    "remove_phrase",
    "remove_unused",
    "set_days_in_force",
    "store_file",
]
