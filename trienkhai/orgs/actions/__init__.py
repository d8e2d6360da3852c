"""Everything that changes the organisation: new units (`establishing`), other words and places (`changing`), a unit
that ends (`ending`), posts and who holds them (`posts`), terms of office (`terms`)."""

from trienkhai.orgs.actions.changing import change_unit, store_change
from trienkhai.orgs.actions.ending import Outcome, end_unit, store_ending
from trienkhai.orgs.actions.establishing import UnitRow, establish_units, lock_tree
from trienkhai.orgs.actions.posts import appoint, create_post, delegate, end_holding
from trienkhai.orgs.actions.terms import set_term

__all__ = [
    "Outcome",
    "UnitRow",
    "appoint",
    "change_unit",
    "create_post",
    "delegate",
    "end_holding",
    "end_unit",
    "establish_units",
    "lock_tree",
    "set_term",
    "store_change",
    "store_ending",
]
