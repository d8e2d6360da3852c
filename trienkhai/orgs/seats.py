"""How many people hold one post at once: plain spans of days, half open."""

from collections import deque
from collections.abc import Iterable
from datetime import date

Span = tuple[date, date]


def fullest(spans: Iterable[Span], first: date, end: date) -> tuple[int, date]:
    """The most spans that hold one day of [first, end), and the first such day; (0, first) for none.

    The number grows only where a span begins, so only those days are looked at, each once.
    """
    kept = [(max(start, first), min(stop, end)) for start, stop in spans if start < stop]
    kept = [(start, stop) for start, stop in kept if start < stop]
    stops = deque(sorted(stop for _start, stop in kept))
    most, day, held = 0, first, 0
    for start in sorted(start for start, _stop in kept):
        held += 1
        while stops[0] <= start:
            stops.popleft()
            held -= 1
        if held > most:
            most, day = held, start
    return most, day


def covered(spans: Iterable[Span], first: date, end: date) -> bool:
    """Does every day of [first, end) lie in one of the spans?"""
    reached = first
    for start, stop in sorted(spans):
        if reached >= end or start > reached:
            break
        reached = max(reached, stop)
    return reached >= end
