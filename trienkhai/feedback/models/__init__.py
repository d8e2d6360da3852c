from trienkhai.feedback.models.letters import Letter, PendingLetter, SpentProof
from trienkhai.feedback.models.proposals import OPEN, Outcome, Proposal, ProposalStep, Sort
from trienkhai.feedback.models.remarks import ReceivingPost, Remark

__all__ = [
    "OPEN",
    "Letter",
    "Outcome",
    "PendingLetter",
    "Proposal",
    "ProposalStep",
    "ReceivingPost",
    "Remark",
    "Sort",
    "SpentProof",
]
