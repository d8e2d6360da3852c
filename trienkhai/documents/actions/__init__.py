"""Storing files, registering documents, correcting, publishing and quarantining them."""

from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.actions.keeping import correct_document, publish_document, quarantine_document
from trienkhai.documents.actions.registering import register_document
from trienkhai.documents.actions.relating import Cited, add_link, correct_link, remove_link, set_days_in_force
from trienkhai.documents.actions.versions import add_file

__all__ = [
    "Cited",
    "add_file",
    "add_link",
    "correct_document",
    "correct_link",
    "publish_document",
    "quarantine_document",
    "register_document",
    "remove_link",
    "remove_unused",
    "set_days_in_force",
    "store_file",
]
