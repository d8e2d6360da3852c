"""A unit ends and another takes over what it leaves open (sáp nhập, giải thể)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.orgs import rules, succession
from trienkhai.orgs.actions.establishing import lock_tree
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account


@dataclass(frozen=True)
class Outcome:
    """What goes to the successor by class, what a person has to settle first, and what is still open afterwards."""

    counts: dict[str, int] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)


class _DryRun(Exception):
    """Rolls back what was done to see what would come of it."""


def end_unit(unit_id: int, successor_id: int, *, dry_run: bool = False, by: Account, at: datetime) -> Outcome:
    """The unit stands no longer from the day of `at`; its open objects of every area go to the successor, in one act.

    dry_run: do it all, then roll it back; questions are then told instead of refused.
    Raises Refused for whoever may not change both units, for a unit with others below it, one that ended already, a
    successor that does not stand, and while something has to be settled by a person first.
    """
    outcome = Outcome()
    try:
        with transaction.atomic():
            outcome = _end(unit_id, successor_id, dry_run, by, at)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return outcome


def _end(unit_id: int, successor_id: int, dry_run: bool, by: Account, at: datetime) -> Outcome:
    lock_tree()
    day = day_of(at)
    rows = Unit.objects.select_for_update(of=("self",)).select_related("present")
    units = {row.pk: row for row in rows.filter(pk__in=[unit_id, successor_id]).order_by("pk")}
    unit, successor = units[unit_id], units[successor_id]
    verdict = rules.can_manage_units(by, day, unit).require()
    rules.can_manage_units(by, day, successor).require()
    if unit.pk == successor.pk or successor.closed_on <= day or unit.closed_on <= day:
        raise Refused(_("Both units have to stand, and be two."))
    if Unit.objects.standing(day).filter(paths.within(unit.path or "")).exclude(pk=unit.pk).exists():
        raise Refused(_("Units stand below this one; move them first."))
    ending = succession.Ending(unit, successor, day)
    counts, asked = succession.count_ending(ending), succession.questions(ending)
    if asked and not dry_run:
        raise Refused(" ".join(asked))
    who = actor(by, verdict.holding)
    if not asked:
        succession.carry_ending(ending, who, at)
    Unit.objects.filter(pk=unit.pk).update(closed_on=day)
    new = {"successor": successor.code, **counts}
    record("unit.ended", unit, by=who, at=at, unit_path=unit.path, count=max(1, sum(counts.values())), new=new)
    return Outcome(counts, asked, succession.count_ending(ending))
