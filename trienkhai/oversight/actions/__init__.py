"""Everything that changes this area."""

from trienkhai.oversight.actions.democracy import (
    Shown,
    add_matter,
    add_proof,
    answer_question,
    drop_matter,
    enter_question,
    remove_proof,
    take_usual,
)
from trienkhai.oversight.actions.planning import (
    Details,
    add_subject,
    announce_plan,
    drop_subject,
    make_plan,
)
from trienkhai.oversight.actions.recommending import recommend, reply, tell_held

__all__ = [
    "Details",
    "Shown",
    "add_matter",
    "add_proof",
    "add_subject",
    "announce_plan",
    "answer_question",
    "drop_matter",
    "drop_subject",
    "enter_question",
    "make_plan",
    "recommend",
    "remove_proof",
    "reply",
    "take_usual",
    "tell_held",
]
