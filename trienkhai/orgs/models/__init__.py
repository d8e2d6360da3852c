"""Tables of the area: units with their versions and places (`units`), terms, posts and holdings (`posts`), training and
members as numbers (`cadres`), people invited to posts and the yearly review of rights (`inviting`), reorganisation
files (`reorganising`) and what they changed row by row (`journal`), comparisons of several
files (`comparing`), lists of members by name where they are switched on (`roster`)."""

from trienkhai.orgs.models.cadres import MemberCount, Training
from trienkhai.orgs.models.comparing import (
    ComparedDraft,
    Comparison,
    ComparisonState,
    CostLine,
    Preference,
    UnitOpinion,
)
from trienkhai.orgs.models.inviting import Invitation, Outcome, Review, ReviewMark
from trienkhai.orgs.models.journal import Journal, Succession
from trienkhai.orgs.models.posts import Holding, HoldingQuerySet, Manner, Post, PostClass, Role, Span, Term
from trienkhai.orgs.models.reorganising import ENDING, Reorganisation, ReorganisationState, Step, StepKind
from trienkhai.orgs.models.roster import RosterMember, RosterSpan, RosterSwitch, RosterTransfer
from trienkhai.orgs.models.units import Relation, ResolvedBody, Unit, UnitPlace, UnitQuerySet, UnitVersion

__all__ = [
    "ENDING",
    "ComparedDraft",
    "Comparison",
    "ComparisonState",
    "CostLine",
    "Holding",
    "HoldingQuerySet",
    "Invitation",
    "Journal",
    "Manner",
    "MemberCount",
    "Outcome",
    "Post",
    "PostClass",
    "Preference",
    "Relation",
    "Reorganisation",
    "ReorganisationState",
    "ResolvedBody",
    "Review",
    "ReviewMark",
    "Role",
    "RosterMember",
    "RosterSpan",
    "RosterSwitch",
    "RosterTransfer",
    "Span",
    "Step",
    "StepKind",
    "Succession",
    "Term",
    "Training",
    "Unit",
    "UnitOpinion",
    "UnitPlace",
    "UnitQuerySet",
    "UnitVersion",
]
