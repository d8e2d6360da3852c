"""A member goes from the list of one unit to that of another, which agrees first when it keeps a list too."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.orgs import rules_roster
from trienkhai.orgs.actions.roster import keeping
from trienkhai.orgs.actions.roster.numbers import settle
from trienkhai.orgs.models import RosterSpan, RosterTransfer, Unit
from trienkhai.orgs.queries_members import tells_itself
from trienkhai.orgs.queries_roster import first_day
from trienkhai.people.models import Account


@transaction.atomic
def ask_transfer(span_id: int, to: Unit, *, on: date, by: Account, at: datetime) -> RosterTransfer | None:
    """The member is to be in the list of `to` from that day on, once that unit agrees. Until then nothing changes.

    A unit that keeps no list is not asked and learns no name: the row ends, and None comes back.
    """
    span, verdict = keeping.standing(span_id, by, at)
    keeping.check_cut(span, on, at)
    if to.pk == span.unit_id:
        raise ValidationError({"to": _("The member is in this unit already.")})
    if to.closed_on <= day_of(at) or not tells_itself(to, day_of(at)):
        raise ValidationError({"to": _("This unit has no members of its own.")})
    asked = None
    if rules_roster.has_roster(to):
        _check_first(to, on)
        asked = RosterTransfer.objects.create(span=span, to_unit=to, on=on, asked_by=by)
    else:
        span.valid_to = on
        span.save(update_fields=["valid_to"])
        settle(span.unit, day_of(at))
    verb = "roster.transfer_asked" if asked else "roster.left"
    keeping.tell(verb, span.unit, span, verdict, by, at, to=to.code, day=str(on))
    return asked


@transaction.atomic
def accept_transfer(transfer_id: int, *, by: Account, at: datetime) -> RosterSpan:
    """The row of the old list ends and one in the new list begins on the same day; no post goes along."""
    transfer, units = _held(transfer_id)
    verdict = rules_roster.can_answer_transfer(by, transfer, day_of(at)).require()
    old = RosterSpan.objects.select_for_update(of=("self",)).get(pk=transfer.span_id)
    _check_first(transfer.to_unit, transfer.on)
    if not tells_itself(transfer.to_unit, day_of(at)):
        raise Refused(_("The members of this unit are listed in the units below it."))
    old.valid_to = transfer.on
    old.save(update_fields=["valid_to"])
    words = {"kind": old.kind, "valid_from": transfer.on}
    made = RosterSpan.objects.create(member_id=old.member_id, unit=transfer.to_unit, **words)
    transfer.delete()
    for unit in units:
        settle(unit, day_of(at))
    for unit in units:
        keeping.tell("roster.transferred", unit, old, verdict, by, at, new=made.pk, day=str(transfer.on))
    return made


@transaction.atomic
def decline_transfer(transfer_id: int, *, by: Account, at: datetime) -> None:
    """The member stays where the row stands."""
    transfer, units = _held(transfer_id)
    verdict = rules_roster.can_answer_transfer(by, transfer, day_of(at)).require()
    transfer.delete()
    for unit in units:
        keeping.tell("roster.transfer_declined", unit, transfer.span, verdict, by, at)


@transaction.atomic
def withdraw_transfer(transfer_id: int, *, by: Account, at: datetime) -> None:
    """Whoever keeps the list the member is in takes the question back."""
    transfer, _units = _held(transfer_id)
    verdict = rules_roster.can_keep_roster(by, transfer.span.unit, day_of(at)).require()
    transfer.delete()
    keeping.tell("roster.transfer_withdrawn", transfer.span.unit, transfer.span, verdict, by, at)


def _held(transfer_id: int) -> tuple[RosterTransfer, list[Unit]]:
    """The locked question, with both units locked in one order, the one that asks first in the list."""
    rows = RosterTransfer.objects.select_related("span__unit__present", "to_unit__present")
    seen = rows.filter(pk=transfer_id).first()
    if seen is None:
        raise Refused(_("This has been answered or withdrawn already."))
    keeping.hold_all([seen.span.unit, seen.to_unit])
    transfer = rows.select_for_update(of=("self",)).filter(pk=transfer_id).first()
    if transfer is None:
        raise Refused(_("This has been answered or withdrawn already."))
    return transfer, [transfer.span.unit, transfer.to_unit]


def _check_first(to: Unit, on: date) -> None:
    first = first_day(to)
    if first and on < first:
        sentence = _("The list of %(unit)s is kept from %(day)s on: say that day or a later one.")
        raise ValidationError({"on": sentence % {"unit": to.name, "day": f"{first:%d/%m/%Y}"}})
