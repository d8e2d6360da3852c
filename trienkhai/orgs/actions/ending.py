"""A unit ends and others take over what it leaves open (sáp nhập, chia tách, giải thể)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common import paths
from trienkhai.common.verdict import Refused
from trienkhai.orgs import journal, succession
from trienkhai.orgs.models import Succession, Unit


@dataclass(frozen=True)
class Outcome:
    """What the unit had open by class, what a person has to settle first, and what is still open afterwards."""

    counts: dict[str, int] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)


def store_ending(ending: succession.Ending, *, dry_run: bool = False, by: Actor, at: datetime) -> Outcome:
    """The unit stands no longer from the day of the ending; with what it leaves open is done what was chosen.

    For callers that hold the lock of the tree in a transaction and have asked the rule. A dry run with questions
    carries nothing. Raises Refused for a unit with others below it, one that ended already, a successor that does not
    stand, a choice that is not offered, and while something has to be settled by a person first.
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
