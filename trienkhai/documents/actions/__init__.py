"""Storing files, registering documents, correcting, publishing and quarantining them."""

from trienkhai.documents.actions.drafting import Overtaken, begin_draft, change_draft, drop_draft
from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.actions.issuing import finish_draft
from trienkhai.documents.actions.keeping import correct_document, publish_document, quarantine_document
from trienkhai.documents.actions.registering import register_document
from trienkhai.documents.actions.templates import remove_template, store_template

__all__ = [
    "Overtaken",
    "begin_draft",
    "change_draft",
    "correct_document",
    "drop_draft",
    "finish_draft",
    "publish_document",
    "quarantine_document",
    "register_document",
    "remove_template",
    "remove_unused",
    "store_file",
    "store_template",
]
