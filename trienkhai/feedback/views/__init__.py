from trienkhai.feedback.views.consultations import (
    consultation,
    consultation_close,
    consultation_file,
    consultation_new,
    consultations,
)
from trienkhai.feedback.views.consultations_ending import (
    consultation_move,
    consultation_summary,
    consultation_withdraw,
)
from trienkhai.feedback.views.letters import letter, letter_answer, letter_file, letters
from trienkhai.feedback.views.opinions import opinion_reply, opinions
from trienkhai.feedback.views.proposals import (
    overview,
    proposal,
    proposal_answer,
    proposal_new,
    proposal_pass_on,
    proposal_withdraw,
)
from trienkhai.feedback.views.remarks import (
    posts,
    remark,
    remark_answer,
    remark_new,
    remark_read,
    remark_send_up,
    remarks,
)
from trienkhai.feedback.views.unnamed import unnamed, unnamed_answer, unnamed_part, unnamed_send

__all__ = [
    "consultation",
    "consultation_close",
    "consultation_file",
    "consultation_move",
    "consultation_new",
    "consultation_summary",
    "consultation_withdraw",
    "consultations",
    "letter",
    "letter_answer",
    "letter_file",
    "letters",
    "opinion_reply",
    "opinions",
    "overview",
    "posts",
    "proposal",
    "proposal_answer",
    "proposal_new",
    "proposal_pass_on",
    "proposal_withdraw",
    "remark",
    "remark_answer",
    "remark_new",
    "remark_read",
    "remark_send_up",
    "remarks",
    "unnamed",
    "unnamed_answer",
    "unnamed_part",
    "unnamed_send",
]
