"""Drawing: by score, and by chance that anybody can repeat from the seed. Whole numbers and SHA-256 only."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FIGURES = ("late", "corrected", "urged", "findings", "unvisited")
RISK, RANDOM = "risk", "random"


@dataclass(frozen=True)
class Entry:
    """A unit in the list from which is drawn. code: what the order by chance is made from."""

    key: int
    code: str
    score: int = 0


def score_of(counts: Mapping[str, int], rule: Mapping[str, Any]) -> int:
    """Σ weight × count, each count at most `most`."""
    weights, most = rule["weights"], rule["most"]
    return sum(weights.get(name, 0) * min(counts.get(name, 0), most) for name in FIGURES)


def lot(seed: str, code: str) -> str:
    """The lot of a unit: the lowest is drawn first."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def drawn(entries: Sequence[Entry], seed: str, by_risk: int, at_random: int) -> list[tuple[Entry, str]]:
    """All entries in the order of the draw, each with the way it was chosen, '' for those not chosen.

    First the highest scores, equals by lot; then of the rest the lowest lots. A score of nothing is no risk: such a
    unit is never drawn by risk.
    """
    by_lot = sorted(entries, key=lambda one: (lot(seed, one.code), one.key))
    by_score = sorted(by_lot, key=lambda one: -one.score)
    risky = [one for one in by_score if one.score][:by_risk]
    chosen = {one.key for one in risky}
    rest = [one for one in by_lot if one.key not in chosen]
    lucky = rest[:at_random]
    return [
        *((one, RISK) for one in risky),
        *((one, RANDOM) for one in lucky),
        *((one, "") for one in rest[at_random:]),
    ]


def rule_faults(value: Any) -> list[str]:
    """What is wrong with the norm of scores."""
    try:
        weights = value["weights"]
        numbers = [value["months"], value["years"], value["most"], *weights.values()]
        if not set(weights) <= set(FIGURES) or not all(isinstance(n, int) and 0 <= n <= 1000 for n in numbers):
            return [f"{value}"]
        if not value["months"] or not value["years"] or not value["most"]:
            return [f"{value}"]
    except (KeyError, TypeError, AttributeError):
        return [f"{value}"]
    return []


def days_faults(value: Any) -> list[str]:
    """What is wrong with a norm of days by kind."""
    if not isinstance(value, dict):
        return [f"{value}"]
    return [f"{name}: {rows}" for name, rows in value.items() if not _are_days(rows)]


def _are_days(rows: Any) -> bool:
    if not isinstance(rows, dict):
        return False
    return all(isinstance(days, int) and 0 < days <= 1000 for days in rows.values())


def share_faults(value: Any) -> list[str]:
    """What is wrong with a share [top, bottom] of a time."""
    good = isinstance(value, list) and len(value) == 2 and all(isinstance(n, int) and n > 0 for n in value)
    return [] if good else [f"{value}"]
