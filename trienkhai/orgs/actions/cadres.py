"""Courses that holders of posts have finished, and members as numbers."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.norms.queries import value
from trienkhai.orgs import rules_posts
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import MemberCount, Training, Unit
from trienkhai.orgs.queries_members import tells_itself
from trienkhai.orgs.rules_roster import has_roster
from trienkhai.people.models import Account

MOST = 999_999


@transaction.atomic
def add_training(
    person: Account, *, kind: str, finished_on: date, issued_by: str, by: Account, at: datetime
) -> Training:
    """Keep that a holder of a post has finished a course. Raises Refused; ValidationError for a course kept already."""
    person = Account.objects.select_for_update(no_key=True).get(pk=person.pk)
    verdict = rules_posts.can_keep_care(by, person, day_of(at)).require()
    if kind not in value("training.kinds", on=day_of(at), default={}):
        raise ValidationError({"kind": _("There is no such course.")})
    if finished_on > day_of(at):
        raise ValidationError({"finished_on": _("This day has not come yet.")})
    if not issued_by.strip():
        raise ValidationError({"issued_by": _("Say who held the course.")})
    if Training.objects.filter(account=person, kind=kind, finished_on=finished_on).exists():
        raise ValidationError({"finished_on": _("This course is kept already.")})
    row = Training.objects.create(account=person, kind=kind, finished_on=finished_on, issued_by=issued_by.strip())
    said = {"course": f"{kind} {finished_on}"}
    record("training.added", person, by=actor(by, verdict.holding), at=at, personal=said)
    return row


@transaction.atomic
def remove_training(training_id: int, *, by: Account, at: datetime) -> None:
    """Take away a course kept by mistake."""
    row = Training.objects.select_for_update(of=("self",)).select_related("account").get(pk=training_id)
    verdict = rules_posts.can_keep_care(by, row.account, day_of(at)).require()
    row.delete()
    record("training.removed", row.account, by=actor(by, verdict.holding), at=at)


@transaction.atomic
def read_training(person: Account, *, by: Account, at: datetime) -> list[Training]:
    """The courses of a holder, newest first; that they were read is an act, unless a person reads the own ones."""
    verdict = rules_posts.can_read_care(by, person, day_of(at)).require()
    if by.pk != person.pk:
        record("training.read", person, by=actor(by, verdict.holding), at=at)
    return list(person.trainings.order_by("-finished_on", "pk"))


@transaction.atomic
def tell_members(
    unit: Unit, numbers: Mapping[str, int], *, counted_on: date, by: Account, at: datetime
) -> dict[str, int]:
    """How many members of each class the unit has on a day; told again, the numbers of that day are put right.

    Raises Refused, also while the unit keeps a list by name; ValidationError for a day to come, an unknown class, no
    number, and for a unit whose numbers come from those below it.
    """
    unit = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("present").get(pk=unit.pk)
    verdict = rules_posts.can_tell_members(by, unit, day_of(at)).require()
    if has_roster(unit):
        raise Refused(_("The numbers of this unit are counted from its list of members by name."))
    if counted_on > day_of(at):
        raise ValidationError({"counted_on": _("This day has not come yet.")})
    if not tells_itself(unit, counted_on):
        raise ValidationError(_("The numbers of this unit come from the units below it."))
    return store_counts(unit, numbers, counted_on, who=actor(by, verdict.holding), at=at)


def store_counts(unit: Unit, numbers: Mapping[str, int], on: date, *, who: Actor, at: datetime) -> dict[str, int]:
    """Write the numbers of one unit and day with their act; returns those stored."""
    classes = value("members.classes", on=on, default={})
    for name in classes:
        if not 0 <= numbers.get(name, -1) <= MOST:
            raise ValidationError({name: _("Say a number from 0 on.")})
    if set(numbers) - set(classes):
        raise ValidationError(_("There is no such class of members."))
    old = dict(MemberCount.objects.filter(unit=unit, counted_on=on).values_list("kind", "number"))
    MemberCount.objects.bulk_create(
        (MemberCount(unit=unit, kind=name, counted_on=on, number=numbers[name]) for name in classes),
        update_conflicts=True,
        unique_fields=["unit", "kind", "counted_on"],
        update_fields=["number"],
    )
    new = {name: numbers[name] for name in classes}
    record("members.told", unit, by=who, at=at, unit_path=unit.path, on=str(on), old=old, new=new)
    return new
