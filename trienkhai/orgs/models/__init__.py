"""Tables of the area: units with their versions and places (`units`), terms, posts and holdings (`posts`), what a
reorganisation changed (`journal`)."""

from trienkhai.orgs.models.journal import Journal, Succession
from trienkhai.orgs.models.posts import Holding, HoldingQuerySet, Manner, Post, Role, Span, Term
from trienkhai.orgs.models.units import Relation, ResolvedBody, Unit, UnitPlace, UnitQuerySet, UnitVersion

__all__ = [
    "Holding",
    "HoldingQuerySet",
    "Journal",
    "Manner",
    "Post",
    "Relation",
    "ResolvedBody",
    "Role",
    "Span",
    "Succession",
    "Term",
    "Unit",
    "UnitPlace",
    "UnitQuerySet",
    "UnitVersion",
]
