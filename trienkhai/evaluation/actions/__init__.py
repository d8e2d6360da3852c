"""Everything that changes evaluations: opening (`opening`), filling and passing sheets on (`filling`), proposing and
deciding (`deciding`), appeals (`appealing`), reading and export as acts (`reading`), commendation (`commending`).
"""

from trienkhai.evaluation.actions.appealing import answer_appeal, appeal
from trienkhai.evaluation.actions.commending import (
    add_evidence,
    commend,
    give_opinion,
    propose_commendation,
    refuse_commendation,
)
from trienkhai.evaluation.actions.deciding import decide, draft_list, propose_levels
from trienkhai.evaluation.actions.filling import (
    give_points,
    leave_out,
    mark_above,
    pass_on,
    read_figures,
    send_back,
    tell_vote,
    unmark_above,
)
from trienkhai.evaluation.actions.opening import add_subjects, open_campaign
from trienkhai.evaluation.actions.reading import export_list, read_result, read_sheet

__all__ = [
    "add_evidence",
    "add_subjects",
    "answer_appeal",
    "appeal",
    "commend",
    "decide",
    "draft_list",
    "export_list",
    "give_opinion",
    "give_points",
    "leave_out",
    "mark_above",
    "open_campaign",
    "pass_on",
    "propose_commendation",
    "propose_levels",
    "read_figures",
    "read_result",
    "read_sheet",
    "refuse_commendation",
    "send_back",
    "tell_vote",
    "unmark_above",
]
