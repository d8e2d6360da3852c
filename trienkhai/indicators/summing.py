"""How values become one number. Plain Python over decimals.

Each aggregation is a fraction whose top and bottom are sums over the parts, so that the parts always add up to what is
shown: sum v / 1, mean Σv / n, weighted mean Σvw / Σw, ratio Σnumerators / Σdenominators × factor.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Context, Decimal, localcontext
from enum import StrEnum

SUM, MEAN, WEIGHTED, RATIO, LAST, NONE = "sum", "mean", "weighted", "ratio", "last", "none"
ZERO, ONE = Decimal(0), Decimal(1)
EXACT = Context(prec=60)
"""Wide enough that no sum of products of kept numbers is ever rounded."""


class Standing(StrEnum):
    """How a unit stands in a sum."""

    COUNTED = "counted"
    WAITING = "waiting"
    MISSING = "missing"
    EXCLUDED = "excluded"


class Why(StrEnum):
    """Why a unit is excluded."""

    LEFT = "left"
    CLOSED = "closed"
    NOT_APPLICABLE = "not_applicable"
    NOT_SUMMED = "not_summed"
    LATER = "later"
    NO_WEIGHT = "no_weight"


@dataclass(frozen=True)
class Told:
    """What one unit told: its number, for a ratio both its numbers, its weight, when it told them."""

    number: Decimal
    numerator: Decimal = ZERO
    denominator: Decimal = ZERO
    weight: Decimal = ONE
    at: datetime | None = None


@dataclass(frozen=True)
class Part:
    """One unit in a sum. `top`, `bottom`: what it adds to both sides of the fraction. `remark`: its reason in words."""

    unit_id: int
    path: str
    standing: Standing
    told: Told | None = None
    top: Decimal = ZERO
    bottom: Decimal = ZERO
    why: Why | None = None
    remark: str = ""
    split: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Total:
    """Sums over parts. `number`: what is shown, None when nothing counts."""

    number: Decimal | None
    top: Decimal
    bottom: Decimal
    counted: int
    waiting: int
    missing: int
    excluded: int

    @property
    def expected(self) -> int:
        """Units whose value is wanted: all but those excluded."""
        return self.counted + self.waiting + self.missing


def weigh(parts: Iterable[Part], aggregation: str, own: int) -> list[Part]:
    """The parts with what each adds. own: the unit whose sum it is, the only one that counts when nothing is summed."""
    found = list(parts)
    if aggregation == LAST:
        return _only_last(found)
    with localcontext(EXACT):
        return [_weighed(part, aggregation, own) for part in found]


def _weighed(part: Part, aggregation: str, own: int) -> Part:
    told = part.told
    if part.standing != Standing.COUNTED or told is None:
        return part
    if aggregation == NONE:
        if part.unit_id != own:
            return replace(part, standing=Standing.EXCLUDED, why=Why.NOT_SUMMED)
        return replace(part, top=told.number)
    if aggregation == RATIO:
        return replace(part, top=told.numerator, bottom=told.denominator)
    if aggregation == WEIGHTED:
        if not told.weight:
            return replace(part, standing=Standing.EXCLUDED, why=Why.NO_WEIGHT)
        return replace(part, top=told.number * told.weight, bottom=told.weight)
    return replace(part, top=told.number, bottom=ONE if aggregation == MEAN else ZERO)


def _only_last(parts: list[Part]) -> list[Part]:
    told = [part for part in parts if part.standing == Standing.COUNTED and part.told]
    last = max(told, key=lambda part: (_moment(part), part.unit_id), default=None)
    return [
        replace(part, top=part.told.number)
        if part is last and part.told
        else replace(part, standing=Standing.EXCLUDED, why=Why.LATER)
        if part.standing == Standing.COUNTED
        else part
        for part in parts
    ]


def _moment(part: Part) -> float:
    return part.told.at.timestamp() if part.told and part.told.at else 0.0


def total_of(parts: Iterable[Part], aggregation: str, factor: Decimal = ONE) -> Total:
    """The sum of parts that `weigh` made, all of them or those of one branch."""
    found = list(parts)
    count = {standing: sum(part.standing == standing for part in found) for standing in Standing}
    with localcontext(EXACT):
        top, bottom = sum((part.top for part in found), ZERO), sum((part.bottom for part in found), ZERO)
        number = finished(top, bottom, aggregation, factor) if count[Standing.COUNTED] else None
    return Total(
        number,
        top,
        bottom,
        counted=count[Standing.COUNTED],
        waiting=count[Standing.WAITING],
        missing=count[Standing.MISSING],
        excluded=count[Standing.EXCLUDED],
    )


def finished(top: Decimal, bottom: Decimal, aggregation: str, factor: Decimal) -> Decimal | None:
    """What both sides of the fraction make, unrounded; None over nothing."""
    if aggregation not in (MEAN, WEIGHTED, RATIO):
        return top
    if not bottom:
        return None
    return top / bottom * (factor if aggregation == RATIO else ONE)


def ratio_of(numerator: Decimal, denominator: Decimal, factor: Decimal) -> Decimal | None:
    return numerator / denominator * factor if denominator else None


def split_of(parts: Iterable[Part]) -> dict[str, Decimal]:
    """The parts' categories, each added up over the units that count."""
    found: dict[str, Decimal] = {}
    for part in parts:
        if part.standing == Standing.COUNTED:
            for name, text in part.split.items():
                found[name] = found.get(name, ZERO) + Decimal(text)
    return found


class Sign(StrEnum):
    """What was reached against what was to be reached."""

    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    NO_DATA = "no_data"
    NO_TARGET = "no_target"


def sign_of(actual: Decimal | None, target: Decimal | None, *, higher: bool, near: Decimal) -> Sign:
    """near: the share of the target, in percent, from which a missed one counts as near."""
    if actual is None:
        return Sign.NO_DATA
    if target is None:
        return Sign.NO_TARGET
    short = target - actual if higher else actual - target
    if short <= 0:
        return Sign.MET
    return Sign.NEAR if short * 100 <= abs(target) * (100 - near) else Sign.MISSED


def share_of(actual: Decimal | None, target: Decimal | None, *, higher: bool) -> Decimal | None:
    """How much of the target was reached, in percent; None where that says nothing."""
    if actual is None or target is None or target <= 0 or actual < 0:
        return None
    if higher:
        return actual / target * 100
    return target / actual * 100 if actual else None
