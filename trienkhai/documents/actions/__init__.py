"""Storing files, registering documents, correcting, publishing and quarantining them; the index and saved searches."""

from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.actions.indexing import renew_index
from trienkhai.documents.actions.keeping import correct_document, publish_document, quarantine_document
from trienkhai.documents.actions.registering import register_document
from trienkhai.documents.actions.saving import remove_saved_search, save_search

__all__ = [
    "correct_document",
    "publish_document",
    "quarantine_document",
    "register_document",
    "remove_saved_search",
    "remove_unused",
    "renew_index",
    "save_search",
    "store_file",
]
