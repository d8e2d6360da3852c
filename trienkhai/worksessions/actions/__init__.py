"""Everything that changes working sessions."""

from trienkhai.worksessions.actions.concluding import add_conclusion, draft_notice, end_session, remove_conclusion
from trienkhai.worksessions.actions.making import make_dossier
from trienkhai.worksessions.actions.planning import (
    Details,
    cancel_session,
    change_session,
    name_people,
    plan_session,
)
from trienkhai.worksessions.actions.speaking import add_word, remove_word

__all__ = [
    "Details",
    "add_conclusion",
    "add_word",
    "cancel_session",
    "change_session",
    "draft_notice",
    "end_session",
    "make_dossier",
    "name_people",
    "plan_session",
    "remove_conclusion",
    "remove_word",
]
