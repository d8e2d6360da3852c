"""What waits for one person besides the own queue: prepared tasks, requests, co-ordinating parts."""

from datetime import date

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from trienkhai.orgs.models import Role
from trienkhai.orgs.rules import Reach, reach_of
from trienkhai.people.models import Account
from trienkhai.tasks import rules
from trienkhai.tasks.models import OPEN_STATES, Issue, Request, RequestKind, RequestOutcome, Share, ShareKind


def _units(reach: Reach) -> list[int]:
    return sorted({grant.unit_id for grant in reach.grants})


def _units_by_principal(reach: Reach) -> dict[int | None, list[int]]:
    """The units by the account in whose name a delegate acts there; None: in the own name."""
    found: dict[int | None, list[int]] = {}
    for grant in reach.grants:
        found.setdefault(grant.principal, []).append(grant.unit_id)
    return found


def _asked_by(account_id: int) -> Q:
    return Q(by=account_id) | Q(principal=account_id)


def issues_waiting(account: Account, on: date) -> QuerySet[Issue]:
    """Submitted to units where the person issues, and returned to units where the person prepares; oldest first."""
    reach = reach_of(account, on)
    issuing = _units(reach.of(Role.LEADER).able("issue"))
    preparing = _units(reach.of(*rules.PREPARERS).able("prepare"))
    waiting = Q(state=Issue.State.SUBMITTED, assigner__in=issuing)
    returned = Q(state=Issue.State.RETURNED, assigner__in=preparing)
    rows = Issue.objects.filter(waiting | returned)
    return rows.select_related("document", "assigner__present", "prepared_by").order_by("created_at", "pk")


def requests_waiting(account: Account, on: date) -> QuerySet[Request]:
    """Open requests that the person may decide, as `rules.can_decide` says for each; oldest first."""
    leading = reach_of(account, on).of(Role.LEADER)
    mine = Q(pk__in=[])
    for kind in RequestKind.values:
        for principal, units in _units_by_principal(leading.able(kind)).items():
            handed_down = Q(assignment__answers_to__in=units, delegates__contains=f'"{kind}"')
            there = Q(kind=kind) & (Q(assignment__task__assigner__in=units) | handed_down)
            mine |= there & ~_asked_by(principal) if principal else there
    rows = Request.objects.alias(delegates=Cast("assignment__task__delegates", TextField())).filter(
        mine, outcome=RequestOutcome.OPEN, assignment__state__in=OPEN_STATES
    )
    return (
        rows.exclude(_asked_by(account.pk))
        .select_related("assignment__task", "assignment__held_by__present", "proposed_unit__present")
        .order_by("at", "pk")
    )


def parts_waiting(account: Account, on: date) -> QuerySet[Share]:
    """Co-ordinating parts of own units without an answer, by their day."""
    own = rules.units_held(account, on, "answer")
    rows = Share.objects.filter(unit__in=own, kind=ShareKind.PART, answered_on=None, task__issued_on__isnull=False)
    return rows.select_related("task__document", "unit__present").order_by("due_on", "pk")
