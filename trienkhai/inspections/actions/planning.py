"""The programme of a year: begun, its items and teams, submitted, approved."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused
from trienkhai.documents.marks import fault_of
from trienkhai.inspections import rules
from trienkhai.inspections.actions.locking import locked_item, locked_programme, note_programme, principal_of, words
from trienkhai.inspections.models import (
    InspectionItem,
    InspectionProgramme,
    Kind,
    Manner,
    ProgrammeState,
    TeamMember,
)
from trienkhai.inspections.queries.seats import seats_of
from trienkhai.notices.actions import tell, tell_people
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

MOST_ITEMS = 100
MOST_PEOPLE = 30


@dataclass(frozen=True)
class ItemDetails:
    theme: str
    kind: str
    manner: str
    starts_on: date
    ends_on: date


@transaction.atomic
def begin_programme(unit: Unit, *, year: int, basis: str = "", by: Account, at: datetime) -> InspectionProgramme:
    """The programme of that year; the one that is there when it was begun before. Raises Refused, ValidationError."""
    held = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("present").get(pk=unit.pk)
    verdict = rules.can_plan(by, held, day_of(at)).require()
    if not 1990 <= year <= 2199:
        raise ValidationError({"year": _("This is no year.")})
    found, made = InspectionProgramme.objects.get_or_create(unit=held, year=year, defaults={"basis": _basis(basis)})
    if made:
        note_programme("begun", found, verdict, by, at)
    return found


def _basis(words: str) -> str:
    if sentence := fault_of(words):
        raise ValidationError({"basis": sentence})
    return squeeze(words)[:500]


@transaction.atomic
def change_programme(programme_id: int, *, basis: str, by: Account, at: datetime) -> InspectionProgramme:
    """The papers that it rests on. Raises Refused; ValidationError by field."""
    programme = locked_programme(programme_id)
    verdict = rules.can_change_programme(by, programme, day_of(at)).require()
    programme.basis = _basis(basis)
    programme.save(update_fields=["basis"])
    note_programme("changed", programme, verdict, by, at)
    return programme


def _checked(details: ItemDetails, programme: InspectionProgramme) -> dict[str, Any]:
    theme = words(details.theme, "theme", 500, _("Say what is looked into."))
    if details.kind not in Kind.values:
        raise ValidationError({"kind": _("Choose one of the values shown.")})
    if details.manner not in Manner.values:
        raise ValidationError({"manner": _("Choose one of the values shown.")})
    if details.ends_on < details.starts_on:
        raise ValidationError({"ends_on": _("The last day lies before the first.")})
    if details.starts_on.year != programme.year:
        raise ValidationError({"starts_on": _("An item begins in the year of its programme.")})
    return asdict(details) | {"theme": theme}


@transaction.atomic
def add_item(programme_id: int, details: ItemDetails, *, by: Account, at: datetime) -> InspectionItem:
    """One more item. The same one sent again is stored once. Raises Refused; ValidationError by field."""
    programme = locked_programme(programme_id)
    verdict = rules.can_change_programme(by, programme, day_of(at)).require()
    values = _checked(details, programme)
    if same := programme.items.filter(**values).first():
        return same
    if programme.items.count() >= MOST_ITEMS:
        raise Refused(_("A programme has at most %(n)d items.") % {"n": MOST_ITEMS})
    item = InspectionItem.objects.create(programme=programme, **values)
    note_programme("item_added", programme, verdict, by, at, item=item.pk)
    return item


@transaction.atomic
def change_item(item_id: int, details: ItemDetails, *, by: Account, at: datetime) -> InspectionItem:
    """Theme, kind and days, until one of its inspections has begun."""
    item = locked_item(item_id)
    verdict = rules.can_change_item(by, item, day_of(at)).require()
    values = _checked(details, item.programme)
    for name, given in values.items():
        setattr(item, name, given)
    item.save(update_fields=list(values))
    note_programme("item_changed", item.programme, verdict, by, at, item=item.pk)
    return item


@transaction.atomic
def remove_item(item_id: int, *, by: Account, at: datetime) -> None:
    """Leave an item out that nobody was drawn for; in an approved programme its inspections are dropped instead, each
    with a reason."""
    item = locked_item(item_id)
    verdict = rules.can_change_programme(by, item.programme, day_of(at)).require()
    if item.programme.is_approved or item.inspections.exists() or item.draws.exists():
        raise Refused(_("Subjects were named or drawn for this item, or the programme is approved: it stays."))
    item.delete()
    note_programme("item_removed", item.programme, verdict, by, at, item=item_id)


@transaction.atomic
def set_team(item_id: int, people: Collection[int], *, lead: int, by: Account, at: datetime) -> InspectionItem:
    """people: accounts of holders of posts of the unit by which work is read. lead: one of them. Those newly named are
    told."""
    item = locked_item(item_id)
    unit, on = item.programme.unit, day_of(at)
    verdict = rules.can_set_subjects(by, item, on).require()
    seats = {row.account_id: row for row in seats_of(unit, on)}
    if not set(people) <= set(seats) or len(people) > MOST_PEOPLE:
        raise ValidationError({"people": _("Only holders of posts of the unit are named.")})
    if lead not in people:
        raise ValidationError({"lead": _("One of the team leads it.")})
    before = set(item.team.values_list("account", flat=True))
    item.team.all().delete()
    TeamMember.objects.bulk_create(
        TeamMember(
            item=item,
            account_id=pk,
            name=seats[pk].account.name[:150],
            post=seats[pk].post.title[:160],
            leads=pk == lead,
        )
        for pk in sorted(set(people))
    )
    act = note_programme("team_set", item.programme, verdict, by, at, item=item.pk, people=len(set(people)))
    fresh = {pk: seats[pk].post_id for pk in set(people) - before - {by.pk}}
    url = reverse("inspections:item", args=[item.pk])
    tell_people(fresh, "inspection_team", url=url, at=at, act=act.pk, item=item.theme)
    return item


@transaction.atomic
def submit_programme(programme_id: int, *, by: Account, at: datetime) -> InspectionProgramme:
    """Those who may approve it are told that it waits for them."""
    programme = locked_programme(programme_id)
    verdict = rules.can_submit(by, programme, day_of(at)).require()
    programme.state, programme.submitted_by = ProgrammeState.SUBMITTED, by
    programme.submitted_for = principal_of(verdict)
    programme.save(update_fields=["state", "submitted_by", "submitted_for"])
    act = note_programme("submitted", programme, verdict, by, at)
    url = reverse("inspections:programme", args=[programme.pk])
    kind = "inspection_programme_submitted"
    decider = rules.deciding_unit(programme.unit, programme.claim, day_of(at))
    tell(decider.pk, rules.APPROVERS, kind, url=url, at=at, act=act.pk, year=programme.year)
    return programme


@transaction.atomic
def approve_programme(programme_id: int, *, by: Account, at: datetime) -> InspectionProgramme:
    """From now on inspections begin; items are changed only by who approves. Raises Refused."""
    programme = locked_programme(programme_id)
    verdict = rules.can_approve(by, programme, day_of(at)).require()
    programme.state, programme.approved_by, programme.approved_at = ProgrammeState.APPROVED, by, at
    programme.save(update_fields=["state", "approved_by", "approved_at"])
    act = note_programme("approved", programme, verdict, by, at, items=programme.items.count())
    url = reverse("inspections:programme", args=[programme.pk])
    kind = "inspection_programme_approved"
    tell(programme.unit_id, rules.PLANNERS[:1], kind, url=url, at=at, act=act.pk, year=programme.year)
    return programme
