"""New units, many at once, and what every change of the tree asks of codes, names, kinds and places."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.locks import Turn, wait_for_turn
from trienkhai.norms.queries import value
from trienkhai.orgs import journal
from trienkhai.orgs.models import Relation, Unit, UnitPlace, UnitVersion

BATCH = 2000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit as files and the demo give it; `parent_code` '' is a root."""

    code: str
    name: str
    kind: str
    parent_code: str = ""
    relation: str = Relation.SUBORDINATE
    sector: str = ""
    short_name: str = ""
    aliases: list[str] = field(default_factory=list)
    established_on: date | None = None
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class _Above:
    """What a new unit needs of the one it hangs on."""

    pk: int
    path: str


def establish_units(rows: Iterable[UnitRow], *, by: Actor, at: datetime) -> dict[str, Unit]:
    """Store new units as `establish_many`; returns them by code."""
    ids = establish_many(rows, by=by, at=at)
    found = Unit.objects.filter(pk__in=ids.values()).select_related("present__parent").order_by("pk")
    return {unit.code: unit for unit in found}


@transaction.atomic
def establish_many(
    rows: Iterable[UnitRow], *, by: Actor, at: datetime, tell: Callable[[int], None] | None = None
) -> dict[str, int]:
    """Store many new units, parents before children, in one transaction and one act; returns their ids by code.

    tell: called with how many have been stored so far. Written in portions; what grows with the rows are the rows.
    Raises ValidationError for a code used twice or none, no name, an unknown parent, kind or relation, a circle, or
    more than eight levels; nothing is then stored. The caller has asked the rule (an import asks `can_manage_units`;
    the command line is the administrator).
    """
    listed = list(rows)
    day = day_of(at)
    lock_tree()
    known = _known_parents(listed)
    _check_rows(listed, known, day)
    stored: dict[str, int] = {}
    for level in _levels(listed, known):
        for portion in _portions(level):
            made = _store(portion, known, day)
            known |= made
            stored |= {code: above.pk for code, above in made.items()}
            if tell:
                tell(len(stored))
    record("units.established", by=by, at=at, count=len(stored), label=_first_names(listed))
    return stored


def _portions(listed: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(listed), BATCH):
        yield listed[start : start + BATCH]


def _known_parents(rows: list[UnitRow]) -> dict[str, _Above]:
    wanted = sorted({row.parent_code for row in rows if row.parent_code} - {row.code for row in rows})
    found: dict[str, _Above] = {}
    for codes in _portions(wanted):
        units = Unit.objects.filter(present__code__in=codes, present__valid_to=OPEN_END)
        listed = units.values_list("present__code", "pk", "path")
        found |= {code: _Above(pk, path or "") for code, pk, path in listed}
    return found


def _check_rows(rows: list[UnitRow], known: dict[str, _Above], day: date) -> None:
    codes = [row.code for row in rows]
    if len(set(codes)) < len(codes):
        twice = next(code for code, count in Counter(codes).items() if count > 1)
        raise ValidationError(_("The code “%(code)s” is used twice.") % {"code": twice})
    for portion in _portions(codes):
        taken = UnitVersion.objects.filter(code__in=portion, valid_to=OPEN_END).values_list("code", flat=True).first()
        if taken:
            raise ValidationError(_("Another unit already has the code “%(code)s”.") % {"code": taken})
    check, parents = Words(day), {*codes, *known, ""}
    for row in rows:
        check(row.code, row.name, row.kind, row.sector, row.relation)
        if row.parent_code not in parents:
            raise ValidationError(_("There is no unit with the code “%(code)s”.") % {"code": row.parent_code})


class Words:
    """Checks what a unit is called and what it is, by the kinds and sectors known on a day."""

    def __init__(self, day: date) -> None:
        self.kinds, self.sectors = value("unit_kinds", on=day, default={}), value("sectors", on=day, default={})

    def __call__(self, code: str, name: str, kind: str, sector: str, relation: str) -> None:
        if not code or code != code.strip() or len(code) > 40:
            raise ValidationError({"code": _("A unit needs a code of at most 40 characters.")})
        if not name.strip() or len(name) > 250:
            raise ValidationError({"name": _("A unit needs a name of at most 250 characters.")})
        if kind not in self.kinds:
            raise ValidationError({"kind": _("There is no kind or sector “%(name)s”.") % {"name": kind}})
        if sector and sector not in self.sectors:
            raise ValidationError({"sector": _("There is no kind or sector “%(name)s”.") % {"name": sector}})
        if relation not in Relation.values:
            raise ValidationError({"relation": _("There is no relation “%(name)s”.") % {"name": relation}})


def _levels(rows: list[UnitRow], known: dict[str, _Above]) -> Iterable[list[UnitRow]]:
    """Rows grouped so that every parent comes in an earlier group. Raises ValidationError for a circle."""
    placed, left = {*known, ""}, rows
    while left:
        ready = [row for row in left if row.parent_code in placed]
        if not ready:
            raise ValidationError(_("“%(name)s” stands below itself.") % {"name": left[0].name})
        yield ready
        placed |= {row.code for row in ready}
        left = [row for row in left if row.code not in placed]


def _store(rows: list[UnitRow], parents: dict[str, _Above], day: date) -> dict[str, _Above]:
    """Units, versions and places of one portion in five bulk statements; the units take what the others hold."""
    units = Unit.objects.bulk_create(
        Unit(established_on=row.established_on or day, external=row.relation == Relation.EXTERNAL) for row in rows
    )
    made, versions, places = {}, [], []
    for row, unit in zip(rows, units, strict=True):
        above = parents.get(row.parent_code)
        unit.path = _path_below(above.path if above else "", unit.pk)
        made[row.code] = _Above(unit.pk, unit.path)
        versions.append(_version(row, unit, above))
        places.append(UnitPlace(unit=unit, path=unit.path, depth=unit.depth, valid_from=unit.established_on))
    UnitVersion.objects.bulk_create(versions)
    UnitPlace.objects.bulk_create(places)
    mine = {"unit": OuterRef("pk"), "valid_to": OPEN_END}
    Unit.objects.filter(pk__in=[unit.pk for unit in units]).update(
        path=Subquery(UnitPlace.objects.filter(**mine).values("path")),
        present=Subquery(UnitVersion.objects.filter(**mine).values("pk")),
    )
    journal.created([*units, *versions, *places])
    return made


def place_below(parent: Unit | None, pk: int) -> str:
    """The path of a unit below `parent`. Raises ValidationError beyond eight levels."""
    return _path_below(parent.path or "" if parent else "", pk)


def _path_below(above: str, pk: int) -> str:
    try:
        return paths.child_path(above, pk)
    except ValueError as fault:
        raise ValidationError({"parent": _("A tree has at most eight levels.")}) from fault


def _version(row: UnitRow, unit: Unit, above: _Above | None) -> UnitVersion:
    version = UnitVersion(
        unit=unit,
        parent_id=above.pk if above else None,
        relation=row.relation,
        kind=row.kind,
        sector=row.sector,
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        symbol=row.symbol,
        aliases=row.aliases,
        valid_from=unit.established_on,
    )
    version.prepare()
    return version


def _first_names(rows: list[UnitRow]) -> str:
    return "; ".join(row.name for row in rows[:3]) + (" …" if len(rows) > 3 else "")


def lock_tree() -> None:
    """One change of the tree at a time: two moves at once could each put its unit below the other's."""
    wait_for_turn(Turn.TREE)
