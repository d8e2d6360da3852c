"""What holds on a day at a place."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from trienkhai.common import paths
from trienkhai.common.days import DaysOff
from trienkhai.norms.models import Norm


def norm(key: str, *, on: date, place: str = "") -> Norm | None:
    """The norm of `key` in force on that day. None: no norm.

    The one of the nearest branch above `place` wins; at one place the one that came into force last.
    """
    places = [""] + [place[: paths.WIDTH * level] for level in range(1, paths.depth(place) + 1)]
    found = Norm.objects.filter(key=key, place__in=places, valid_from__lte=on, valid_to__gt=on)
    return max(found, key=lambda row: (len(row.place), row.valid_from), default=None)


def value(key: str, *, on: date, place: str = "", default: Any = None) -> Any:
    row = norm(key, on=on, place=place)
    return default if row is None else row.value


def any_day(key: str) -> Callable[[date, str], Any]:
    """`find(on, place)` → the value of `key` there and then, None without a norm: one query for any number of asks."""
    rows = list(Norm.objects.filter(key=key))

    def find(on: date, place: str) -> Any:
        there = [row for row in rows if row.valid_from <= on < row.valid_to and place.startswith(row.place)]
        found = max(there, key=lambda row: (len(row.place), row.valid_from), default=None)
        return None if found is None else found.value

    return find


def stretches(key: str, first: date, last: date, place: str = "") -> list[tuple[date, date, Any]]:
    """The days of [first, last] on which a norm of `key` holds at the place: (first day, last day, value), in order.

    Days without one are left out. One query.
    """
    places = [""] + [place[: paths.WIDTH * level] for level in range(1, paths.depth(place) + 1)]
    rows = list(Norm.objects.filter(key=key, place__in=places, valid_from__lte=last, valid_to__gt=first))
    begins = sorted({day for row in rows for day in (max(row.valid_from, first), row.valid_to) if day <= last})
    found = []
    for number, day in enumerate(begins):
        there = [row for row in rows if row.valid_from <= day < row.valid_to]
        if there:
            ends = begins[number + 1] - timedelta(days=1) if number + 1 < len(begins) else last
            found.append((day, ends, max(there, key=lambda row: (len(row.place), row.valid_from)).value))
    return found


def days_off(first: date, last: date) -> DaysOff:
    """Holidays and made-up days of all years that touch [first, last]. One query."""
    rows = Norm.objects.filter(key="holidays", valid_from__lte=last, valid_to__gt=first)
    holidays, worked = set(), set()
    for row in rows:
        holidays |= {date.fromisoformat(day) for day in row.value.get("off", [])}
        worked |= {date.fromisoformat(day) for day in row.value.get("worked", [])}
    return DaysOff(frozenset(holidays), frozenset(worked))


def holidays_known(day: date) -> bool:
    """Is there a list of holidays for that year? Without one a due day counts weekends only, and the screen says so."""
    return Norm.objects.filter(key="holidays", valid_from__lte=day, valid_to__gt=day).exists()
