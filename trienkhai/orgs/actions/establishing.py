"""New units, many at once, and what every change of the tree asks of codes, names, kinds and places."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.locks import Turn, wait_for_turn
from trienkhai.norms.queries import value
from trienkhai.orgs import journal
from trienkhai.orgs.models import Relation, Unit, UnitPlace, UnitVersion

BATCH = 5000


@dataclass(frozen=True)
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


def establish_units(rows: Iterable[UnitRow], *, by: Actor, at: datetime) -> dict[str, Unit]:
    """Store many new units, parents before children, in one transaction and one act; returns them by code.

    Raises ValidationError for a code used twice or none, no name, an unknown parent, kind or relation, a circle, or
    more than eight levels; nothing is then stored. The caller has asked the rule (an import asks `can_manage_units`;
    the command line is the administrator).
    """
    listed = list(rows)
    day = day_of(at)
    with transaction.atomic():
        lock_tree()
        known = _known_parents(listed)
        _check_rows(listed, known, day)
        units = {}
        for level in _levels(listed, known):
            units.update(_store_level(level, known, day))
            known.update({code: unit for code, unit in units.items() if code not in known})
        record("units.established", by=by, at=at, count=len(units), label=_first_names(listed))
    return units


def _known_parents(rows: list[UnitRow]) -> dict[str, Unit]:
    wanted = {row.parent_code for row in rows if row.parent_code} - {row.code for row in rows}
    found = Unit.objects.filter(present__code__in=wanted, present__valid_to=OPEN_END).select_related("present")
    return {unit.code: unit for unit in found}


def _check_rows(rows: list[UnitRow], known: dict[str, Unit], day: date) -> None:
    codes = [row.code for row in rows]
    if len(set(codes)) < len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise ValidationError(_("The code “%(code)s” is used twice.") % {"code": twice})
    taken = UnitVersion.objects.filter(code__in=codes, valid_to=OPEN_END).values_list("code", flat=True).first()
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


def _levels(rows: list[UnitRow], known: dict[str, Unit]) -> Iterable[list[UnitRow]]:
    """Rows grouped so that every parent comes in an earlier group. Raises ValidationError for a circle."""
    placed, left = set(known) | {""}, rows
    while left:
        ready = [row for row in left if row.parent_code in placed]
        if not ready:
            raise ValidationError(_("“%(name)s” stands below itself.") % {"name": left[0].name})
        yield ready
        placed |= {row.code for row in ready}
        left = [row for row in left if row.code not in placed]


def _store_level(rows: list[UnitRow], parents: dict[str, Unit], day: date) -> dict[str, Unit]:
    """Units, versions and places of one level in a handful of bulk statements."""
    units = Unit.objects.bulk_create(
        (Unit(established_on=row.established_on or day, external=row.relation == Relation.EXTERNAL) for row in rows),
        batch_size=BATCH,
    )
    for row, unit in zip(rows, units, strict=True):
        unit.path = place_below(parents.get(row.parent_code), unit.pk)
    versions = UnitVersion.objects.bulk_create(
        (_version(row, unit, parents.get(row.parent_code)) for row, unit in zip(rows, units, strict=True)),
        batch_size=BATCH,
    )
    for unit, version in zip(units, versions, strict=True):
        unit.present = version
    Unit.objects.bulk_update(units, ["path", "present"], batch_size=1000)
    places = UnitPlace.objects.bulk_create(
        (
            UnitPlace(unit=unit, path=unit.path or "", depth=unit.depth, valid_from=unit.established_on)
            for unit in units
        ),
        batch_size=BATCH,
    )
    journal.created([*units, *versions, *places])
    return {row.code: unit for row, unit in zip(rows, units, strict=True)}


def place_below(parent: Unit | None, pk: int) -> str:
    """The path of a unit below `parent`. Raises ValidationError beyond eight levels."""
    try:
        return paths.child_path(parent.path or "" if parent else "", pk)
    except ValueError as fault:
        raise ValidationError({"parent": _("A tree has at most eight levels.")}) from fault


def _version(row: UnitRow, unit: Unit, parent: Unit | None) -> UnitVersion:
    version = UnitVersion(
        unit=unit,
        parent=parent,
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
