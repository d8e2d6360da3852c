"""By which tree the rows of a table stand under units: that of today, or that of a past day (the switch of lists).

Rows keep the unit they were filed under; only what stands above that unit is read as of the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest

from trienkhai.common import paths
from trienkhai.orgs.models import Unit, UnitPlace, UnitVersion
from trienkhai.orgs.queries import names_of

PARAMETER = "cay"


@dataclass(frozen=True)
class Places:
    """`on`: the past day; None for the tree of today."""

    on: date | None = None

    def path(self, unit: Unit) -> str:
        """Where the unit stands, or stood that day; '' for nowhere."""
        if self.on is None:
            return unit.path or ""
        rows = UnitPlace.objects.filter(unit=unit, valid_from__lte=self.on, valid_to__gt=self.on)
        return rows.values_list("path", flat=True).first() or ""

    def column(self, unit: str = "") -> str:
        """The path of the unit named by a lookup (`held_by`; '' for units themselves), for a query limited by `at`."""
        return f"{unit}__{self._path}" if unit else self._path

    @property
    def _path(self) -> str:
        return "path" if self.on is None else "places__path"

    def at(self, path: str, unit: str = "", *, alone: bool = False) -> Q:
        """The unit of `path` and all below it (`alone`: only itself), as a condition on the unit named by a lookup.

        It joins one place for each unit, so it is put into one `filter` and `column` read after it: that of the day;
        for a unit founded later its first one, so that no row is lost.
        """
        if not path:
            return Q(pk__in=[])
        column = self.column(unit)
        inside = (paths.only if alone else paths.within)(path, column)
        if self.on is None:
            return inside
        places = column.removesuffix("path")
        stood = Q(**{f"{places}valid_from__lte": self.on, f"{places}valid_to__gt": self.on})
        first = Q(**{f"{places}valid_from__gt": self.on, f"{places}valid_from": F(self._founded(unit))})
        return inside & (stood | first)

    @staticmethod
    def _founded(unit: str) -> str:
        return f"{unit}__established_on" if unit else "established_on"

    def named(self, unit_ids: Iterable[int]) -> dict[int, Unit]:
        """Units by id, called as they are or were called that day. Two queries at most; to be shown, never saved."""
        units = names_of(unit_ids)
        if self.on is not None:
            rows = UnitVersion.objects.filter(unit__in=list(units), valid_from__lte=self.on, valid_to__gt=self.on)
            for version in rows:
                units[version.unit_id].present = version
        return units


PRESENT = Places()


def asked_places(request: HttpRequest, days: Iterable[date], today: date) -> Places:
    """The places by which a page is asked for: those of today, unless its address names one of the past days."""
    asked = request.GET.get(PARAMETER, "")
    return next((Places(day) for day in days if day < today and day.isoformat() == asked), PRESENT)


def switch(request: HttpRequest, days: Iterable[date], today: date) -> dict[str, Any] | None:
    """What the template `orgs/as_of.html` needs to choose among these past days and today; None where all is today's.

    kept: what the page's own links take along.
    """
    past = sorted({day for day in days if day < today})
    if not past:
        return None
    params = request.GET.copy()
    for name in (PARAMETER, "page"):
        params.pop(name, None)
    urls = [(day, f"?{params.urlencode()}&{PARAMETER}={day.isoformat()}".replace("?&", "?")) for day in past]
    chosen = asked_places(request, past, today).on
    return {
        "days": [(day, url, day == chosen) for day, url in urls],
        "now_url": f"?{params.urlencode()}",
        "now": chosen is None,
        "kept": f"&{PARAMETER}={chosen.isoformat()}" if chosen else "",
    }
