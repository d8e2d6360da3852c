"""The tree of the organisation (`tree`), the page of a unit (`unit`), what an administrator changes (`upkeep`), posts
and who holds them (`posts`), deputies (`deputies`), a person (`people`), numbers of members (`members`)."""

from trienkhai.orgs.views.tree import branch, tree
from trienkhai.orgs.views.unit import unit
from trienkhai.orgs.views.upkeep import term_add, term_edit, unit_add, unit_edit

__all__ = [
    "branch",
    "term_add",
    "term_edit",
    "tree",
    "unit",
    "unit_add",
    "unit_edit",
]
