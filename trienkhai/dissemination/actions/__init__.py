"""Everything that changes data of this area."""

from trienkhai.dissemination.actions.receiving import (
    acknowledge_receipt,
    acknowledge_receipts,
    close_receipt,
    mark_opened,
)
from trienkhai.dissemination.actions.sending import Order, carry_branches, remind_missing, send_document
from trienkhai.dissemination.actions.studying import (
    SessionDetails,
    add_session_file,
    cancel_session,
    change_plan,
    change_session,
    make_plan,
    plan_session,
    tell_attendance,
)

__all__ = [
    "Order",
    "SessionDetails",
    "acknowledge_receipt",
    "acknowledge_receipts",
    "add_session_file",
    "cancel_session",
    "carry_branches",
    "change_plan",
    "change_session",
    "close_receipt",
    "make_plan",
    "mark_opened",
    "plan_session",
    "remind_missing",
    "send_document",
    "tell_attendance",
]
