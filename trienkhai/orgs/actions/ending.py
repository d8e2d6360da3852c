"""A unit ends and others take over what it leaves open (sáp nhập, chia tách, giải thể)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.orgs import journal, rules, succession
from trienkhai.orgs.actions.establishing import lock_tree
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Succession, Unit
from trienkhai.people.models import Account


@dataclass(frozen=True)
class Outcome:
    """What the unit had open by class, what a person has to settle first, and what is still open afterwards."""

    counts: dict[str, int] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)


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
    """The unit stands no longer from the day of `at`; with its open objects of every area is done what was chosen, in
    one act.

    choices, division: as in `succession.Ending`. dry_run: do it all, then roll it back; questions are then told instead
    of refused. Raises Refused for whoever may not change both units, for a unit with others below it, one that ended
    already, a successor that does not stand, a choice that is not offered, and while something has to be settled by a
    person first.
    """
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


def store_ending(ending: succession.Ending, *, dry_run: bool = False, by: Actor, at: datetime) -> Outcome:
    """The ending itself, for callers that hold the lock of the tree in a transaction and have asked the rule.

    A dry run with questions carries nothing. Raises Refused like `end_unit`.
    """
    unit, successor = ending.unit, ending.successor
    if unit.pk == successor.pk or successor.closed_on <= ending.on or unit.closed_on <= ending.on:
        raise Refused(_("Both units have to stand, and be two."))
    if Unit.objects.standing(ending.on).filter(paths.within(unit.path or "")).exclude(pk=unit.pk).exists():
        raise Refused(_("Units stand below this one; move them first."))
    succession.check_choices(ending)
    counts, asked = succession.count_ending(ending), succession.questions(ending)
    if asked and not dry_run:
        raise Refused(" ".join(asked))
    if not asked:
        succession.carry_ending(ending, by, at)
        journal.created(_succeed(ending))
    journal.update(Unit.objects.filter(pk=unit.pk), closed_on=ending.on)
    new = {"successor": successor.code, **counts} | ({"choices": dict(ending.choices)} if ending.choices else {})
    record("unit.ended", unit, by=by, at=at, unit_path=unit.path, count=max(1, sum(counts.values())), new=new)
    return Outcome(counts, asked, succession.count_ending(ending))


def _succeed(ending: succession.Ending) -> list[Succession]:
    """Who reads from now on what is filed under the unit, and under those that it had taken over from: its successor,
    and the units to which something was divided."""
    divided = {unit for listed in ending.division.values() for unit in listed.values()}
    heirs = {ending.successor.pk} | divided
    earlier = Succession.objects.filter(successor=ending.unit).values_list("unit", flat=True)
    known = set(Succession.objects.filter(successor__in=heirs).values_list("unit", "successor"))
    main = (ending.unit.pk, ending.successor.pk)
    pairs = {(unit, heir) for unit in (ending.unit.pk, *earlier) for heir in heirs if unit != heir} - known
    return Succession.objects.bulk_create(
        Succession(unit_id=unit, successor_id=heir, on=ending.on, main=(unit, heir) == main)
        for unit, heir in sorted(pairs)
    )
