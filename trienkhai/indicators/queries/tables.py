"""The table of an indicator: periods × target, actual, share and sign, for a unit and those directly below it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trienkhai.common import paths
from trienkhai.indicators import summing
from trienkhai.indicators.models import Definition, Direction, Indicator
from trienkhai.indicators.periods import Period, periods_between
from trienkhai.indicators.queries.reading import Reader, Rollup
from trienkhai.indicators.summing import Sign
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import Places


@dataclass(frozen=True)
class Cell:
    """What one unit was to reach and reached in one period. `below`: the target is that of the units below."""

    summed: Rollup
    sign: Sign
    share: Decimal | None

    @property
    def target(self) -> Decimal | None:
        return self.summed.aim

    @property
    def below(self) -> bool:
        return self.summed.target is None and self.summed.target_below is not None

    @property
    def actual(self) -> Decimal | None:
        return self.summed.number

    @property
    def grade(self) -> str:
        return self.summed.definition.grade(self.actual) if self.summed.definition else ""

    @property
    def target_grade(self) -> str:
        return self.summed.definition.grade(self.target) if self.summed.definition else ""


@dataclass(frozen=True)
class Row:
    unit: Unit
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """`own`: the unit itself with all below it; `rows`: each unit directly below that holds it or has holders below."""

    indicator: Indicator
    periods: list[Period]
    own: Row
    rows: list[Row]
    definitions: list[Definition]


def near_percent(on: date, place: str) -> Decimal:
    """From which share of the target, in percent, a missed one counts as near (norm `indicators.near_percent`)."""
    return Decimal(str(value("indicators.near_percent", on=on, place=place, default=100)))


def cell_of(summed: Rollup, near: Decimal) -> Cell:
    higher = summed.definition is None or summed.definition.direction == Direction.HIGHER
    actual, target = summed.number, summed.aim
    return Cell(
        summed,
        summing.sign_of(actual, target, higher=higher, near=near),
        summing.share_of(actual, target, higher=higher),
    )


def table_of(
    indicator: Indicator, unit: Unit, first: date, last: date, *, on: date, below: bool, places: Places | None = None
) -> Table:
    """At most eleven queries, whatever the number of periods and units. below: with the units directly below.

    places: by which tree units stand below each other, instead of that of each period's last day. Units are called as
    on the last of these days.
    """
    periods = list(periods_between(indicator, first, last))
    reader, near = Reader([indicator], unit, first, last, places=places), near_percent(on, unit.path or "")
    own = Row(unit, [cell_of(reader.rollup(indicator, unit, period), near) for period in periods])
    named = places or Places(min((period.end for period in periods[-1:] if period.end < on), default=None))
    children = named.named(_children(own.cells)) if below else {}
    rows = [Row(child, [_cell_below(reader, child, cell, near) for cell in own.cells]) for child in children.values()]
    rows.sort(key=lambda row: row.unit.present.sort_key if row.unit.present else "")
    return Table(indicator, periods, own, rows, reader.definitions.get(indicator.pk, []))


def _cell_below(reader: Reader, child: Unit, above: Cell, near: Decimal) -> Cell:
    """Of a unit directly below that of `above`, in the same period."""
    path = above.summed.path + paths.segment(child.pk)
    return cell_of(reader.rollup(above.summed.indicator, child, above.summed.period, path=path), near)


def _children(cells: Iterable[Cell]) -> set[int]:
    """Ids of the units directly below that have a part in one of the periods."""
    found = set()
    for cell in cells:
        level = len(cell.summed.path)
        for part in cell.summed.parts:
            if key := part.path[level : level + paths.WIDTH]:
                found.add(int(key))
    return found


def latest_cells(indicators: Iterable[Indicator], unit: Unit, first: date, last: date, *, on: date) -> dict[int, Cell]:
    """Of each indicator the last period of the span that has data, else the last one that has begun."""
    listed = list(indicators)
    reader, near = Reader(listed, unit, first, last), near_percent(on, unit.path or "")
    found = {}
    for indicator in listed:
        cells = [
            cell_of(reader.rollup(indicator, unit, period), near)
            for period in periods_between(indicator, first, last)
            if period.start <= on
        ]
        with_data = [cell for cell in cells if cell.actual is not None]
        if cells:
            found[indicator.pk] = (with_data or cells)[-1]
    return found
