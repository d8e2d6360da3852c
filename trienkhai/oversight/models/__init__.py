"""Supervision by mass organisations, and what is owed to democracy at the grassroots."""

from trienkhai.oversight.models.democracy import Matter, MatterKind, MatterQuerySet, Proof, Question
from trienkhai.oversight.models.supervising import (
    Form,
    Outcome,
    Plan,
    Recommendation,
    RecommendationQuerySet,
    Subject,
    SubjectKind,
    SubjectState,
)

__all__ = [
    "Form",
    "Matter",
    "MatterKind",
    "MatterQuerySet",
    "Outcome",
    "Plan",
    "Proof",
    "Question",
    "Recommendation",
    "RecommendationQuerySet",
    "Subject",
    "SubjectKind",
    "SubjectState",
]
