"""Points, levels and the ceiling, from figures and what people gave; plain arithmetic, nothing is read or stored.

A proposal says why in `reasons`: a code with what its sentence needs (`reasons.py` has the sentences).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Reason = tuple[str, dict[str, Any]]
TENTH = Decimal("0.1")
SHARE, BANDS = "share", "bands"


@dataclass(frozen=True)
class Figure:
    """`num` of `den` rows count. Without rows there is no share."""

    num: int
    den: int

    def at_least(self, percent: Any) -> bool:
        return Decimal(100 * self.num) >= Decimal(str(percent)) * self.den

    def at_most(self, percent: Any) -> bool:
        return Decimal(100 * self.num) <= Decimal(str(percent)) * self.den

    @property
    def percent(self) -> Decimal:
        """0.0 to 100.0, rounded half up to one place; only for showing and for the formula `share`."""
        return (Decimal(100 * self.num) / self.den).quantize(TENTH, ROUND_HALF_UP) if self.den else Decimal(0)


def computed(criterion: Mapping[str, Any], figures: Mapping[str, Figure]) -> Decimal | None:
    """The points of a criterion by its figure. None: people give them, also where the figure has no rows."""
    figure = figures.get(criterion.get("figure", ""))
    if figure is None or not figure.den:
        return None
    if criterion.get("formula", BANDS) == SHARE:
        whole = Decimal(str(criterion["points"])) * figure.num / figure.den
        return whole.quantize(TENTH, ROUND_HALF_UP)
    return next((Decimal(str(points)) for least, points in criterion["bands"] if figure.at_least(least)), Decimal(0))


def criteria_of(groups: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [criterion for group in groups for criterion in group["criteria"]]


@dataclass(frozen=True)
class Subject:
    """What a proposal is made from. `given`: points of people by criterion; `confirmed`: their word on conditions."""

    key: int
    kind: str
    figures: Mapping[str, Figure]
    given: Mapping[str, Decimal]
    confirmed: Mapping[str, bool]


def score_of(subject: Subject, groups: Iterable[Mapping[str, Any]]) -> Decimal:
    """The sum of all criteria, those that nobody filled as 0."""
    total = Decimal(0)
    for criterion in criteria_of(groups):
        points = computed(criterion, subject.figures)
        total += points if points is not None else subject.given.get(criterion["code"], Decimal(0))
    return total


@dataclass(frozen=True)
class Proposal:
    """`own`: the level by points and conditions; `level`: the one proposed, lower where the ceiling is reached."""

    score: Decimal
    own: str
    level: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Ceiling:
    """Of so many `counted` subjects at most `most` are proposed for the level; `exact` before rounding."""

    level: str
    share: tuple[int, int]
    denominator: str
    rounding: str
    counted: int
    exact: str
    most: int
    eligible: int
    proposed: int


def rounded(top: int, bottom: int, rounding: str) -> int:
    """top/bottom, not negative, as a whole number: `down`, `up` or `half_up`."""
    if rounding == "up":
        return -(-top // bottom)
    return (2 * top + bottom) // (2 * bottom) if rounding == "half_up" else top // bottom


def level_of(subject: Subject, score: Decimal, levels: Sequence[Mapping[str, Any]]) -> tuple[str, list[Reason]]:
    """The highest level whose points and conditions are met, with why none above it is."""
    reasons: list[Reason] = [("score", {"score": str(score)})]
    for level in levels:
        code = level["code"]
        if score < Decimal(str(level["least"])):
            reasons.append(("below", {"level": code, "least": str(level["least"])}))
            continue
        missing, unknown = _conditions(subject, level)
        if not missing:
            return code, [*reasons, *unknown, ("reached", {"level": code})]
        reasons += missing
    return levels[-1]["code"], reasons


def _conditions(subject: Subject, level: Mapping[str, Any]) -> tuple[list[Reason], list[Reason]]:
    """What is missing for the level, and which conditions have nothing to be judged by."""
    missing: list[Reason] = []
    unknown: list[Reason] = []
    for condition in level.get("conditions", {}).get(subject.kind, []):
        if confirm := condition.get("confirm"):
            if not subject.confirmed.get(confirm):
                missing.append(("unconfirmed", {"level": level["code"], "condition": confirm}))
            continue
        name = condition["figure"]
        figure = subject.figures.get(name)
        words = {"level": level["code"], "figure": name}
        if figure is None or not figure.den:
            unknown.append(("no_rows", words))
            continue
        words |= {"num": figure.num, "den": figure.den, "percent": str(figure.percent)}
        if "least" in condition and not figure.at_least(condition["least"]):
            missing.append(("too_low", words | {"bound": str(condition["least"])}))
        elif "most" in condition and not figure.at_most(condition["most"]):
            missing.append(("too_high", words | {"bound": str(condition["most"])}))
    return missing, unknown


@dataclass
class _Standing:
    subject: Subject
    score: Decimal
    own: str
    reasons: list[Reason] = field(default_factory=list)

    @property
    def rank(self) -> tuple[Decimal, Decimal, Decimal]:
        """Higher first: score, then share above requirement, then share on time."""
        above, on_time = (self.subject.figures.get(name, Figure(0, 0)).percent for name in ("above", "on_time"))
        return self.score, above, on_time


def propose(
    subjects: Iterable[Subject],
    groups: Mapping[str, Sequence[Mapping[str, Any]]],
    levels: Sequence[Mapping[str, Any]],
    ceiling: Mapping[str, Any],
    denominator: str,
) -> tuple[dict[int, Proposal], dict[str, Ceiling]]:
    """A proposal for each subject; the ceiling of units and of holders apart, each with how it was reckoned."""
    found: dict[int, Proposal] = {}
    ceilings: dict[str, Ceiling] = {}
    by_kind: dict[str, list[_Standing]] = {}
    for subject in subjects:
        score = score_of(subject, groups[subject.kind])
        own, reasons = level_of(subject, score, levels)
        by_kind.setdefault(subject.kind, []).append(_Standing(subject, score, own, reasons))
    for kind, standings in by_kind.items():
        ceilings[kind], proposals = _under(standings, [level["code"] for level in levels], ceiling, denominator)
        found |= proposals
    return found, ceilings


def most_under(
    own: Sequence[str], order: Sequence[str], ceiling: Mapping[str, Any], denominator: str
) -> tuple[int, int, int]:
    """How many may have the capped level: (most, counted, product before division by the share's bottom).

    The most for which the ceiling still holds after the others have gone one level down: with a denominator that
    counts the level below, each that goes down makes room.
    """
    capped, below = ceiling["level"], order[order.index(ceiling["level"]) + 1]
    counted_levels = ceiling["choices"][denominator]["levels"]
    top, bottom = ceiling["share"]
    eligible = sum(level == capped for level in own)
    rest = sum(level in counted_levels for level in own if level != capped)
    for most in range(eligible, -1, -1):
        counted = rest + most * (capped in counted_levels) + (eligible - most) * (below in counted_levels)
        limit = rounded(counted * top, bottom, ceiling["rounding"])
        if most <= limit or most == 0:
            return limit if most == eligible else most, counted, counted * top
    raise AssertionError  # the loop returns at 0


def _under(
    standings: list[_Standing], order: list[str], ceiling: Mapping[str, Any], denominator: str
) -> tuple[Ceiling, dict[int, Proposal]]:
    capped = ceiling["level"]
    below = order[order.index(capped) + 1]
    most, counted, product = most_under([one.own for one in standings], order, ceiling, denominator)
    eligible = sorted((one for one in standings if one.own == capped), key=lambda one: one.rank, reverse=True)
    taken = [one.subject.key for one in eligible[:most]]
    tied: set[int] = set()
    if len(eligible) > most > 0 and eligible[most - 1].rank == eligible[most].rank:
        tied = {one.subject.key for one in eligible if one.rank == eligible[most].rank}
        taken = [key for key in taken if key not in tied]
    found = {}
    for one in standings:
        level, reasons = one.own, list(one.reasons)
        if one.own == capped and one.subject.key not in taken:
            level = below
            place = 1 + sum(other.rank > one.rank for other in eligible)
            words = {"level": capped, "below": below, "most": most, "place": place, "eligible": len(eligible)}
            reasons.append(("tie" if one.subject.key in tied else "over_ceiling", words))
        found[one.subject.key] = Proposal(one.score, one.own, level, tuple(reasons))
    exact = Decimal(product) / ceiling["share"][1]
    told = Ceiling(
        capped,
        tuple(ceiling["share"]),
        denominator,
        ceiling["rounding"],
        counted,
        str(exact.quantize(TENTH, ROUND_HALF_UP)),
        most,
        len(eligible),
        len(taken),
    )
    return told, found
