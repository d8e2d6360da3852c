"""Storing files, registering documents, correcting, publishing and quarantining them; the index and saved searches."""

from trienkhai.documents.actions.drafting import Overtaken, begin_draft, change_draft, drop_draft
from trienkhai.documents.actions.entering import Line, enter_document
from trienkhai.documents.actions.filing import remove_files, remove_unused, store_file
from trienkhai.documents.actions.handing import (
    Instruction,
    finish_slip,
    give_slip,
    pass_on_slip,
    receive_slip,
    return_slip,
)
from trienkhai.documents.actions.importing import Outcome, import_documents
from trienkhai.documents.actions.indexing import renew_index
from trienkhai.documents.actions.issuing import finish_draft
from trienkhai.documents.actions.keeping import correct_document, publish_document, quarantine_document
from trienkhai.documents.actions.lines import change_entry, mark_entry
from trienkhai.documents.actions.locking import hold_document
from trienkhai.documents.actions.numbers import cancel_entry, explain_gap, reserve_number
from trienkhai.documents.actions.phrases import add_phrase, drafted, remove_phrase
from trienkhai.documents.actions.reading import SECRET
from trienkhai.documents.actions.registering import register_document
from trienkhai.documents.actions.relating import Cited, add_link, correct_link, remove_link, set_days_in_force
from trienkhai.documents.actions.saving import remove_saved_search, save_search
from trienkhai.documents.actions.scanning import recognise_next
from trienkhai.documents.actions.signing import check_signatures
from trienkhai.documents.actions.templates import remove_template, store_template
from trienkhai.documents.actions.versions import add_file, look_through
from trienkhai.documents.actions.withdrawing import withdraw_document

__all__ = [
    "SECRET",
    "Cited",
    "Instruction",
    "Line",
    "Outcome",
    "Overtaken",
    "add_file",
    "add_link",
    "add_phrase",
    "begin_draft",
    "cancel_entry",
    "change_draft",
    "change_entry",
    "check_signatures",
    "correct_document",
    "correct_link",
    "drafted",
    "drop_draft",
    "enter_document",
    "explain_gap",
    "finish_draft",
    "finish_slip",
    "give_slip",
    "hold_document",
    "import_documents",
    "look_through",
    "mark_entry",
    "pass_on_slip",
    "publish_document",
    "quarantine_document",
    "receive_slip",
    "recognise_next",
    "register_document",
    "remove_files",
    "remove_link",
    "remove_phrase",
    "remove_saved_search",
    "remove_template",
    "remove_unused",
    "renew_index",
    "reserve_number",
    "return_slip",
    "save_search",
    "set_days_in_force",
    "store_file",
    "store_template",
    "withdraw_document",
]
