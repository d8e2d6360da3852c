"""How every act on one assignment begins: lock, moment, rule; and how it is noted."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.people.models import Account
from trienkhai.tasks import ledger, rules
from trienkhai.tasks.models import Assignment, Share


def begin(assignment_id: int, verb: str, *, by: Account, at: datetime) -> tuple[Assignment, Verdict]:
    """Lock the assignment, ask the rule, refuse a moment before its present state; the row and the verdict."""
    assignment = ledger.lock([assignment_id])[0]
    return assignment, allow(assignment, verb, by=by, at=at)


def allow(assignment: Assignment, verb: str, *, by: Account, at: datetime) -> Verdict:
    """The rule's yes on a locked assignment; raises Refused for its no."""
    check_moment(assignment, at)
    return rules.can_do(by, verb, assignment, day_of(at)).require()


def check_moment(assignment: Assignment, at: datetime) -> None:
    if day_of(at) < assignment.since_on:
        raise Refused(_("The assignment has been in its present state since a later day."))


def noted(verb: str, target: Assignment | Share, by: Actor, at: datetime, *, reason: str = "", **data: Any) -> Act:
    """The act. It names the row by its document, and keeps what a person wrote apart, where it can be erased: both may
    tell of a document that is locked away later.
    """
    said = {"reason": reason.strip()} if reason.strip() else None
    return record(verb, target, by=by, at=at, label=target.task.reference, personal=said, **data)


def url_of(assignment: Assignment) -> str:
    return reverse("tasks:assignment", args=[assignment.pk])
