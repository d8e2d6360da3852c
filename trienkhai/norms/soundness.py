"""Checks of the values of norms: each is registered by the area that reads them, and asked before a value is stored."""

from collections.abc import Callable
from typing import Any

Check = Callable[[Any], list[str]]
_checks: dict[str, Check] = {}


class UnsoundNorm(ValueError):
    """A norm cannot be used; the message names it and says why."""


def register(key: str, check: Check) -> None:
    """check: a value → sentences on what is wrong with it, none when it can be used."""
    _checks[key] = check


def faults(key: str, value: Any) -> list[str]:
    """What is wrong with a value of that norm; nothing for a key that nobody checks."""
    check = _checks.get(key)
    return check(value) if check else []
