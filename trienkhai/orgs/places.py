"""By which tree the rows of a table stand under units: that of today, or that of a past day (the switch of lists).

Rows keep the unit they were filed under; only what stands above that unit is read as of the day. Those of a unit that
had ended by then stand where the unit stood that took its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Substr
from django.http import HttpRequest

from trienkhai.common import paths
from trienkhai.orgs.models import Succession, Unit, UnitPlace, UnitVersion
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
        if self._ended:
            name = unit or "pk"
            taken = [
                one
                for one, place in self._ended.items()
                if place == path or (not alone and paths.is_within(place, path))
            ]
            inside = (inside & ~Q(**{f"{name}__in": list(self._ended)})) | Q(**{f"{name}__in": taken})
        places = column.removesuffix("path")
        stood = Q(**{f"{places}valid_from__lte": self.on, f"{places}valid_to__gt": self.on})
        first = Q(**{f"{places}valid_from__gt": self.on, f"{places}valid_from": F(self._founded(unit))})
        return inside & (stood | first)

    @cached_property
    def _ended(self) -> dict[int, str]:
        """Units that had ended by the day → where the unit stood that day which stands for them. Two queries."""
        rows = Succession.objects.filter(main=True, on__lte=self.on).order_by("on", "pk")
        after = dict(rows.values_list("unit", "successor"))
        heirs = {unit: _last(unit, after) for unit in after}
        stood = UnitPlace.objects.filter(unit__in=set(heirs.values()), valid_from__lte=self.on, valid_to__gt=self.on)
        where = dict(stood.values_list("unit", "path"))
        return {unit: where[heir] for unit, heir in heirs.items() if heir in where}

    def grouped(self, rows: QuerySet[Any], path: str, unit: str = "", **sums: Any) -> dict[str, dict[str, int]]:
        """Sums over rows limited by `at(path, unit)`: by the path of the unit itself and of each one directly below it.

        One query, and two for a past day, whatever the number of rows.
        """
        level = len(path) + paths.WIDTH
        rows = rows.order_by().annotate(branch=Substr(self.column(unit), 1, level), gone=self._gone(unit))
        found: dict[str, dict[str, int]] = {}
        for row in rows.values("branch", "gone").annotate(**sums):
            branch = self._ended[row["gone"]][:level] if row["gone"] else row["branch"]
            before = found.setdefault(branch, dict.fromkeys(sums, 0))
            found[branch] = {name: before[name] + row[name] for name in sums}
        return found

    def _gone(self, unit: str) -> Case | Value:
        if self.on is None or not self._ended:
            return Value(0)
        name, own = (f"{unit}__in", f"{unit}_id") if unit else ("pk__in", "pk")
        return Case(When(**{name: list(self._ended)}, then=F(own)), default=0)

    @staticmethod
    def _founded(unit: str) -> str:
        return f"{unit}__established_on" if unit else "established_on"

    def way(self, top: Unit, unit: Unit) -> list[Unit]:
        """The units from `top` down to the one above `unit`; none where it does not stand below."""
        path, above = self.path(unit), self.path(top)
        if not above or path == above or not paths.is_within(path, above):
            return []
        ids = paths.ids(path)[paths.depth(above) - 1 : -1]
        units = self.named(ids)
        return [units[pk] for pk in ids if pk in units]

    def kept(self, address: str) -> str:
        """An address of the same page with the choice carried along."""
        if self.on is None:
            return address
        return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={self.on.isoformat()}"

    def named(self, unit_ids: Iterable[int]) -> dict[int, Unit]:
        """Units by id, called as they are or were called that day. Two queries at most; to be shown, never saved."""
        units = names_of(unit_ids)
        if self.on is not None:
            rows = UnitVersion.objects.filter(unit__in=list(units), valid_from__lte=self.on, valid_to__gt=self.on)
            for version in rows:
                units[version.unit_id].present = version
        return units


def _last(unit: int, after: dict[int, int]) -> int:
    """The unit at the end of the chain of those that took over everything."""
    known = {unit}
    while (heir := after.get(unit)) and heir not in known:
        known.add(heir)
        unit = heir
    return unit


PRESENT = Places()


def asked_places(request: HttpRequest, days: Iterable[date], today: date) -> Places:
    """The places by which a page is asked for: those of today, unless its address names one of the past days."""
    asked = request.GET.get(PARAMETER, "")
    return next((Places(day) for day in days if day < today and day.isoformat() == asked), PRESENT)


def switch(request: HttpRequest, days: Iterable[date], today: date) -> dict[str, Any] | None:
    """What the template `orgs/as_of.html` needs to choose among these past days and today; None where all is today's.

    kept: what the page's own links take along. day: the one chosen.
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
        "day": chosen,
    }
