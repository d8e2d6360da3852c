"""Everything that changes the organisation: new units (`establishing`), other words and places (`changing`), a unit
that ends (`ending`), posts and who holds them (`posts`), deputies (`delegating`), terms of office (`terms`), courses
taken and numbers of members (`cadres`)."""

from trienkhai.orgs.actions.abolishing import abolish_post
from trienkhai.orgs.actions.cadres import add_training, read_training, remove_training, tell_members
from trienkhai.orgs.actions.changing import change_unit, store_change
from trienkhai.orgs.actions.changing_many import store_words
from trienkhai.orgs.actions.delegating import delegate
from trienkhai.orgs.actions.ending import Outcome, store_ending
from trienkhai.orgs.actions.establishing import UnitRow, establish_many, establish_units, lock_tree
from trienkhai.orgs.actions.posts import appoint, change_post, create_post, end_holding, hand_over
from trienkhai.orgs.actions.terms import set_term

__all__ = [
    "Outcome",
    "UnitRow",
    "abolish_post",
    "add_training",
    "appoint",
    "change_post",
    "change_unit",
    "create_post",
    "delegate",
    "end_holding",
    "establish_many",
    "establish_units",
    "hand_over",
    "lock_tree",
    "read_training",
    "remove_training",
    "set_term",
    "store_change",
    "store_ending",
    "store_words",
    "tell_members",
]
