"""Tables of the area: units with their versions and places (`units`), terms, posts and holdings (`posts`)."""

from trienkhai.orgs.models.posts import Holding, HoldingQuerySet, Manner, Post, Role, Span, Term
from trienkhai.orgs.models.units import Relation, ResolvedBody, Unit, UnitPlace, UnitQuerySet, UnitVersion

__all__ = [
    "Holding",
    "HoldingQuerySet",
    "Manner",
    "Post",
    "Relation",
    "ResolvedBody",
    "Role",
    "Span",
    "Term",
    "Unit",
    "UnitPlace",
    "UnitQuerySet",
    "UnitVersion",
]
