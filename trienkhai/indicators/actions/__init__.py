"""Everything that changes data of this area."""

from trienkhai.indicators.actions.deciding import approve_values, return_values
from trienkhai.indicators.actions.defining import (
    Frame,
    Meaning,
    change_definition,
    change_links,
    close_indicator,
    define_indicator,
)
from trienkhai.indicators.actions.giving import Gift, give_indicator, set_targets, set_weights, take_back
from trienkhai.indicators.actions.nightly import check_chains
from trienkhai.indicators.actions.telling import Outcome, Telling, add_file, tell_values

__all__ = [
    "Frame",
    "Gift",
    "Meaning",
    "Outcome",
    "Telling",
    "add_file",
    "approve_values",
    "change_definition",
    "change_links",
    "check_chains",
    "close_indicator",
    "define_indicator",
    "give_indicator",
    "return_values",
    "set_targets",
    "set_weights",
    "take_back",
    "tell_values",
]
