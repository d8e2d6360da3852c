"""The life of one unit: founded, renamed, moved, changed, ended; what it came from and what went on after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.orgs.models import Unit, UnitVersion

TARGET = Unit._meta.label_lower


@dataclass(frozen=True)
class Event:
    """What happened to the unit on a day. `unit`: the other unit concerned, for a link."""

    on: date
    words: str
    unit: Unit | None = None


def events_of(unit: Unit, kinds: dict[str, str], sectors: dict[str, str]) -> list[Event]:
    """From the founding on, oldest first. Four queries."""
    versions = list(unit.versions.select_related("parent__present").order_by("valid_from"))
    found = [Event(unit.established_on, _("Founded"))]
    for old, new in pairwise(versions):
        found += [Event(new.valid_from, words) for words in _changes(old, new, kinds, sectors)]
    found += [Event(on, _("Took over the work of %(name)s") % {"name": gone.name}, gone) for on, gone in _before(unit)]
    if unit.closed_on < OPEN_END:
        after = successor_of(unit)
        words = _("Ended; its work went to %(name)s") % {"name": after.name} if after else _("Ended")
        found.append(Event(unit.closed_on, words, after))
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


def successor_of(unit: Unit) -> Unit | None:
    """The unit to which the work of an ended one went, by the act that ended it."""
    acts = Act.objects.filter(target_type=TARGET, target_id=unit.pk, verb="unit.ended").order_by("-at")
    code = next((act.data.get("new", {}).get("successor") for act in acts[:1]), None)
    return _called(code, unit.closed_on) if code else None


def _called(code: str, on: date) -> Unit | None:
    rows = UnitVersion.objects.filter(code=code, valid_from__lte=on, valid_to__gt=on).select_related("unit__present")
    row = rows.first()
    return row.unit if row else None


def _before(unit: Unit) -> list[tuple[date, Unit]]:
    """The units whose work came to this one, by the acts that ended them."""
    codes = set(unit.versions.values_list("code", flat=True))
    acts = Act.objects.filter(target_type=TARGET, verb="unit.ended", data__new__successor__in=codes)
    days = {act.target_id: day_of(act.at) for act in acts if act.target_id}
    gone = Unit.objects.select_related("present").filter(pk__in=days).order_by("pk")
    return [(days[row.pk], row) for row in gone]
