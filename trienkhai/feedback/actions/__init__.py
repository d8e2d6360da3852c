from trienkhai.feedback.actions.consultations import (
    Opinions,
    Question,
    Said,
    close_consultation,
    open_consultation,
    reply,
    store_opinions,
)
from trienkhai.feedback.actions.consultations_ending import move_day, tell_summary, withdraw_consultation
from trienkhai.feedback.actions.letters import answer_letter, find_by_receipt, release_letters, send_letter
from trienkhai.feedback.actions.proposals import Wish, answer, pass_on, propose, take_as_task, withdraw
from trienkhai.feedback.actions.remarks import answer_remark, name_posts, read_remark, remark, send_up

__all__ = [
    "Opinions",
    "Question",
    "Said",
    "Wish",
    "answer",
    "answer_letter",
    "answer_remark",
    "close_consultation",
    "find_by_receipt",
    "move_day",
    "name_posts",
    "open_consultation",
    "pass_on",
    "propose",
    "read_remark",
    "release_letters",
    "remark",
    "reply",
    "send_letter",
    "send_up",
    "store_opinions",
    "take_as_task",
    "tell_summary",
    "withdraw",
    "withdraw_consultation",
]
