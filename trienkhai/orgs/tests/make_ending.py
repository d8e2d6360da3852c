"""A unit ends without a reorganisation file around it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from trienkhai.common.clock import day_of
from trienkhai.orgs import rules, succession
from trienkhai.orgs.actions import Outcome, lock_tree, store_ending
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account


class _DryRun(Exception):
    """Rolls back what was done to see what would come of it."""


def end_unit(
    unit_id: int,
    successor_id: int,
    *,
    choices: Mapping[str, str] | None = None,
    division: Mapping[str, Mapping[int, int]] | None = None,
    dry_run: bool = False,
    by: Account,
    at: datetime,
) -> Outcome:
    """One ending in a transaction of its own, under the lock and by the rule. dry_run: all of it, then rolled back."""
    outcome = Outcome()
    try:
        with transaction.atomic():
            lock_tree()
            day = day_of(at)
            unit, successor = _locked(unit_id, successor_id)
            verdict = rules.can_manage_units(by, day, unit).require()
            rules.can_manage_units(by, day, successor).require()
            ending = succession.Ending(unit, successor, day, choices or {}, division or {})
            outcome = store_ending(ending, dry_run=dry_run, by=actor(by, verdict.holding), at=at)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return outcome


def _locked(unit_id: int, successor_id: int) -> tuple[Unit, Unit]:
    rows = Unit.objects.select_for_update(of=("self",)).select_related("present")
    units = {row.pk: row for row in rows.filter(pk__in=[unit_id, successor_id]).order_by("pk")}
    return units[unit_id], units[successor_id]
