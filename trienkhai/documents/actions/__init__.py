"""Storing files, registering documents, correcting, publishing and quarantining them."""

from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.actions.keeping import correct_document, publish_document, quarantine_document
from trienkhai.documents.actions.registering import SECRET, register_document
from trienkhai.documents.actions.signing import check_signatures

__all__ = [
    "SECRET",
    "check_signatures",
    "correct_document",
    "publish_document",
    "quarantine_document",
    "register_document",
    "remove_unused",
    "store_file",
]
