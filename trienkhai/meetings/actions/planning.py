"""Meetings are planned one by one or for a year, changed, cancelled; people and units are invited."""

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of, moment
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import squeeze
from trienkhai.documents.marks import fault_of
from trienkhai.meetings import rules
from trienkhai.meetings.actions.locking import locked_meeting, note
from trienkhai.meetings.actions.seating import seat
from trienkhai.meetings.models import AgendaItem, Invitation, Kind, Meeting, MeetingState
from trienkhai.meetings.norms import agenda_of, bodies, earliest_day
from trienkhai.meetings.queries.year import seats_of, suggested_participants, title_for
from trienkhai.notices.actions import tell, tell_posts
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Role, Unit
from trienkhai.people.models import Account

MOST_UNITS = 200
INVITED_POSTS = (Role.LEADER, Role.SECRETARY, Role.FOCAL)


@dataclass(frozen=True)
class Details:
    """What is set of a meeting before it is held. An empty title is made of body, kind and month."""

    body: str
    starts_at: datetime
    place: str
    kind: str = Kind.REGULAR
    title: str = ""


def _checked(details: Details, unit: Unit) -> dict[str, Any]:
    """The columns; ValidationError by field."""
    day, place = day_of(details.starts_at), unit.path or ""
    if details.body not in bodies(day, place):
        raise ValidationError({"body": _("Choose one of the values shown.")})
    if details.kind not in Kind.values:
        raise ValidationError({"kind": _("Choose one of the values shown.")})
    if not squeeze(details.place):
        raise ValidationError({"place": _("Say where it is held, or by which means.")})
    if sentence := fault_of(details.title):
        raise ValidationError({"title": sentence})
    title = squeeze(details.title) or title_for(details.body, details.kind, day, place)
    return {
        "body": details.body,
        "kind": details.kind,
        "starts_at": details.starts_at,
        "place": squeeze(details.place)[:250],
        "title": title[:250],
    }


@transaction.atomic
def plan_meeting(unit: Unit, details: Details, *, by: Account, at: datetime) -> Meeting:
    """A meeting with the usual agenda and the members of its body. The same one sent again is stored once.

    Raises Refused; ValidationError by field, also for a day that is past; an extraordinary one held some days ago is
    recorded afterwards.
    """
    unit = _held(unit)
    verdict = rules.can_convene(by, unit, day_of(at)).require()
    values = _checked(details, unit)
    if day_of(details.starts_at) < earliest_day(details.kind, on=day_of(at), place=unit.path or ""):
        raise ValidationError({"day": _("This day is past.")})
    if same := Meeting.objects.filter(unit=unit, state=MeetingState.PLANNED, **values).first():
        return same
    meeting = _made(unit, values)
    note("planned", meeting, verdict, by, at, kind=str(meeting.kind), body=meeting.body)
    return meeting


def _held(unit: Unit) -> Unit:
    rows = Unit.objects.select_for_update(of=("self",), no_key=True).select_related("present")
    return rows.get(pk=unit.pk)


def _made(unit: Unit, values: dict[str, Any]) -> Meeting:
    meeting = Meeting.objects.create(unit=unit, **values)
    rows = agenda_of(meeting.body, on=meeting.day, place=unit.path or "")
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=number, title=title, minutes=minutes)
        for number, (title, minutes) in enumerate(rows, start=1)
    )
    members = suggested_participants(unit, meeting.body, meeting.day)
    seat(meeting, {pk: True for pk in members})
    return meeting


@transaction.atomic
def plan_year(
    unit: Unit, details: Details, *, year: int, months: Sequence[int], by: Account, at: datetime
) -> list[Meeting]:
    """Regular meetings of a body in these months of a year, on the day and at the hour of `details.starts_at`, in a
    shorter month on its last day. Months that have one already, and days that are past, are left out. One act.
    """
    unit = _held(unit)
    verdict = rules.can_convene(by, unit, day_of(at)).require()
    if not months or not set(months) <= set(range(1, 13)):
        raise ValidationError({"months": _("Choose at least one month.")})
    local = timezone.localtime(details.starts_at)
    taken = _months_taken(unit, details.body, year)
    made = []
    for month in sorted(set(months) - taken):
        day = date(year, month, min(local.day, calendar.monthrange(year, month)[1]))
        if day < day_of(at):
            continue
        one = Details(details.body, moment(day, local.hour, local.minute), details.place)
        made.append(_made(unit, _checked(one, unit)))
    if made:
        path = unit.path or ""
        words: dict[str, Any] = {"label": f"{unit.short_name}, {year}", "count": len(made), "year": year}
        record("meeting.year_planned", None, by=actor(by, verdict.holding), at=at, unit_path=path, **words)
    return made


def _months_taken(unit: Unit, body: str, year: int) -> set[int]:
    rows = Meeting.objects.filter(unit=unit, body=body, kind=Kind.REGULAR).exclude(state=MeetingState.CANCELLED)
    ends = moment(date(year + 1, 1, 1), 0)
    return {row.day.month for row in rows.filter(starts_at__gte=moment(date(year, 1, 1), 0), starts_at__lt=ends)}


@transaction.atomic
def change_meeting(meeting_id: int, details: Details, *, by: Account, at: datetime) -> Meeting:
    """Another day, hour, place or title; whoever was invited is told of a meeting to come. The same again changes
    nothing. A day that is past is one after the planned day: the meeting was held later and is recorded afterwards.
    """
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_change(by, meeting, day_of(at)).require()
    values = _checked(details, meeting.unit)
    changed = [name for name in values if getattr(meeting, name) != values[name]]
    if not changed:
        return meeting
    if "starts_at" in changed and day_of(details.starts_at) < min(meeting.day, day_of(at)):
        raise ValidationError({"day": _("This day is past.")})
    for name in changed:
        setattr(meeting, name, values[name])
    meeting.save(update_fields=changed)
    act = note("changed", meeting, verdict, by, at, fields=sorted(changed))
    if meeting.invited_at and meeting.day >= day_of(at):
        _tell(meeting, "meeting_changed", act.pk, at)
    return meeting


@transaction.atomic
def cancel_meeting(meeting_id: int, *, reason: str, by: Account, at: datetime) -> Meeting:
    """It is not held; the reason stands beside it. One opened by mistake is as if it had not begun."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    if sentence := fault_of(reason):
        raise ValidationError({"reason": sentence})
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_cancel(by, meeting, day_of(at)).require()
    meeting.state, meeting.reason = MeetingState.CANCELLED, reason.strip()[:500]
    meeting.began_at, meeting.minutes_due_on = None, OPEN_END
    meeting.save(update_fields=["state", "reason", "began_at", "minutes_due_on"])
    meeting.passages.all().delete()
    act = note("cancelled", meeting, verdict, by, at, personal={"reason": meeting.reason})
    if meeting.invited_at:
        _tell(meeting, "meeting_cancelled", act.pk, at)
    return meeting


@transaction.atomic
def invite(
    meeting_id: int, seats: Mapping[int, bool], units: Collection[Unit], *, by: Account, at: datetime
) -> Meeting:
    """Send the invitation with agenda and papers. seats: account of a holder of the unit → has a vote.

    Sent again, only those newly invited are told, and it has gone out when it did first. Raises Refused;
    ValidationError by field.
    """
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_invite(by, meeting, day_of(at)).require()
    _check_invited(meeting, seats, units, day_of(at))
    before = set(meeting.participants.values_list("account", flat=True)) if meeting.invited_at else set()
    asked = set(meeting.invitations.values_list("unit", flat=True))
    seat(meeting, seats)
    meeting.invitations.exclude(unit__in=units).delete()
    fresh = [unit for unit in units if unit.pk not in asked]
    Invitation.objects.bulk_create(Invitation(meeting=meeting, unit=unit, at=at) for unit in fresh)
    meeting.invited_at = meeting.invited_at or at
    meeting.save(update_fields=["invited_at"])
    act = note("invited", meeting, verdict, by, at, people=len(seats), units=len(units))
    _tell(meeting, "meeting_invited", act.pk, at, besides=before, only=fresh)
    return meeting


def _check_invited(meeting: Meeting, seats: Mapping[int, bool], units: Collection[Unit], on: date) -> None:
    known = {row.account_id for row in seats_of(meeting.unit, meeting.day)}
    known |= set(meeting.participants.values_list("account", flat=True))
    if not set(seats) <= known:
        raise ValidationError({"people": _("Only holders of posts of the unit are named.")})
    if len(units) > MOST_UNITS:
        raise ValidationError({"units": _("At most %(n)d units are invited.") % {"n": MOST_UNITS}})
    if any(unit.pk == meeting.unit_id or unit.closed_on <= on for unit in units):
        raise ValidationError({"units": _("Choose other units that stand today.")})


def _tell(
    meeting: Meeting,
    kind: str,
    act: int,
    at: datetime,
    *,
    besides: Collection[int] = (),
    only: Collection[Unit] | None = None,
) -> None:
    """Holders by their posts, invited units by their leaders, secretaries and focal points; members by theirs."""
    url = reverse("meetings:meeting", args=[meeting.pk])
    local = timezone.localtime(meeting.starts_at)
    words = {"unit": meeting.unit.short_name, "meeting": meeting.title, "when": f"{local:%H:%M %d/%m/%Y}"}
    rows = meeting.participants.exclude(account__in=besides)
    tell_posts(rows.values_list("holding__post", flat=True), kind, url=url, at=at, act=act, **words)
    if bodies(meeting.day, meeting.unit.path or "").get(meeting.body, {}).get("members") and not besides:
        tell(meeting.unit_id, (Role.MEMBER,), kind, url=url, at=at, act=act, **words)
    told = Unit.objects.filter(invited_to__meeting=meeting) if only is None else only
    for unit in told:
        tell(unit.pk, INVITED_POSTS, kind, url=url, at=at, act=act, **words)
