"""The rows of one unit's list: added, changed, corrected, ended, erased; read and taken along as a file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.folding import printable, squeeze
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.norms.queries import value
from trienkhai.orgs import forgetting, rules_roster
from trienkhai.orgs.actions.roster.numbers import settle
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Post, RosterMember, RosterSpan, RosterSwitch, RosterTransfer, Unit
from trienkhai.orgs.queries_members import tells_itself
from trienkhai.orgs.queries_roster import first_day, roster_on
from trienkhai.people.models import Account

MOST_LETTERS = 120
ODD = ("=", "+", "-", "@")
KEEP: Any = object()
"""Said of a value that a correction leaves as it is."""


@dataclass(frozen=True)
class Listed:
    """A member as somebody wants it listed. `account` and `post` are never required."""

    name: str
    kind: str
    valid_from: date
    post: Post | None = None
    account: Account | None = None


@transaction.atomic
def add_member(unit: Unit, listed: Listed, *, by: Account, at: datetime) -> RosterSpan:
    """A new row of the unit's list. A second one of the same name is no fault; the page says so.

    Raises Refused; ValidationError for an unknown class, a day outside the list's time or to come, a post or an account
    of another unit, and an account that a list holds already.
    """
    unit = hold(unit)
    verdict = rules_roster.can_keep_roster(by, unit, day_of(at)).require()
    span = store_row(unit, listed, at)
    settle(unit, day_of(at))
    tell("roster.added", unit, span, verdict, by, at, kind=span.kind, day=str(span.valid_from))
    return span


@transaction.atomic
def change_class(span_id: int, *, kind: str, on: date, by: Account, at: datetime) -> RosterSpan:
    """The member is in another class from that day on; returns the new row."""
    span, verdict = standing(span_id, by, at)
    made = store_class(span, kind, on, at)
    settle(span.unit, day_of(at))
    tell("roster.class_changed", span.unit, span, verdict, by, at, kind=kind, day=str(on), new=made.pk)
    return made


@transaction.atomic
def end_row(span_id: int, *, on: date, by: Account, at: datetime) -> None:
    """The member is in the list no more from that day on. Why is not kept."""
    span, verdict = standing(span_id, by, at)
    check_cut(span, on, at)
    span.valid_to = on
    span.save(update_fields=["valid_to"])
    settle(span.unit, day_of(at))
    tell("roster.ended", span.unit, span, verdict, by, at, day=str(on))


@transaction.atomic
def correct_row(
    span_id: int,
    *,
    name: str = "",
    kind: str = "",
    valid_from: date | None = None,
    post: Post | None = KEEP,
    account: Account | None = KEEP,
    by: Account,
    at: datetime,
) -> RosterSpan:
    """Put right what was entered wrongly; what is not said stays. The act tells which values, never the name."""
    span, verdict = standing(span_id, by, at)
    changed = store_correction(span, at, name=name, kind=kind, valid_from=valid_from, post=post, account=account)
    if changed:
        settle(span.unit, day_of(at))
        tell("roster.corrected", span.unit, span, verdict, by, at, changed=changed)
    return span


@transaction.atomic
def remove_row(span_id: int, *, by: Account, at: datetime) -> None:
    """Take away a row entered by mistake, as if it had never been; with the member's last row goes the name."""
    span, verdict = standing(span_id, by, at)
    member, row = span.member_id, span.pk
    span.delete()
    if not RosterSpan.objects.filter(member=member).exists():
        forgetting.forget_all([member])
        RosterMember.objects.filter(pk=member).delete()
    settle(span.unit, day_of(at))
    span.pk = row
    tell("roster.removed", span.unit, span, verdict, by, at)


@transaction.atomic
def erase_member(span_id: int, *, by: Account, at: datetime) -> None:
    """Erase a person's name, account and post from all rows, at the person's request; the rows go on counting. What
    other areas keep by that name goes too.

    Source: the right to erasure of the law on personal data. The act holds the number of the row alone.
    """
    span = RosterSpan.objects.select_related("unit").get(pk=span_id)
    unit = hold(span.unit)
    verdict = rules_roster.can_read_roster(by, unit, day_of(at)).require()
    member = RosterMember.objects.select_for_update(no_key=True).get(pk=span.member_id)
    if not member.name:
        raise Refused(_("This name has been erased before."))
    forgetting.forget_all([member.pk])
    member.name, member.account = "", None
    member.save()
    member.spans.update(post=None)
    RosterTransfer.objects.filter(span__member=member).delete()
    tell("roster.erased", unit, span, verdict, by, at)


@transaction.atomic
def read_roster(unit: Unit, *, on: date, by: Account, at: datetime) -> list[RosterSpan]:
    """The list by name as on a day. Every reading is an act."""
    verdict = rules_roster.can_read_roster(by, unit, day_of(at)).require()
    rows = list(roster_on(unit, on))
    _tell_reading("roster.read", unit, len(rows), verdict, by, at, on=str(on))
    return rows


@transaction.atomic
def export_roster(unit: Unit, *, by: Account, at: datetime) -> list[RosterSpan]:
    """The rows that stand, for a file; that they were taken along is an act."""
    verdict = rules_roster.can_read_roster(by, unit, day_of(at)).require()
    rows = list(roster_on(unit, day_of(at)))
    _tell_reading("roster.exported", unit, len(rows), verdict, by, at)
    return rows


def hold(unit: Unit) -> Unit:
    return hold_all([unit])[0]


def hold_all(units: list[Unit]) -> list[Unit]:
    """Lock what lists depend on: the switches over them, then the units; so that no name is stored once it is off."""
    above = {pk for unit in units for pk in paths.ids(unit.path or "")}
    list(RosterSwitch.objects.open().filter(unit__in=above).select_for_update(no_key=True).order_by("pk"))
    rows = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("present").order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[unit.pk for unit in units])}
    return [found[unit.pk] for unit in units]


def standing(span_id: int, by: Account, at: datetime) -> tuple[RosterSpan, Verdict]:
    """The locked row, for whoever keeps its list. Raises Refused for a row that ended or waits for another unit."""
    unit = hold(Unit.objects.get(roster_spans=span_id))
    verdict = rules_roster.can_keep_roster(by, unit, day_of(at)).require()
    rows = RosterSpan.objects.select_for_update(of=("self",), no_key=True).select_related("member", "unit__present")
    span = rows.filter(pk=span_id, unit=unit).first()
    if span is None:
        raise Refused(_("This row is in the list of another unit."))
    check_open(span)
    return span, verdict


def check_open(span: RosterSpan) -> None:
    """Raises Refused for a row that ended or waits for another unit."""
    if not span.stands:
        raise Refused(_("This row has ended."))
    if RosterTransfer.objects.filter(span=span).exists():
        raise Refused(_("This member is on the way to another unit: withdraw that first."))


def store_row(unit: Unit, listed: Listed, at: datetime) -> RosterSpan:
    """Check and write one new row; the caller holds the unit and settles its numbers."""
    if not tells_itself(unit, day_of(at)):
        raise ValidationError(_("The members of this unit are listed in the units below it."))
    check_kind(listed.kind, listed.valid_from)
    check_day(unit, listed.valid_from, at)
    _check_post(unit, listed.post)
    _check_account(unit, listed.account, day_of(at))
    member = RosterMember.objects.create(name=checked_name(listed.name), account=listed.account)
    words = {"kind": listed.kind, "post": listed.post, "valid_from": listed.valid_from}
    return RosterSpan.objects.create(member=member, unit=unit, **words)


def store_class(span: RosterSpan, kind: str, on: date, at: datetime) -> RosterSpan:
    """Close the row and go on with one of another class; the caller settles."""
    check_kind(kind, on)
    check_cut(span, on, at)
    if kind == span.kind:
        raise ValidationError({"kind": _("The member is in this class already.")})
    span.valid_to = on
    span.save(update_fields=["valid_to"])
    return RosterSpan.objects.create(
        member_id=span.member_id, unit_id=span.unit_id, kind=kind, post_id=span.post_id, valid_from=on
    )


def store_correction(
    span: RosterSpan,
    at: datetime,
    *,
    name: str = "",
    kind: str = "",
    valid_from: date | None = None,
    post: Post | None = KEEP,
    account: Account | None = KEEP,
) -> list[str]:
    """Write what differs, and return which values did; the caller settles."""
    changed = []
    if kind and kind != span.kind:
        check_kind(kind, valid_from or span.valid_from)
        span.kind = kind
        changed.append("kind")
    if valid_from and valid_from != span.valid_from:
        check_day(span.unit, valid_from, at)
        if RosterSpan.objects.filter(member=span.member_id, valid_to__gt=valid_from).exclude(pk=span.pk).exists():
            raise ValidationError({"valid_from": _("Another row of this member stands on that day.")})
        span.valid_from = valid_from
        changed.append("valid_from")
    if post is not KEEP and (post.pk if post else None) != span.post_id:
        _check_post(span.unit, post)
        span.post = post
        changed.append("post")
    span.save()
    return changed + _correct_member(span, name, account, day_of(at))


def _correct_member(span: RosterSpan, name: str, account: Account | None, on: date) -> list[str]:
    member, changed = span.member, []
    if name and squeeze(name) != member.name:
        member.name = checked_name(name)
        changed.append("name")
    if account is not KEEP and (account.pk if account else None) != member.account_id:
        _check_account(span.unit, account, on)
        member.account = account
        changed.append("account")
    if changed:
        member.save()
    return changed


def checked_name(name: str) -> str:
    name = squeeze(printable(name))
    if not name:
        raise ValidationError({"name": _("The name is missing.")})
    if len(name) > MOST_LETTERS:
        raise ValidationError({"name": _("The name is longer than 120 letters.")})
    if name.startswith(ODD):
        raise ValidationError({"name": _("A name does not begin like a formula.")})
    return name


def check_kind(kind: str, on: date) -> None:
    if kind not in value("members.classes", on=on, default={}):
        raise ValidationError({"kind": _("There is no such class of members.")})


def check_day(unit: Unit, on: date, at: datetime) -> None:
    """A row begins within the time of the list, and not on a day to come."""
    first = first_day(unit)
    if on > day_of(at):
        raise ValidationError({"valid_from": _("This day has not come yet.")})
    if first and on < first:
        sentence = _("The list of this unit is kept from %(day)s on; before that, numbers were told.")
        raise ValidationError({"valid_from": sentence % {"day": f"{first:%d/%m/%Y}"}})


def check_cut(span: RosterSpan, on: date, at: datetime) -> None:
    """A row ends, or goes on otherwise, after its first day and not on a day to come."""
    if on > day_of(at):
        raise ValidationError({"on": _("This day has not come yet.")})
    if on <= span.valid_from:
        sentence = _("The row begins on %(day)s: say a later day, or correct the row.")
        raise ValidationError({"on": sentence % {"day": f"{span.valid_from:%d/%m/%Y}"}})


def _check_post(unit: Unit, post: Post | None) -> None:
    if post is not None and post.unit_id != unit.pk:
        raise ValidationError({"post": _("This is no post of the unit.")})


def _check_account(unit: Unit, account: Account | None, on: date) -> None:
    """The account holds a post of the unit and stands in no list; it is locked, so that two lists do not take it."""
    if account is None:
        return
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if not Holding.objects.on(on).seated().filter(account=account, post__unit=unit).exists():
        raise ValidationError({"account": _("This account holds no post of the unit.")})
    if RosterMember.objects.filter(account=account).exists():
        raise ValidationError({"account": _("This account stands in a list of members already.")})


def tell(verb: str, unit: Unit, span: RosterSpan, verdict: Verdict, by: Account, at: datetime, **data: Any) -> None:
    record(verb, unit, by=actor(by, verdict.holding), at=at, unit_path=unit.path, row=span.pk, **data)


def _tell_reading(verb: str, unit: Unit, rows: int, verdict: Verdict, by: Account, at: datetime, **data: Any) -> None:
    who = actor(by, verdict.holding)
    record(verb, unit, by=who, at=at, unit_path=unit.path, count=max(1, rows), rows=rows, **data)
