"""The organisation as rows of sheets, and what the pages of packets show."""

from trienkhai.exchange.queries.books import book_rows
from trienkhai.exchange.queries.packets import (
    correspondents_of,
    newest_dispatches,
    outcome_word,
    state_label,
    states_of,
    units_on_the_axis,
    with_words,
)
from trienkhai.exchange.queries.units import branch, own_holdings, post_rows, unit_rows

__all__ = [
    "book_rows",
    "branch",
    "correspondents_of",
    "newest_dispatches",
    "outcome_word",
    "own_holdings",
    "post_rows",
    "state_label",
    "states_of",
    "unit_rows",
    "units_on_the_axis",
    "with_words",
]
