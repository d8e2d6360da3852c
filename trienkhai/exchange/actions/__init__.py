"""What this area changes: the organisation and old books from files, documents by packets."""

from trienkhai.exchange.actions.books import WrongLines, import_book
from trienkhai.exchange.actions.dispatching import ask_back, send_document, tell_state
from trienkhai.exchange.actions.jobs import begin_file_job, run_next_file
from trienkhai.exchange.actions.receiving import Taken, answer_recall, take_packets
from trienkhai.exchange.actions.units import WrongRows, apply_import, found_top, store_import

__all__ = [
    "Taken",
    "WrongLines",
    "WrongRows",
    "answer_recall",
    "apply_import",
    "ask_back",
    "begin_file_job",
    "found_top",
    "import_book",
    "run_next_file",
    "send_document",
    "store_import",
    "take_packets",
    "tell_state",
]
