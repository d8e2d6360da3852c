"""One unit out of what a person typed: a code, a name, words of it with or without accents. Never a guess."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common import paths
from trienkhai.common.folding import squeeze
from trienkhai.orgs.models import Unit, UnitPlace, UnitVersion
from trienkhai.orgs.queries import found_units

OFFERED = 12


@dataclass(frozen=True)
class Scope:
    """Which units may be chosen: standing on a day, in a branch, some left out, a branch left out with its top.

    external: None for both, False for those of the tree, True for bodies outside the system. closed: those too that
    had ended by the day.
    """

    on: date
    within: Unit | None = None
    apart: tuple[int, ...] = ()
    not_below: Unit | None = None
    external: bool | None = None
    closed: bool = False

    def standing(self) -> QuerySet[UnitVersion]:
        """What every unit was called on the day, without those that had closed or were not founded yet."""
        rows = UnitVersion.objects.filter(valid_from__lte=self.on, valid_to__gt=self.on, unit__path__isnull=False)
        return rows if self.closed else rows.filter(unit__closed_on__gt=self.on)

    def rows(self) -> QuerySet[UnitVersion]:
        """The units that may be chosen."""
        rows = self.standing().exclude(unit__in=self.apart)
        if self.external is not None:
            rows = rows.filter(unit__external=self.external)
        if self.within is not None:
            rows = rows.filter(unit__in=self._branch(self.within))
        return rows.exclude(unit__in=self._branch(self.not_below)) if self.not_below is not None else rows

    def _branch(self, top: Unit) -> QuerySet[UnitPlace, int]:
        """Ids of the units that stood at or below `top` that day."""
        placed = UnitPlace.objects.filter(valid_from__lte=self.on, valid_to__gt=self.on)
        path = placed.filter(unit=top).values_list("path", flat=True).first()
        found = placed.filter(paths.within(path)) if path else placed.none()
        return found.values_list("unit", flat=True)


@dataclass(frozen=True)
class Offer:
    """A unit to choose, with what tells it from others of the same name. `pk`: the key where a file is prepared."""

    pk: int | str
    name: str
    code: str
    way: tuple[str, ...]

    @property
    def label(self) -> str:
        return label(self.name, self.code)


def label(name: str, code: str) -> str:
    """How a chosen unit stands in the field; the code makes it one unit."""
    return f"{name} ({code})"


def offers(words: str, scope: Scope, limit: int = OFFERED) -> tuple[list[Offer], bool]:
    """Units that hold all the words, those first whose code or name is just that, then the highest; are there more?"""
    exact = list(_called(words, scope.rows()).order_by("sort_key", "pk")[:limit])
    found = found_units(words, scope.on, limit + 1, among=scope.rows(), highest=True)
    first = {row.unit_id for row in exact}
    missing = first - {row.unit_id for row, _way in found}
    if missing:
        found = found_units("", scope.on, limit, among=scope.rows().filter(unit__in=missing)) + found
    found.sort(key=lambda hit: hit[0].unit_id not in first)
    made = [Offer(row.unit_id, row.name, row.code, tuple(step.name for step in way)) for row, way in found]
    return made[:limit], len(made) > limit


def _called(words: str, rows: QuerySet[UnitVersion]) -> QuerySet[UnitVersion]:
    """Those whose code, name or short name is just what was typed; a label is taken by the code at its end."""
    _name, bracket, code = words.rpartition(" (")
    if bracket and code.endswith(")") and (labelled := rows.filter(code=code[:-1])):
        return labelled
    coded = rows.filter(code__in={words, words.upper()})
    return coded if coded else rows.filter(Q(name=words) | Q(short_name=words))


def unit_called(words: str, scope: Scope) -> Unit | None:
    """The one unit that is meant; None when several may be, or when only a part of a name was typed.

    Raises ValidationError when nothing can be meant: nothing is called so, or what is may not be chosen here.
    """
    words = squeeze(words)
    exact = list(_called(words, scope.rows()).select_related("unit__present")[:2])
    if len(exact) == 1:
        return exact[0].unit
    if exact or offers(words, scope, 1)[0]:
        return None
    raise ValidationError(_why_not(words, scope))


def _why_not(words: str, scope: Scope) -> str:
    if standing := _called(words, scope.standing()).select_related("unit").first():
        if scope.not_below and paths.is_within(standing.unit.path or "", scope.not_below.path or ""):
            return _("“%(name)s” is the unit itself or stands below it.") % {"name": standing.name}
        return _("“%(name)s” cannot be chosen here.") % {"name": standing.name}
    once = _called(words, UnitVersion.objects.select_related("unit")).order_by("-valid_from").first()
    if once is None:
        return _("No unit that can be chosen here is called “%(words)s”, nor has that code.") % {"words": words}
    told = {"name": once.name, "closed": _written(once.unit.closed_on), "founded": _written(once.unit.established_on)}
    if once.unit.closed_on <= scope.on:
        return _("“%(name)s” was closed on %(closed)s.") % told
    if once.unit.established_on > scope.on:
        return _("“%(name)s” was founded on %(founded)s only.") % told
    return _("“%(words)s” is not what the unit is called on that day.") % {"words": words}


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def chosen_unit(pk: str, scope: Scope) -> Unit:
    """The unit picked out of a list. Raises ValidationError when it may not be chosen here."""
    row = scope.rows().filter(unit=int(pk)).select_related("unit__present").first() if _is_id(pk) else None
    if row is None:
        raise ValidationError(_("This unit cannot be chosen here."))
    return row.unit


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def labels_of(unit_ids: list[int], on: date) -> dict[int, str]:
    """How those units stand in a field that day, in one query; those unknown that day are left out."""
    rows = UnitVersion.objects.filter(unit__in=unit_ids, valid_from__lte=on, valid_to__gt=on)
    return {row.unit_id: label(row.name, row.code) for row in rows}
