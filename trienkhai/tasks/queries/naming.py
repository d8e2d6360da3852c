"""Work without a person responsible in time, and what waits for somebody else, as lists show it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from trienkhai.common.days import add_working_days
from trienkhai.norms.queries import days_off, value
from trienkhai.people.models import Account
from trienkhai.tasks.models import HOLDERS_TURN, Assignment, PastHolder, State, StateSpan, Wait

NAMED = "person_named_working_days"


def naming_days(on: date) -> int:
    """Within how many working days after acknowledging a unit names the person responsible."""
    return int(value(NAMED, on=on, default=3))


def unnamed_filter(on: date) -> Q:
    """The holder's to do, acknowledged (or taken over) longer ago than the norm allows, and nobody named."""
    ahead = naming_days(on)
    last = add_working_days(on, -ahead, days_off(on - timedelta(days=4 * ahead + 30), on))
    states = [state for state in HOLDERS_TURN if state != State.ASSIGNED]
    known = StateSpan.objects.filter(assignment=OuterRef("pk"), state=State.ASSIGNED, to_on__lt=last)
    taken = PastHolder.objects.filter(assignment=OuterRef("pk"), to_on__gte=last)
    return Q(Q(state__in=states, person=None), Exists(known), ~Exists(taken))


def waiting_filter() -> Q:
    """Work whose holder waits for somebody else."""
    return Q(Exists(Wait.objects.standing().filter(assignment=OuterRef("pk"))))


def waits_of(rows: Iterable[Assignment]) -> dict[int, Wait]:
    """Assignment → for whom it waits. One query for a page of rows."""
    found = Wait.objects.standing().filter(assignment__in=[row.pk for row in rows])
    return {wait.assignment_id: wait for wait in found.select_related("unit__present")}


def persons_named(acts: Iterable[dict]) -> dict[int, str]:
    """Names of the accounts that acts of naming speak of; no query when there are none."""
    ids = {act[side] for act in acts for side in ("old", "new") if act.get(side)}
    return dict(Account.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
