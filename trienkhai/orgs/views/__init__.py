"""The tree of the organisation (`tree`), the page of a unit (`unit`), what an administrator changes (`upkeep`)."""

from trienkhai.orgs.views.tree import branch, tree
from trienkhai.orgs.views.unit import unit
from trienkhai.orgs.views.upkeep import holding_end, post_add, post_give, term_add, term_edit, unit_add, unit_edit

__all__ = [
    "branch",
    "holding_end",
    "post_add",
    "post_give",
    "term_add",
    "term_edit",
    "tree",
    "unit",
    "unit_add",
    "unit_edit",
]
