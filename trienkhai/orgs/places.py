"""By which tree the rows of a table stand under units: that of today, or that of a past day (the switch of lists).

Rows keep the unit they were filed under; only what stands above that unit is read as of the day. Those of a unit that
had ended by then stand where the unit stood that took its place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Substr
from django.http import HttpRequest

from trienkhai.common import paths
from trienkhai.orgs.models import Succession, Unit, UnitPlace, UnitVersion
from trienkhai.orgs.queries import names_of

PARAMETER = "cay"
NOW = "nay"
"""What the parameter holds on pages that tell the past tree unless asked."""


@dataclass(frozen=True)
class Places:
    """`on`: the past day; None for the tree of today. `today`: for that tree, by which day units have ended."""

    on: date | None = None
    today: date | None = None

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
        inside = (paths.only if alone else paths.within)(path, self.column(unit)) & self._once(unit)
        come, left = [], []
        for one, (own, heir) in self._ended.items():
            was, stands = (_in(place, path, alone) for place in (own, heir))
            come += [one] if stands and not was else []
            left += [one] if was and not stands else []
        name = f"{unit or 'pk'}__in"
        if left:
            inside &= ~Q(**{name: left})
        return inside | (Q(**{name: come}) & self._once(unit)) if come else inside

    def _once(self, unit: str) -> Q:
        """One place for each unit: that of the day, or the first."""
        if self.on is None:
            return Q()
        places = self.column(unit).removesuffix("path")
        stood = Q(**{f"{places}valid_from__lte": self.on, f"{places}valid_to__gt": self.on})
        first = Q(**{f"{places}valid_from__gt": self.on, f"{places}valid_from": F(self._founded(unit))})
        return stood | first

    @cached_property
    def _ended(self) -> dict[int, tuple[str, str]]:
        """Units that had ended by the day → where they stood last, and where the unit stands which took their place."""
        day = self.on or self.today
        if day is None:
            return {}
        rows = Succession.objects.filter(main=True, on__lte=day).order_by("on", "pk")
        after = dict(rows.values_list("unit", "successor"))
        heirs = {unit: _last(unit, after) for unit in after}
        where = self._where({*heirs, *heirs.values()})
        return {unit: (where[unit], where[heir]) for unit, heir in heirs.items() if unit in where and heir in where}

    def _where(self, units: Iterable[int]) -> dict[int, str]:
        if self.on is None:
            rows = Unit.objects.filter(pk__in=units, path__isnull=False).values_list("pk", "path")
            return {unit: path or "" for unit, path in rows}
        stood = UnitPlace.objects.filter(unit__in=units, valid_from__lte=self.on, valid_to__gt=self.on)
        return dict(stood.values_list("unit", "path"))

    def of(self, unit_ids: Iterable[int]) -> dict[int, str]:
        """Where these units stand, or stood that day; of those that had ended, where that is which took their place."""
        return self._where(unit_ids) | {unit: heir for unit, (_own, heir) in self._ended.items() if unit in unit_ids}

    def units(self, path: str, *, alone: bool = False) -> QuerySet[Unit]:
        """Units of the branch of `path`."""
        return Unit.objects.filter(self.at(path, alone=alone))

    def grouped(
        self, rows: QuerySet[Any], path: str, sums: Mapping[str, Any], unit: str = "", *, by_id: bool = False
    ) -> dict[str, dict[str, int]]:
        """Sums over rows limited by `at(path, unit)`: by the path of the unit itself and of each one directly below it.

        by_id: `unit` names a column that holds an id, limited by `units(path)`. One query, two more for what ended.
        """
        branches = rows.order_by().annotate(branch=self.branch(path, unit, by_id=by_id)).values("branch")
        return {row.pop("branch"): row for row in branches.annotate(**sums)}

    def branch(self, path: str, unit: str = "", *, by_id: bool = False) -> Case:
        """The path of the unit itself or of the one directly below it in whose branch a row stands (`grouped`)."""
        level = len(path) + paths.WIDTH
        column: Any = F(self.column(unit))
        if by_id:
            column = Subquery(self.units(path).filter(pk=OuterRef(unit)).values(self.column())[:1])
        moved: dict[str, list[int]] = {}
        for one, (own, heir) in self._ended.items():
            if own[:level] != heir[:level]:
                moved.setdefault(heir[:level], []).append(one)
        taken = (When(**{f"{unit or 'pk'}__in": ids}, then=Value(heir)) for heir, ids in sorted(moved.items()))
        return Case(*taken, default=Substr(column, 1, level))

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


def _in(place: str, path: str, alone: bool) -> bool:
    return place == path or (not alone and paths.is_within(place, path))


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
    past = (Places(day) for day in days if day < today and day.isoformat() == asked)
    return next(past, Places(today=today))


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


def now_asked(request: HttpRequest, today: date) -> Places | None:
    """The tree of today for a page that is read by an old one unless its address asks for it."""
    return Places(today=today) if request.GET.get(PARAMETER) == NOW else None


def switch_to_now(request: HttpRequest, words: str) -> dict[str, Any]:
    """What `orgs/as_of.html` needs for such a page. words: what the old tree is called."""
    params = request.GET.copy()
    for name in (PARAMETER, "page"):
        params.pop(name, None)
    old, now = f"?{params.urlencode()}", request.GET.get(PARAMETER) == NOW
    params[PARAMETER] = NOW
    return {
        "days": [(words, old, not now)],
        "now_url": f"?{params.urlencode()}",
        "now": now,
        "kept": f"&{PARAMETER}={NOW}" if now else "",
        "day": None,
    }
