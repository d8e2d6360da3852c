"""Tables of the area: units with their versions and places (`units`), terms, posts and holdings (`posts`), training and
members as numbers (`cadres`), people invited to posts and the yearly review of rights (`inviting`), what a
reorganisation changed (`journal`)."""

from trienkhai.orgs.models.cadres import MemberCount, Training
from trienkhai.orgs.models.inviting import Invitation, Outcome, Review, ReviewMark
from trienkhai.orgs.models.journal import Journal, Succession
from trienkhai.orgs.models.posts import Holding, HoldingQuerySet, Manner, Post, PostClass, Role, Span, Term
from trienkhai.orgs.models.units import Relation, ResolvedBody, Unit, UnitPlace, UnitQuerySet, UnitVersion

__all__ = [
    "Holding",
    "HoldingQuerySet",
    "Invitation",
    "Journal",
    "Manner",
    "MemberCount",
    "Outcome",
    "Post",
    "PostClass",
    "Relation",
    "ResolvedBody",
    "Review",
    "ReviewMark",
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
