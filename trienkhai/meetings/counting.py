"""How many count, how many are needed: whole numbers only, so that exactly one half is never more than one half."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Share:
    """A part of a number of people: more than `top`/`bottom` of it, or at least that much."""

    top: int
    bottom: int
    more: bool

    def needed(self, counted: int) -> int:
        """The fewest people that make up this part of `counted`; never fewer than one."""
        whole, rest = divmod(counted * self.top, self.bottom)
        return max(1, whole + 1 if self.more or rest else whole)

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> "Share":
        """`{more_than: [1, 2]}` or `{at_least: [2, 3]}`. Raises ValueError for anything else."""
        (name, (top, bottom)) = next(iter(value.items()))
        if len(value) != 1 or name not in ("more_than", "at_least") or not 0 < top <= bottom:
            raise ValueError(value)
        return cls(top, bottom, name == "more_than")


@dataclass(frozen=True)
class Turnout:
    """Those with a vote: `summoned`, of these `excused` (absent for a reason that is not counted), and `present`."""

    summoned: int = 0
    excused: int = 0
    present: int = 0

    @property
    def counted(self) -> int:
        """The denominator of quorum and votes."""
        return self.summoned - self.excused

    @property
    def absent(self) -> int:
        return self.summoned - self.present

    def __add__(self, other: "Turnout") -> "Turnout":
        return Turnout(self.summoned + other.summoned, self.excused + other.excused, self.present + other.present)


def share_faults(value: Any) -> list[str]:
    """What is wrong with a norm that is one share."""
    try:
        Share.read(value)
    except (ValueError, TypeError, AttributeError, StopIteration):
        return [f"{value}"]
    return []


def shares_faults(value: Any) -> list[str]:
    """What is wrong with a norm that holds a share for each body."""
    if not isinstance(value, dict):
        return [f"{value}"]
    return [f"{name}: {fault}" for name, one in value.items() for fault in share_faults(one)]
