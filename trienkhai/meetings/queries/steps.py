"""Scores of meetings whose last step the unit directly above cannot take."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from trienkhai.meetings.rules_scoring import deciders, scored_below, upper_of, without_decider_near
from trienkhai.orgs.models import Unit
from trienkhai.orgs.queries import names_of


@dataclass(frozen=True)
class Step:
    """`waiting`: sheets that climb past `unit`, of the topmost unit its own, to `goes_to`; None where nobody above may
    decide.
    """

    unit: Unit
    waiting: int
    goes_to: Unit | None


def climbed_scores(where: Q, on: date) -> list[Step]:
    """The units among `where` that cannot decide scores of those directly below, by name. Eight queries at most for
    sheets of standing units.
    """
    units = Unit.objects.filter(where)
    topmost = Q(unit__present__parent=None, unit__in=units)
    sheets = list(without_decider_near(on).filter(Q(unit__present__parent__in=units) | topmost))
    if not sheets:
        return []
    found = deciders(sheets, scored_below(sheets), on)
    counts = Counter(((upper_of(sheet, on) or sheet.unit).pk, found[sheet.pk]) for sheet in sheets)
    named = names_of({unit for pair in counts for unit in pair if unit})
    steps = [Step(named[unit], count, named.get(decider or 0)) for (unit, decider), count in counts.items()]
    return sorted(steps, key=lambda step: (step.unit.present.sort_key if step.unit.present else "", step.unit.pk))
