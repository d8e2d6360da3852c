"""How many people hold one post at once: plain spans of days, half open."""

from collections.abc import Iterable
from datetime import date

Span = tuple[date, date]


def fullest(spans: Iterable[Span], first: date, end: date) -> tuple[int, date]:
    """The most spans that hold one day of [first, end), and the first such day; (0, first) for none.

    The number changes only where a span begins, so only those days are looked at.
    """
    kept = [(max(start, first), min(stop, end)) for start, stop in spans if start < stop]
    kept = [(start, stop) for start, stop in kept if start < stop]
    days = sorted({first} | {start for start, _stop in kept})
    counted = [(sum(start <= day < stop for start, stop in kept), day) for day in days]
    most = max(count for count, _day in counted)
    return most, next(day for count, day in counted if count == most)


def covered(spans: Iterable[Span], first: date, end: date) -> bool:
    """Does every day of [first, end) lie in one of the spans?"""
    reached = first
    for start, stop in sorted(spans):
        if reached >= end or start > reached:
            break
        reached = max(reached, stop)
    return reached >= end
