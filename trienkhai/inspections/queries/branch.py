"""The work of a branch as an inspector asks after it: what is not updated, was corrected, was put off."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import Substr

from trienkhai.common import paths
from trienkhai.orgs.models import Relation, Unit
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.queries import due_soon_day
from trienkhai.tasks.queries.lists import silent_filter
from trienkhai.tasks.queries.revised import corrected_filter, extended_twice_filter
from trienkhai.tasks.queries.sheets import cell_filter

CELLS = ("open", "open_overdue", "silent", "corrected", "extended_twice")
"""Cells of the list of tasks that are counted here, in the order they are shown."""


@dataclass(frozen=True)
class Line:
    """A unit directly below with its branch: how many rows each cell has."""

    unit: Unit
    numbers: dict[str, int] = field(default_factory=dict)


def facts_below(unit: Unit, on: date) -> list[Line]:
    """One line for each subordinate unit directly below, by name. Seven queries at most, however many units."""
    top, soon = unit.path or "", due_soon_day(on)
    filters = {
        "open": cell_filter("open", on, soon),
        "open_overdue": cell_filter("open_overdue", on, soon),
        "silent": silent_filter(on),
        "corrected": corrected_filter(),
        "extended_twice": extended_twice_filter(),
    }
    head = Substr("held_by__path", 1, len(top) + paths.WIDTH)
    rows = Assignment.objects.filter(paths.within(top, "held_by__path"), ~Q(held_by=unit))
    found: dict[str, dict[str, int]] = {}
    for name in CELLS:
        counted = rows.filter(filters[name]).order_by().annotate(head=head).values("head").annotate(n=Count("pk"))
        for line in counted.values_list("head", "n"):
            found.setdefault(line[0], {})[name] = line[1]
    below = Unit.objects.filter(present__parent=unit, path__isnull=False, closed_on__gt=on)
    below = below.filter(present__relation=Relation.SUBORDINATE).select_related("present")
    nothing = dict.fromkeys(CELLS, 0)
    return [Line(one, nothing | found.get(one.path or "", {})) for one in below.order_by("present__sort_key", "pk")]
