"""Approving one report, beside the same two rows changed by two bare updates of the ORM."""

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from trienkhai.bench.organisation import TODAY, holder
from trienkhai.bench.timing import seconds, taking_turns
from trienkhai.bench.work import SENT
from trienkhai.common.clock import moment
from trienkhai.orgs.models import Role
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, ProgressReport, ReportState, State

ROUNDS = 60
AT = moment(TODAY, 9)


def measure() -> dict[str, float]:
    """`approve_statements` with the transaction, `approve_to_floor`, and the seconds of both."""
    waiting, bare = _waiting(), set[int]()
    rounds = min(ROUNDS, len(waiting) // 2 - 2)
    with CaptureQueriesContext(connection) as captured:
        _approve(*waiting.pop())
    found = taking_turns(
        {
            "approve": lambda: _timed_approval(*waiting.pop()),
            "floor": lambda: _timed_updates(*waiting.pop(), bare),
        },
        rounds,
    )
    _undo(bare)
    return {
        "approve_statements": len(captured),
        "approve_to_floor": found["approve"] / found["floor"],
        "approve_s": found["approve"],
        "approve_floor_s": found["floor"],
    }


def _waiting() -> list[tuple[Assignment, Account]]:
    """Rows that await approval, each with a fresh account of the person who decides."""
    rows = Assignment.objects.filter(state=State.SUBMITTED).order_by("pk")[: 2 * ROUNDS + 5]
    return [(row, holder(row.answers_to_id, Role.LEADER)) for row in rows]


def _approve(assignment: Assignment, leader: Account) -> None:
    actions.approve(assignment.pk, by=leader, at=AT)


def _timed_approval(assignment: Assignment, leader: Account) -> float:
    return seconds(lambda: _approve(assignment, leader))


def _timed_updates(assignment: Assignment, leader: Account, bare: set[int]) -> float:
    bare.add(assignment.pk)

    def updates() -> None:
        with transaction.atomic():
            Assignment.objects.filter(pk=assignment.pk).update(state=State.DONE, since_on=TODAY)
            ProgressReport.objects.filter(assignment=assignment.pk, state=ReportState.SUBMITTED).update(
                state=ReportState.APPROVED, decided_by=leader, decided_at=AT
            )

    return seconds(updates)


def _undo(bare: set[int]) -> None:
    """The bare updates kept no tally: the rows await approval again, so that the counts are right for what follows."""
    Assignment.objects.filter(pk__in=bare).update(state=State.SUBMITTED, since_on=SENT)
    ProgressReport.objects.filter(assignment__in=bare).update(
        state=ReportState.SUBMITTED, decided_by=None, decided_at=None
    )
