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
from trienkhai.exchange.queries.units import (
    AccountFacts,
    HoldingFacts,
    PostFacts,
    UnitFacts,
    accounts_named,
    how_many,
    portions,
    post_rows,
    standing_holdings,
    standing_posts,
    standing_units,
    unit_rows,
)

__all__ = [
    "AccountFacts",
    "HoldingFacts",
    "PostFacts",
    "UnitFacts",
    "accounts_named",
    "book_rows",
    "correspondents_of",
    "how_many",
    "newest_dispatches",
    "outcome_word",
    "portions",
    "post_rows",
    "standing_holdings",
    "standing_posts",
    "standing_units",
    "state_label",
    "states_of",
    "unit_rows",
    "units_on_the_axis",
    "with_words",
]
