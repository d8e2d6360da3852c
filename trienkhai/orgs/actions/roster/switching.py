"""An office switches lists of members by name on for its branch, and off again: then the names are erased."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.verdict import Refused
from trienkhai.orgs import forgetting, rules_roster
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import MemberCount, RosterMember, RosterSpan, RosterSwitch, Unit
from trienkhai.orgs.queries_roster import class_names, leaving_members
from trienkhai.people.models import Account


@transaction.atomic
def switch_on(unit: Unit, *, decision: str, decided_on: date, by: Account, at: datetime) -> RosterSwitch:
    """Lists of members by name are kept in the branch from today on, by a decision.

    Raises Refused; ValidationError without a decision, and for one of a day to come.
    """
    unit = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("present").get(pk=unit.pk)
    verdict = rules_roster.can_switch_on(by, unit, day_of(at)).require()
    decision = decision.strip()
    if not decision:
        raise ValidationError({"decision": _("Say by which decision the list of members is kept.")})
    if decided_on > day_of(at):
        raise ValidationError({"decided_on": _("This day has not come yet.")})
    made = RosterSwitch.objects.create(unit=unit, decision=decision, decided_on=decided_on, starts_on=day_of(at))
    new = {"decision": decision, "decided_on": str(decided_on)}
    record("roster.switched_on", unit, by=actor(by, verdict.holding), at=at, unit_path=unit.path, new=new)
    return made


@transaction.atomic
def switch_off(switch_id: int, *, names: int, by: Account, at: datetime) -> int:
    """Erase every name that this switch alone keeps; the numbers by class stay for every day. Returns how many names.

    names: how many the person was told would go. Raises ValidationError when it is another number by now, Refused when
    it was switched off before.
    """
    switch = (RosterSwitch.objects.select_for_update(of=("self",), no_key=True).select_related("unit__present")).get(
        pk=switch_id
    )
    verdict = rules_roster.can_switch_off(by, switch, day_of(at)).require()
    if switch.ends_on != OPEN_END:
        raise Refused(_("The list of members has been switched off before."))
    leaving = list(leaving_members(switch).values_list("pk", flat=True))
    if len(leaving) != names:
        raise ValidationError(
            _("By now %(n)d names would be erased. Look again before you decide.") % {"n": len(leaving)}
        )
    switch.ends_on = day_of(at)
    switch.save(update_fields=["ends_on"])
    count = _erase(leaving, day_of(at))
    who, path, gone = actor(by, verdict.holding), switch.unit.path, len(leaving)
    new = {"names": gone, "units": count}
    record("roster.switched_off", switch.unit, by=who, at=at, unit_path=path, count=max(1, gone), new=new)
    return len(leaving)


def _erase(members: list[int], on: date) -> int:
    """Remove these members with all their rows, and what is left without a switch; keep the numbers of every day.

    Returns how many units had rows.
    """
    named = RosterMember.objects.filter(pk__in=members)
    off = RosterSpan.objects.exclude(rules_roster.rostered("unit__path"))
    units = set(RosterSpan.objects.filter(member__in=named).values_list("unit", flat=True))
    units |= set(off.values_list("unit", flat=True))
    for pk in sorted(units):
        _keep_numbers(pk, on)
    off.delete()
    forgetting.forget_all(members)
    named.delete()
    return len(units)


def _keep_numbers(unit_id: int, on: date) -> None:
    """The numbers of the list become numbers told: those of every earlier day, and those of this day."""
    kept = MemberCount.objects.filter(unit=unit_id)
    kept.filter(counted=True).update(counted=False)
    standing = RosterSpan.objects.filter(unit=unit_id, valid_from__lte=on, valid_to__gt=on)
    kinds = list(standing.values_list("kind", flat=True))
    if kinds:
        MemberCount.objects.bulk_create(
            (
                MemberCount(unit_id=unit_id, kind=name, counted_on=on, number=kinds.count(name))
                for name in sorted({*class_names(on), *kinds})
            ),
            update_conflicts=True,
            unique_fields=["unit", "kind", "counted_on"],
            update_fields=["number", "counted"],
        )
