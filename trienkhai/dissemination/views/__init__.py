"""Sending down and its figures, receiving, study plans and their sessions."""

from trienkhai.dissemination.views.plans import mine, plan, plan_change, plan_make, study
from trienkhai.dissemination.views.receiving import acknowledge, acknowledge_all, close
from trienkhai.dissemination.views.sending import remind, send, sending
from trienkhai.dissemination.views.sessions import (
    session_add,
    session_cancel,
    session_change,
    session_file,
    session_file_add,
    session_result,
)

__all__ = [
    "acknowledge",
    "acknowledge_all",
    "close",
    "mine",
    "plan",
    "plan_change",
    "plan_make",
    "remind",
    "send",
    "sending",
    "session_add",
    "session_cancel",
    "session_change",
    "session_file",
    "session_file_add",
    "session_result",
    "study",
]
