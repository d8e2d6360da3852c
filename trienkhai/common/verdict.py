"""The answer of a rule: yes, or no with a sentence for the person."""

from dataclasses import dataclass
from typing import Any


class Refused(Exception):
    """A rule said no. The message is a sentence for the person; nothing was stored."""


@dataclass(frozen=True)
class Verdict:
    """`holding`: the holding of a post by which the person may (None where the rule needs no post)."""

    ok: bool
    reason: str = ""
    holding: Any = None

    def __bool__(self) -> bool:
        return self.ok

    def require(self) -> "Verdict":
        """Itself when yes; raises `Refused` with the reason when no."""
        if not self.ok:
            raise Refused(str(self.reason))
        return self


YES = Verdict(True)


def yes(holding: Any) -> Verdict:
    return Verdict(True, holding=holding)


def no(reason: str) -> Verdict:
    return Verdict(False, reason)
