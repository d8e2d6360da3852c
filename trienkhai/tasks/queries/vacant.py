"""Steps of approving that have no owner: units that must decide on reports and where nobody holds a leader's post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from trienkhai.common import paths
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.tasks.models import OPEN_STATES, Assignment, State


@dataclass(frozen=True)
class Step:
    """`waiting`: reports that wait there, of `open` assignments that answer to it; `goes_to`: the unit that decides
    meanwhile, None where nobody above leads.
    """

    unit: Unit
    open: int
    waiting: int
    goes_to: Unit | None


def _led(on: date) -> QuerySet[Holding]:
    return Holding.objects.on(on).filter(post__role=Role.LEADER, account__is_active=True)


def vacant_steps(where: Q, on: date) -> QuerySet[Unit]:
    """The units among `where` that open work answers to and nobody leads, by name."""
    needed = Assignment.objects.filter(answers_to=OuterRef("pk"), state__in=OPEN_STATES)
    rows = Unit.objects.filter(where).filter(Exists(needed), ~Exists(_led(on).filter(post__unit=OuterRef("pk"))))
    return rows.select_related("present").order_by("present__sort_key", "pk")


def steps_shown(units: Sequence[Unit], on: date) -> list[Step]:
    """Each with its counts and who decides meanwhile. Three queries."""
    rows = Assignment.objects.filter(answers_to__in=[unit.pk for unit in units], state__in=OPEN_STATES).order_by()
    sums: dict[int, dict[str, Any]] = {
        row["answers_to"]: dict(row)
        for row in rows.values("answers_to").annotate(
            n=Count("pk"), n_waiting=Count("pk", filter=Q(state=State.SUBMITTED))
        )
    }
    above = {pk for unit in units for pk in paths.ids(unit.path or "")}
    led = set(_led(on).filter(post__unit__in=above).values_list("post__unit", flat=True))
    next_above = {
        unit.pk: next((pk for pk in reversed(paths.ids(unit.path or "")) if pk in led), None) for unit in units
    }
    named = Unit.objects.select_related("present").in_bulk([pk for pk in next_above.values() if pk])
    return [
        Step(unit, sums[unit.pk]["n"], sums[unit.pk]["n_waiting"], named.get(next_above[unit.pk] or 0))
        for unit in units
        if unit.pk in sums
    ]
