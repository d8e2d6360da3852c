"""Tables of evaluation and commendation."""

from trienkhai.evaluation.models.appealing import Appeal
from trienkhai.evaluation.models.campaign import INVALID, AboveMark, Campaign, CampaignState, Points, Sheet, Step
from trienkhai.evaluation.models.commending import (
    Commendation,
    CommendationOpinion,
    CommendationPaper,
    CommendationState,
    Kind,
)

__all__ = [
    "INVALID",
    "AboveMark",
    "Appeal",
    "Campaign",
    "CampaignState",
    "Commendation",
    "CommendationOpinion",
    "CommendationPaper",
    "CommendationState",
    "Kind",
    "Points",
    "Sheet",
    "Step",
]
