"""Repeated measurement: the ways to be compared take turns, so that a slow moment of the machine meets them all."""

import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import Any


def seconds(call: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def taking_turns(ways: dict[str, Callable[[], float]], rounds: int, *, warm_up: bool = True) -> dict[str, float]:
    """The median seconds of each way. Each call measures itself; the order turns round with every round."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    if warm_up:
        for measure in ways.values():
            measure()
    for number in range(rounds):
        for name in _turned(list(ways), number):
            found[name].append(ways[name]())
    return {name: median(values) for name, values in found.items()}


def _turned(names: list[str], number: int) -> Iterable[str]:
    return names if number % 2 == 0 else reversed(names)
