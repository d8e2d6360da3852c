from trienkhai.feedback.models.consultations import (
    Asked,
    ClauseOpinion,
    Consultation,
    MovedDay,
    Passage,
    Reply,
    Stance,
)
from trienkhai.feedback.models.letters import Letter, PendingLetter, SpentProof
from trienkhai.feedback.models.proposals import OPEN, Outcome, Proposal, ProposalStep, Sort
from trienkhai.feedback.models.remarks import ReceivingPost, Remark

__all__ = [
    "OPEN",
    "Asked",
    "ClauseOpinion",
    "Consultation",
    "Letter",
    "MovedDay",
    "Outcome",
    "Passage",
    "PendingLetter",
    "Proposal",
    "ProposalStep",
    "ReceivingPost",
    "Remark",
    "Reply",
    "Sort",
    "SpentProof",
    "Stance",
]
