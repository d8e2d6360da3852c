"""Steps of approving values that the unit which gave the indicator cannot take."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from trienkhai.indicators.climbing import Climbing
from trienkhai.indicators.models import Holder, Value
from trienkhai.orgs.climbing import Ladder
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.queries import names_of

LISTED = 200


@dataclass(frozen=True)
class Step:
    """`waiting`: values that climb from `unit` to `goes_to`, None where nobody above may decide. `led`: somebody leads
    the unit, and is the one who told them.
    """

    unit: Unit
    waiting: int
    goes_to: Unit | None
    led: bool


def climbed_steps(where: Q, on: date) -> list[Step]:
    """The units among `where` that nobody leads and that approve values, and those whose only leader told values that
    wait, by name; at most 200 that nobody leads. Eight queries at most.
    """
    found = [*_waiting(where, on)]
    known = {step.unit.pk for step in found}
    idle = [unit for unit in _unled(where, on)[:LISTED] if unit.pk not in known]
    ladder = Ladder([unit.path or "" for unit in idle], on)
    deciders = {unit.pk: ladder.decider(unit.path or "") for unit in idle}
    named = names_of({pk for pk in deciders.values() if pk}) if idle else {}
    found += [Step(unit, 0, named.get(deciders[unit.pk] or 0), led=False) for unit in idle]
    return sorted(found, key=lambda step: (step.unit.present.sort_key if step.unit.present else "", step.unit.pk))


def _unled(where: Q, on: date) -> QuerySet[Unit]:
    needed = Holder.objects.filter(giver=OuterRef("pk"), enters=True, valid_to__gt=on, indicator__valid_to__gt=on)
    led = Holding.objects.on(on).filter(post__role=Role.LEADER, account__is_active=True, post__unit=OuterRef("pk"))
    rows = Unit.objects.filter(where).filter(Exists(needed), ~Exists(led))
    return rows.select_related("present").order_by("present__sort_key", "pk")


def _waiting(where: Q, on: date) -> Iterator[Step]:
    climbing = Climbing(Value.objects.submitted().filter(holder__giver__in=Unit.objects.filter(where)), on)
    if not climbing.way:
        return
    whole = climbing.whole()
    alike = climbing.waiting.filter(~climbing.claimed, holder__giver__in=whole).order_by()
    sums = dict(alike.values_list("holder__giver").annotate(n=Count("pk")))
    counts = Counter({(giver, whole[giver]): count for giver, count in sums.items()})
    counts.update((row.giver, row.decider) for row in climbing.alone())
    units = names_of({unit for pair in counts for unit in pair if unit})
    for (giver, decider), count in counts.items():
        yield Step(units[giver], count, units.get(decider or 0), climbing.ladder.is_led(giver))
