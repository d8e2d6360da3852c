"""How the indicators of a focus stand: for one unit, and in each branch below it – what moved, what stands still."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from trienkhai.common import paths
from trienkhai.common.clock import moment
from trienkhai.indicators.models import Holder, Indicator, State, Value
from trienkhai.indicators.periods import Period, period_of
from trienkhai.indicators.queries.reading import Reader
from trienkhai.indicators.queries.tables import Cell, cell_of, near_percent
from trienkhai.indicators.summing import Sign
from trienkhai.orgs.models import Unit
from trienkhai.orgs.queries import names_of

TOLD = (State.SUBMITTED, State.APPROVED, State.REPLACED)


@dataclass(frozen=True)
class Branch:
    """A direct subordinate. Indicators that are `met`, `under_way` (with a value that does not meet the target, or
    without a target), `silent` (no value); `missing`: units of it that did not tell; `moved`: values told since a day;
    `behind`: what is not met.
    """

    unit: Unit
    met: int = 0
    under_way: int = 0
    silent: int = 0
    missing: int = 0
    moved: int = 0
    behind: list[Cell] = field(default_factory=list)

    @property
    def stands_still(self) -> bool:
        return not self.moved and bool(self.under_way or self.silent)


@dataclass(frozen=True)
class Standing:
    """`cells`: of each indicator its latest period with a value, for the unit with all below it; `branches`: those that
    stand still first.
    """

    cells: list[Cell]
    branches: list[Branch]


@dataclass(frozen=True)
class Mark:
    """Of how many indicators, how many are met."""

    met: int
    total: int


def told_within(rows: QuerySet[Indicator], unit: Unit, on: date) -> list[Indicator]:
    """Those among `rows` that the unit owns or somebody in its branch holds that day, by code. One query."""
    held = Holder.objects.filter(paths.within(unit.path or "", "unit__path"), valid_from__lte=on, valid_to__gt=on)
    inside = Q(unit=unit) | Q(Exists(held.filter(indicator=OuterRef("pk"))))
    living = rows.filter(inside, valid_from__lte=on, valid_to__gt=on)
    return list(living.select_related("unit__present").order_by("code", "pk"))


def marks_of(indicators: list[Indicator], unit: Unit, on: date) -> dict[int, Mark]:
    """By focus how many of its indicators the unit meets. Eight queries at most."""
    found: dict[int, Mark] = {}
    for cell in _Now(indicators, unit, on).cells(unit):
        focus = cell.summed.indicator.focus_id or 0
        known = found.get(focus, Mark(0, 0))
        found[focus] = Mark(known.met + (cell.sign == Sign.MET), known.total + 1)
    return found


def standing_of(indicators: list[Indicator], unit: Unit, since: date, on: date, *, below: bool) -> Standing:
    """For the unit and, with `below`, each branch of it. Ten queries at most, whatever the number of either.

    since: from when on a value told counts as a move.
    """
    now = _Now(indicators, unit, on)
    cells = now.cells(unit)
    if not below:
        return Standing(cells, [])
    level = len(unit.path or "")
    parts = (part for cell in cells for part in cell.summed.parts)
    children = names_of({paths.ids(part.path)[level // paths.WIDTH] for part in parts if len(part.path) > level})
    moved = _told_since(indicators, unit, since)
    found = [_branch(child, now.cells(child), moved.get(child.path or "", 0)) for child in children.values()]
    return Standing(cells, sorted(found, key=lambda row: (not row.stands_still, -row.silent, row.unit.path or "")))


class _Now:
    """The latest period with a value of each indicator, read for all units of a branch at once."""

    def __init__(self, indicators: list[Indicator], unit: Unit, on: date) -> None:
        self.indicators, self.near = indicators, near_percent(on, unit.path or "")
        self.periods = _latest(indicators, unit, on)
        first = min((period.start for period in self.periods.values()), default=on)
        last = max((period.end for period in self.periods.values()), default=on)
        self.reader = Reader(indicators, unit, first, last, alone=self.periods)

    def cells(self, unit: Unit) -> list[Cell]:
        """Of the indicators that the unit or somebody below it tells or is to reach."""
        summed = (self.reader.rollup(one, unit, self.periods[one.pk]) for one in self.indicators)
        return [cell_of(row, self.near) for row in summed if row.parts or row.aim is not None]


def _latest(indicators: list[Indicator], unit: Unit, on: date) -> dict[int, Period]:
    """The last period for which the branch has an approved value, else the present one. One query."""
    told = Value.objects.approved().filter(holder__indicator__in=indicators, period_start__lte=on)
    inside = told.filter(paths.within(unit.path or "", "holder__unit__path")).order_by()
    known = dict(inside.values_list("holder__indicator").annotate(last=Max("period_start"))) if indicators else {}
    found = {}
    for one in indicators:
        living = min(max(on, one.valid_from), one.valid_to - timedelta(days=1))
        found[one.pk] = period_of(one, known.get(one.pk, living))
    return found


def _told_since(indicators: list[Indicator], unit: Unit, since: date) -> dict[str, int]:
    """By path of the direct subordinate, the values told in its branch from that day on. One query."""
    rows = Value.objects.filter(holder__indicator__in=indicators, state__in=TOLD, submitted_at__gte=moment(since, 0))
    inside = rows.filter(paths.within(unit.path or "", "holder__unit__path")).order_by()
    branch = Substr("holder__unit__path", 1, len(unit.path or "") + paths.WIDTH)
    return dict(inside.annotate(branch=branch).values_list("branch").annotate(n=Count("pk")))


def _branch(unit: Unit, cells: list[Cell], moved: int) -> Branch:
    behind = [cell for cell in cells if cell.sign != Sign.MET]
    silent = sum(cell.sign == Sign.NO_DATA for cell in behind)
    missing = sum(cell.summed.total.missing for cell in cells)
    return Branch(unit, len(cells) - len(behind), len(behind) - silent, silent, missing, moved, behind)
