"""The meeting begins; who came, named holders one by one, other members by numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.meetings import rules
from trienkhai.meetings.actions.figuring import figure_ballots
from trienkhai.meetings.actions.locking import locked_meeting, note
from trienkhai.meetings.actions.seating import seat
from trienkhai.meetings.models import ClassAbsence, ClassCount, Meeting, MeetingState, Passage
from trienkhai.meetings.models.meeting import PRESENT
from trienkhai.meetings.norms import bodies, member_classes, minutes_due, reasons
from trienkhai.meetings.queries.turnout import turnout_state, turnout_state_of
from trienkhai.meetings.queries.year import suggested_participants
from trienkhai.people.models import Account

MOST = 1_000_000


@transaction.atomic
def begin_meeting(meeting_id: int, *, began_at: datetime, by: Account, at: datetime) -> Meeting:
    """It is held: minutes and attendance are written from now on. One that has begun is left as it is. Where no
    invitation named who is convened, it is whoever sits in the body on its day, not on the day it was planned.
    """
    meeting = locked_meeting(meeting_id)
    if meeting.state == MeetingState.OPEN:
        rules.can_write(by, meeting, day_of(at)).require()
        return meeting
    verdict = rules.can_begin(by, meeting, day_of(at)).require()
    if began_at > at:
        raise ValidationError({"hour": _("This hour has not come.")})
    if day_of(began_at) != meeting.day:
        raise ValidationError({"hour": _("It began on the day of the meeting, or the day is changed first.")})
    meeting.state, meeting.began_at = MeetingState.OPEN, began_at
    meeting.minutes_due_on = due_day(meeting, meeting.day)
    meeting.save(update_fields=["state", "began_at", "minutes_due_on"])
    if not meeting.invited_at and (members := suggested_participants(meeting.unit, meeting.body, meeting.day)):
        seat(meeting, {pk: True for pk in members})
    keys = ["opening", *(f"item-{pk}" for pk in meeting.items.order_by("position").values_list("pk", flat=True))]
    Passage.objects.bulk_create(Passage(meeting=meeting, key=key) for key in [*keys, "closing"])
    note("begun", meeting, verdict, by, at)
    return meeting


def due_day(meeting: Meeting, last: date) -> date:
    """The last day to send the minutes up of a meeting that ends on `last`. None go up from the topmost unit."""
    present = meeting.unit.present
    if present is not None and present.parent_id is None:
        return OPEN_END
    return minutes_due(last, meeting.unit.path or "")


@dataclass(frozen=True)
class ClassTold:
    """Members of one class besides those named. absent: reason → how many; whoever is in none is absent without."""

    summoned: int
    present: int
    absent: Mapping[str, int] = field(default_factory=dict)


class ToldMeanwhile(Exception):
    """Another person told the turnout after the page was made on which this one was typed."""


@transaction.atomic
def tell_turnout(
    meeting_id: int,
    presences: Mapping[int, str],
    classes: Mapping[str, ClassTold],
    *,
    speakers: int | None = None,
    base: str | None = None,
    by: Account,
    at: datetime,
) -> Meeting:
    """Who came. presences: participant → `present`, a reason, or empty. speakers: how many spoke, None when nobody
    counted. Told again, it is put right.

    base: the state that the teller's page showed (`turnout_state`). When another one is stored since, and not the one
    that is told, nothing is stored and ToldMeanwhile is raised.
    Ballots are figured anew. ValidationError by field: more present than summoned, more reasons than absent people,
    fewer present than voted.
    """
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_write(by, meeting, day_of(at)).require()
    _check(meeting, presences, classes)
    if base is not None and base != (stored := turnout_state(meeting)):
        rows = dict(meeting.participants.values_list("pk", "presence")) | dict(presences)
        told = {kind: (one.summoned, one.present, one.absent) for kind, one in classes.items()}
        if stored != turnout_state_of(rows, told, speakers):
            raise ToldMeanwhile
    for row in meeting.participants.filter(pk__in=presences):
        if row.presence != presences[row.pk]:
            row.presence = presences[row.pk]
            row.save(update_fields=["presence"])
    meeting.counts.all().delete()
    meeting.absences.all().delete()
    kept = {kind: one for kind, one in classes.items() if one.summoned}
    ClassCount.objects.bulk_create(
        ClassCount(meeting=meeting, kind=kind, summoned=one.summoned, present=one.present) for kind, one in kept.items()
    )
    ClassAbsence.objects.bulk_create(
        ClassAbsence(meeting=meeting, kind=kind, reason=reason, number=number)
        for kind, one in kept.items()
        for reason, number in one.absent.items()
        if number
    )
    turnout = figure_ballots(meeting)
    if speakers is not None and not 0 <= speakers <= turnout.present:
        said = _("%(spoke)s spoke, but only %(present)s with a vote are present.")
        raise ValidationError({"speakers": said % {"spoke": speakers, "present": turnout.present}})
    meeting.speakers = speakers
    meeting.save(update_fields=["speakers"])
    figures = {"summoned": turnout.summoned, "counted": turnout.counted, "present": turnout.present}
    note("turnout_told", meeting, verdict, by, at, **figures)
    return meeting


def _check(meeting: Meeting, presences: Mapping[int, str], classes: Mapping[str, ClassTold]) -> None:
    day, place = meeting.day, meeting.unit.path or ""
    known = reasons(day, place)
    rows = set(meeting.participants.values_list("pk", flat=True))
    if not set(presences) <= rows or not set(presences.values()) <= {"", PRESENT, *known}:
        raise ValidationError(_("Choose one of the values shown."))
    told = any(one.summoned or one.present or any(one.absent.values()) for one in classes.values())
    if told and not bodies(day, place).get(meeting.body, {}).get("members"):
        raise ValidationError(_("Only named members sit in this body."))
    if not set(classes) <= set(member_classes(day, place)):
        raise ValidationError(_("Choose one of the values shown."))
    for kind, one in classes.items():
        _check_class(kind, one, set(known))


def _check_class(kind: str, one: ClassTold, known: set[str]) -> None:
    numbers = (one.summoned, one.present, *one.absent.values())
    if not set(one.absent) <= known or not all(0 <= number <= MOST for number in numbers):
        raise ValidationError({f"summoned_{kind}": _("This is not a number of people.")})
    if one.present > one.summoned:
        raise ValidationError({f"present_{kind}": _("More came than were summoned.")})
    absent, reasoned = one.summoned - one.present, sum(one.absent.values())
    if reasoned > absent:
        sentence = _("%(absent)s were absent, but reasons are told for %(told)s.")
        raise ValidationError({f"summoned_{kind}": sentence % {"absent": absent, "told": reasoned}})
