"""Establishing, changing and moving units; making posts and giving them to people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.locks import Turn, wait_for_turn
from trienkhai.common.verdict import Refused
from trienkhai.norms.queries import value
from trienkhai.orgs import rules, succession
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Manner, Post, Relation, Role, Span, Term, Unit, UnitPlace, UnitVersion
from trienkhai.orgs.queries import unit_by_code
from trienkhai.people.models import Account

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
    found = Unit.objects.filter(present__code__in=wanted).select_related("present")
    return {unit.code: unit for unit in found}


def _check_rows(rows: list[UnitRow], known: dict[str, Unit], day: date) -> None:
    codes = [row.code for row in rows]
    if len(set(codes)) < len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        raise ValidationError(_("The code “%(code)s” is used twice.") % {"code": twice})
    taken = UnitVersion.objects.filter(code__in=codes, valid_to=OPEN_END).values_list("code", flat=True).first()
    if taken:
        raise ValidationError(_("Another unit already has the code “%(code)s”.") % {"code": taken})
    check, parents = _Words(day), {*codes, *known, ""}
    for row in rows:
        check(row.code, row.name, row.kind, row.sector, row.relation)
        if row.parent_code not in parents:
            raise ValidationError(_("There is no unit with the code “%(code)s”.") % {"code": row.parent_code})


class _Words:
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
    UnitPlace.objects.bulk_create(
        (
            UnitPlace(unit=unit, path=unit.path or "", depth=unit.depth, valid_from=unit.established_on)
            for unit in units
        ),
        batch_size=BATCH,
    )
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
    unit.present = version
    unit.save(update_fields=["present"])
    if moves:
        _move(unit, parent, by=by, at=at)
    new = {name: changes[name] for name in old} | ({"parent": parent.code if parent else ""} if moves else {})
    record("unit.moved" if moves else "unit.changed", unit, by=by, at=at, unit_path=unit.path, old=old, new=new)
    return unit


def lock_tree() -> None:
    """One change of the tree at a time: two moves at once could each put its unit below the other's."""
    wait_for_turn(Turn.TREE)


def _check_change(unit: Unit, changes: dict[str, Any], parent: Unit | None, day: date) -> None:
    present = unit.present
    assert present is not None
    if day < present.valid_from:
        raise Refused(_("The unit has been changed on a later day."))
    words = {name: changes.get(name, getattr(present, name)) for name in ("code", "name", "kind", "sector", "relation")}
    _Words(day)(**words)
    holder = unit_by_code(changes["code"]) if "code" in changes else None
    if holder is not None and holder.pk != unit.pk:
        sentence = _("Another unit already has the code “%(code)s”.") % {"code": changes["code"]}
        raise ValidationError({"code": sentence})
    if parent is not None and paths.is_within(parent.path or "", unit.path or ""):
        raise ValidationError({"parent": _("“%(name)s” stands below itself.") % {"name": unit.name}})


def _next_version(present: UnitVersion, day: date) -> UnitVersion:
    """The version to write to: the present one when it began today, else a copy that takes over today."""
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
    Unit.objects.filter(pk__in=[member.pk for member in members]).update(path=None)
    for member in members:
        member.path = new_top + (member.path or "")[len(old_top) :]
    Unit.objects.bulk_update(members, ["path"], batch_size=1000)
    open_places = UnitPlace.objects.filter(unit__in=members, valid_to=OPEN_END)
    open_places.filter(valid_from=day).delete()
    open_places.update(valid_to=day)
    UnitPlace.objects.bulk_create(
        UnitPlace(unit=member, path=member.path or "", depth=member.depth, valid_from=day) for member in members
    )
    unit.path = new_top
    succession.carry_all(move, by, at)


@transaction.atomic
def create_post(
    unit: Unit, *, title: str, role: str, reach: str = Span.OWN, by: Account, at: datetime, may_issue: bool = False
) -> Post:
    """A new post at `unit`. Raises Refused; ValidationError when the unit already has a post of that title."""
    verdict = rules.can_manage_units(by, day_of(at), unit).require()
    if Post.objects.filter(unit=unit, title=title).exists():
        raise ValidationError({"title": _("This unit already has a post of that title.")})
    if role not in Role.values or reach not in Span.values:
        raise ValidationError(_("There is no such role or reach."))
    post = Post.objects.create(unit=unit, title=title, role=role, reach=reach, may_issue=may_issue)
    record("post.created", post, by=actor(by, verdict.holding), at=at, unit_path=unit.path, role=role, reach=reach)
    return post


@transaction.atomic
def appoint(
    post: Post,
    account: Account,
    *,
    valid_from: date,
    valid_to: date = OPEN_END,
    manner: str = Manner.HOLDS,
    decision: str = "",
    by: Account,
    at: datetime,
) -> Holding:
    """Give a post to a person for a span. Raises Refused or ValidationError (a span that runs backward)."""
    verdict = rules.can_manage_units(by, day_of(at), post.unit).require()
    if manner not in Manner.values or manner == Manner.DELEGATED:
        raise ValidationError({"manner": _("A post is held, acted in, or taken charge of; delegating is another act.")})
    if valid_to <= valid_from:
        raise ValidationError({"valid_to": _("The last day lies before the first.")})
    holding = Holding.objects.create(
        post=post, account=account, manner=manner, decision=decision, valid_from=valid_from, valid_to=valid_to
    )
    record("post.given", post, by=actor(by, verdict.holding), at=at, unit_path=post.unit.path, account=account.pk)
    return holding


@transaction.atomic
def delegate(
    holding: Holding, to: Account, *, acts: list[str], valid_from: date, valid_to: date, by: Account, at: datetime
) -> Holding:
    """Hand a post's acts to a deputy for a period (ủy quyền); set by the holder or by an administrator.

    Raises ValidationError when the holding is itself a delegation: an ủy quyền cannot be passed on.
    """
    if holding.manner == Manner.DELEGATED:
        raise ValidationError(_("What was delegated cannot be delegated further."))
    if valid_to <= valid_from:
        raise ValidationError({"valid_to": _("The last day lies before the first.")})
    verdict = None
    if by.pk != holding.account_id:
        verdict = rules.can_manage_units(by, day_of(at), holding.post.unit).require()
    given = Holding.objects.create(
        post=holding.post,
        account=to,
        manner=Manner.DELEGATED,
        acts=acts,
        principal=holding,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    who = actor(by, verdict.holding if verdict else holding)
    record("post.delegated", holding.post, by=who, at=at, unit_path=holding.post.unit.path, account=to.pk, acts=acts)
    return given


@transaction.atomic
def end_holding(holding_id: int, *, on: date, by: Account, at: datetime) -> Holding:
    """Let a holding end: `on` is the first day without it, not after its present end. Its delegations end with it."""
    holding = Holding.objects.select_for_update(of=("self",)).select_related("post__unit").get(pk=holding_id)
    verdict = rules.can_manage_units(by, day_of(at), holding.post.unit).require()
    if not holding.valid_from < on <= holding.valid_to:
        raise ValidationError({"on": _("The last day lies before the first.")})
    Holding.objects.filter(principal=holding, valid_to__gt=on, valid_from__lt=on).update(valid_to=on)
    holding.valid_to = on
    holding.save(update_fields=["valid_to"])
    record("post.ended", holding.post, by=actor(by, verdict.holding), at=at, account=holding.account_id, on=str(on))
    return holding


@transaction.atomic
def set_term(
    unit: Unit, *, name: str, starts_on: date, ends_on: date, term_id: int | None = None, by: Account, at: datetime
) -> Term:
    """A term of office of the unit, new or (`term_id`) put right; `ends_on` is the first day of the next one.

    Raises Refused; ValidationError for no name, days that run backward, or days of another term.
    """
    verdict = rules.can_manage_units(by, day_of(at), unit).require()
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    if not name.strip():
        raise ValidationError({"name": _("Say what the term is called.")})
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": _("The last day lies before the first.")})
    other = unit.terms.filter(starts_on__lt=ends_on, ends_on__gt=starts_on).exclude(pk=term_id or 0).first()
    if other:
        raise ValidationError({"starts_on": _("These days belong to the term “%(name)s”.") % {"name": other.name}})
    term = unit.terms.get(pk=term_id) if term_id else Term(unit=unit)
    old = _words_of_term(term) if term.pk else {}
    term.name, term.starts_on, term.ends_on = name.strip(), starts_on, ends_on
    term.save()
    new = _words_of_term(term)
    record("term.set", term, by=actor(by, verdict.holding), at=at, unit_path=unit.path, old=old, new=new)
    return term


def _words_of_term(term: Term) -> dict[str, str]:
    return {"name": term.name, "starts_on": str(term.starts_on), "ends_on": str(term.ends_on)}
