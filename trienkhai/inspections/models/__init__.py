"""Programmes of inspection and what is done by them."""

from trienkhai.inspections.models.drawing import Candidate, Draw
from trienkhai.inspections.models.finding import Finding, Point, Proof, Result
from trienkhai.inspections.models.inspection import (
    RUNNING,
    Extension,
    Inspection,
    InspectionQuerySet,
    InspectionState,
    Source,
    Step,
    StepRow,
)
from trienkhai.inspections.models.programme import (
    InspectionItem,
    InspectionProgramme,
    Kind,
    Manner,
    ProgrammeState,
    TeamMember,
)

__all__ = [
    "RUNNING",
    "Candidate",
    "Draw",
    "Extension",
    "Finding",
    "Inspection",
    "InspectionItem",
    "InspectionProgramme",
    "InspectionQuerySet",
    "InspectionState",
    "Kind",
    "Manner",
    "Point",
    "ProgrammeState",
    "Proof",
    "Result",
    "Source",
    "Step",
    "StepRow",
    "TeamMember",
]
