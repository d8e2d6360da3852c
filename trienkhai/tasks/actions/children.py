"""Closing a piece of work asks what becomes of the open work below that serves it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from trienkhai.people.models import Account
from trienkhai.tasks.actions.deciding import withdraw
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.queries.lists import open_children

LEAVE, WITHDRAW = "leave", "withdraw"
CHILDREN = (LEAVE, WITHDRAW)


def settle_children(assignment: Assignment, choice: str, *, reason: str, by: Account, at: datetime) -> None:
    """Leave the open work below as it is, or withdraw it, each piece with its act. Nothing to settle: nothing happens.

    Raises ValidationError with the number when nothing is chosen, Refused when the person may not withdraw.
    """
    ids = list(open_children(assignment).order_by("pk").values_list("pk", flat=True))
    if not ids or choice == LEAVE:
        return
    if choice != WITHDRAW:
        said = ngettext(
            "%(n)d piece of work below serves this one and is still open: say what becomes of it.",
            "%(n)d pieces of work below serve this one and are still open: say what becomes of them.",
            len(ids),
        )
        raise ValidationError({"children": said % {"n": len(ids)}})
    for pk in ids:
        withdraw(pk, reason=reason, by=by, at=at)
