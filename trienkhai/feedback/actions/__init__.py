from trienkhai.feedback.actions.letters import answer_letter, find_by_receipt, release_letters, send_letter
from trienkhai.feedback.actions.proposals import Wish, answer, pass_on, propose, take_as_task, withdraw
from trienkhai.feedback.actions.remarks import answer_remark, name_posts, read_remark, remark, send_up

__all__ = [
    "Wish",
    "answer",
    "answer_letter",
    "answer_remark",
    "find_by_receipt",
    "name_posts",
    "pass_on",
    "propose",
    "read_remark",
    "release_letters",
    "remark",
    "send_letter",
    "send_up",
    "take_as_task",
    "withdraw",
]
