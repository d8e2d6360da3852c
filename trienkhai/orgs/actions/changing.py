"""A unit gets a new version: other words, another place with all below it."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.orgs import journal, rules, succession
from trienkhai.orgs.actions.establishing import Words, lock_tree, place_below
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit, UnitPlace, UnitVersion
from trienkhai.orgs.queries import unit_by_code
from trienkhai.people.models import Account


@transaction.atomic
def change_unit(unit_id: int, changes: dict[str, Any], *, by: Account, at: datetime) -> Unit:
    """Give a unit a new version from today: name, short name, code, kind, sector, relation, aliases, parent.

    A new parent moves the whole subtree, with its open work (succession), in this transaction.
    Raises Refused when the person may not change the unit or the new parent, or the unit was changed on a later day;
    ValidationError for a code in use, an unknown kind, a parent below the unit, or too deep a tree.
    """
    lock_tree()
    unit = Unit.objects.select_for_update(of=("self",)).select_related("present__parent").get(pk=unit_id)
    verdict = rules.can_manage_units(by, day_of(at), unit).require()
    assert unit.present is not None
    if "parent" in changes and changes["parent"] != unit.present.parent:
        rules.can_manage_units(by, day_of(at), changes["parent"] or unit.present.parent).require()
    return store_change(unit, changes, by=actor(by, verdict.holding), at=at)


@transaction.atomic
def store_change(unit: Unit, changes: dict[str, Any], *, by: Actor, at: datetime) -> Unit:
    """The change itself, for callers that hold the lock and have asked the rule; one act with old and new values."""
    day, present = day_of(at), unit.present
    assert present is not None
    fields = ("name", "short_name", "symbol", "code", "kind", "sector", "relation", "aliases")
    old = {
        name: getattr(present, name) for name in fields if name in changes and changes[name] != getattr(present, name)
    }
    parent = changes.get("parent", present.parent)
    moves = (parent.pk if parent else None) != present.parent_id
    if not old and not moves:
        return unit
    if moves and parent:
        parent = Unit.objects.select_related("present").get(pk=parent.pk)
    _check_change(unit, changes, parent, day)
    version = _next_version(present, day)
    for name in old:
        setattr(version, name, changes[name])
    version.parent = parent
    version.save()
    if version.pk != present.pk:
        journal.created([version])
    unit.present = version
    journal.save(unit, fields=["present"])
    if moves:
        _move(unit, parent, by=by, at=at)
    new = {name: changes[name] for name in old} | ({"parent": parent.code if parent else ""} if moves else {})
    record("unit.moved" if moves else "unit.changed", unit, by=by, at=at, unit_path=unit.path, old=old, new=new)
    return unit


def _check_change(unit: Unit, changes: dict[str, Any], parent: Unit | None, day: date) -> None:
    present = unit.present
    assert present is not None
    if day < present.valid_from:
        raise Refused(_("The unit has been changed on a later day."))
    words = {name: changes.get(name, getattr(present, name)) for name in ("code", "name", "kind", "sector", "relation")}
    Words(day)(**words)
    holder = unit_by_code(changes["code"]) if "code" in changes else None
    if holder is not None and holder.pk != unit.pk:
        sentence = _("Another unit already has the code “%(code)s”.") % {"code": changes["code"]}
        raise ValidationError({"code": sentence})
    if parent is not None and paths.is_within(parent.path or "", unit.path or ""):
        raise ValidationError({"parent": _("“%(name)s” stands below itself.") % {"name": unit.name}})


def _next_version(present: UnitVersion, day: date) -> UnitVersion:
    """The version to write to: the present one when it began today, else a copy that takes over today."""
    journal.touch(UnitVersion.objects.filter(pk=present.pk))
    if present.valid_from >= day:
        return present
    UnitVersion.objects.filter(pk=present.pk).update(valid_to=day)
    version = UnitVersion.objects.get(pk=present.pk)
    version.pk, version.valid_from, version.valid_to = None, day, OPEN_END
    version._state.adding = True
    return version


def _move(unit: Unit, parent: Unit | None, *, by: Actor, at: datetime) -> None:
    """Rewrite the paths of the subtree, close the old places, and let later areas carry their open objects along."""
    day, old_top = day_of(at), unit.path or ""
    new_top = place_below(parent, unit.pk)
    move = succession.Move(unit.pk, old_top, new_top)
    succession.hold_all(move)
    members = list(Unit.objects.select_for_update().filter(paths.within(old_top)).order_by("pk"))
    if max(member.depth for member in members) - paths.depth(old_top) + paths.depth(new_top) > paths.MAX_DEPTH:
        raise ValidationError({"parent": _("A tree has at most eight levels.")})
    if UnitPlace.objects.filter(unit__in=members, valid_to=OPEN_END, valid_from__gt=day).exists():
        raise Refused(_("The unit has been changed on a later day."))
    rewritten = Concat(Value(new_top), Substr("path", len(old_top) + 1))
    journal.update(Unit.objects.filter(paths.within(old_top)), path=rewritten)
    for member in members:
        member.path = new_top + (member.path or "")[len(old_top) :]
    open_places = UnitPlace.objects.filter(unit__in=members, valid_to=OPEN_END)
    journal.touch(open_places)
    open_places.filter(valid_from=day).delete()
    open_places.update(valid_to=day)
    places = UnitPlace.objects.bulk_create(
        (UnitPlace(unit=member, path=member.path or "", depth=member.depth, valid_from=day) for member in members),
        batch_size=5000,
    )
    journal.created(places)
    unit.path = new_top
    succession.carry_all(move, by, at)
