"""The life of one unit: founded, renamed, moved, changed, ended; what it came from and what went on after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import F
from django.utils.translation import gettext as _

from trienkhai.common.days import OPEN_END
from trienkhai.orgs.models import Succession, Unit, UnitVersion


@dataclass(frozen=True)
class Event:
    """What happened to the unit on a day. `unit`: the other unit concerned, for a link."""

    on: date
    words: str
    unit: Unit | None = None


def events_of(unit: Unit, kinds: dict[str, str], sectors: dict[str, str]) -> list[Event]:
    """From the founding on, oldest first. Three queries."""
    versions = list(unit.versions.select_related("parent__present").order_by("valid_from"))
    found = [Event(unit.established_on, _("Founded"))]
    for old, new in pairwise(versions):
        found += [Event(new.valid_from, words) for words in _changes(old, new, kinds, sectors)]
    found += [*_taken_over(unit), *_handed_on(unit)]
    return sorted(found, key=lambda event: event.on)


def _changes(old: UnitVersion, new: UnitVersion, kinds: dict[str, str], sectors: dict[str, str]) -> Iterable[str]:
    if old.name != new.name:
        yield _("Renamed from “%(old)s” to “%(new)s”") % {"old": old.name, "new": new.name}
    if old.parent_id != new.parent_id:
        named = {"old": _name(old), "new": _name(new)}
        yield _("Moved from %(old)s to %(new)s") % named
    for field, names, sentence in (
        ("kind", kinds, _("Kind changed from “%(old)s” to “%(new)s”")),
        ("sector", sectors, _("Sector changed from “%(old)s” to “%(new)s”")),
        ("code", {}, _("Code changed from %(old)s to %(new)s")),
    ):
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield sentence % {"old": names.get(before, before or "–"), "new": names.get(after, after or "–")}
    if old.relation != new.relation:
        named = {"old": old.get_relation_display(), "new": new.get_relation_display()}
        yield _("Relation changed from “%(old)s” to “%(new)s”") % named


def _name(version: UnitVersion) -> str:
    return version.parent.name if version.parent else _("the top of the tree")


def _handed_on(unit: Unit) -> Iterable[Event]:
    """Its end, and who took over its work: all of it first, then those to whom a part was divided."""
    if unit.closed_on >= OPEN_END:
        return
    rows = Succession.objects.filter(unit=unit, on=unit.closed_on).select_related("successor__present")
    heirs = list(rows.order_by("-main", "pk"))
    if not heirs or not heirs[0].main:
        yield Event(unit.closed_on, _("Ended"))
    for row in heirs:
        words = _("Ended; its work went to %(name)s") if row.main else _("A part of its work went to %(name)s")
        yield Event(row.on, words % {"name": row.successor.name}, row.successor)


def _taken_over(unit: Unit) -> Iterable[Event]:
    """The units that ended and left their work, or a part of it, to this one."""
    rows = Succession.objects.filter(successor=unit, on=F("unit__closed_on")).select_related("unit__present")
    for row in rows.order_by("on", "pk"):
        words = _("Took over the work of %(name)s") if row.main else _("Took over a part of the work of %(name)s")
        yield Event(row.on, words % {"name": row.unit.name}, row.unit)
