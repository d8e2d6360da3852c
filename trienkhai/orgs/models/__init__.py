"""Tables of the area: units with their versions and places (`units`), terms, posts and holdings (`posts`), training and
members as numbers (`cadres`), what a reorganisation changed (`journal`)."""

from trienkhai.orgs.models.cadres import MemberCount, Training
from trienkhai.orgs.models.journal import Journal, Succession
from trienkhai.orgs.models.posts import Holding, HoldingQuerySet, Manner, Post, PostClass, Role, Span, Term
from trienkhai.orgs.models.units import Relation, ResolvedBody, Unit, UnitPlace, UnitQuerySet, UnitVersion

__all__ = [
    "Holding",
    "HoldingQuerySet",
    "Journal",
    "Manner",
    "MemberCount",
    "Post",
    "PostClass",
    "Relation",
    "ResolvedBody",
    "Role",
    "Span",
    "Succession",
    "Term",
    "Training",
    "Unit",
    "UnitPlace",
    "UnitQuerySet",
    "UnitVersion",
]
