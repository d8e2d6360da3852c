"""Everything that changes inspections."""

from trienkhai.inspections.actions.concluding import conclude_inspection, write_conclusion
from trienkhai.inspections.actions.drawing import add_subject, draw_subjects
from trienkhai.inspections.actions.finding import add_finding, add_proof, change_finding, remove_finding
from trienkhai.inspections.actions.planning import (
    ItemDetails,
    add_item,
    approve_programme,
    begin_programme,
    change_item,
    change_programme,
    remove_item,
    set_team,
    submit_programme,
)
from trienkhai.inspections.actions.points import add_point, remove_point, tell_point
from trienkhai.inspections.actions.remedying import accept_remedy, give_remedies
from trienkhai.inspections.actions.stepping import drop_inspection, extend_step, go_on, start_inspection

__all__ = [
    "ItemDetails",
    "accept_remedy",
    "add_finding",
    "add_item",
    "add_point",
    "add_proof",
    "add_subject",
    "approve_programme",
    "begin_programme",
    "change_finding",
    "change_item",
    "change_programme",
    "conclude_inspection",
    "draw_subjects",
    "drop_inspection",
    "extend_step",
    "give_remedies",
    "go_on",
    "remove_finding",
    "remove_item",
    "remove_point",
    "set_team",
    "start_inspection",
    "submit_programme",
    "tell_point",
    "write_conclusion",
]
