"""Storing files, registering documents, what becomes of them, their web, dossiers, the lines of the books."""

from trienkhai.documents.actions.entering import Line, enter_document
from trienkhai.documents.actions.filing import remove_unused, store_file
from trienkhai.documents.actions.handing import Instruction, finish_slip, give_slip, receive_slip, return_slip
from trienkhai.documents.actions.keeping import correct_document, publish_document, quarantine_document
from trienkhai.documents.actions.lines import change_entry, mark_entry
from trienkhai.documents.actions.numbers import cancel_entry, explain_gap, reserve_number
from trienkhai.documents.actions.registering import register_document
from trienkhai.documents.actions.relating import Cited, add_link, correct_link, remove_link, set_days_in_force
from trienkhai.documents.actions.versions import add_file
from trienkhai.documents.actions.withdrawing import withdraw_document

__all__ = [
    "Cited",
    "Instruction",
    "Line",
    "add_file",
    "add_link",
    "cancel_entry",
    "change_entry",
    "correct_document",
    "correct_link",
    "enter_document",
    "explain_gap",
    "finish_slip",
    "give_slip",
    "mark_entry",
    "publish_document",
    "quarantine_document",
    "receive_slip",
    "register_document",
    "remove_link",
    "remove_unused",
    "reserve_number",
    "return_slip",
    "set_days_in_force",
    "store_file",
    "withdraw_document",
]
