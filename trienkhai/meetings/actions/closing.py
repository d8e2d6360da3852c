"""The minutes are closed, put right by corrections, sent to the unit above."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.documents.marks import fault_of
from trienkhai.meetings import rules
from trienkhai.meetings.actions.attending import due_day
from trienkhai.meetings.actions.figuring import figure_ballots
from trienkhai.meetings.actions.locking import locked_meeting, note
from trienkhai.meetings.models import Correction, Meeting, MeetingState
from trienkhai.meetings.queries.integrity import digest_of
from trienkhai.meetings.queries.turnout import quorum_figures
from trienkhai.notices.actions import tell
from trienkhai.orgs.models import Role
from trienkhai.orgs.queries import standing_for
from trienkhai.people.models import Account

TOLD_ABOVE = (Role.OFFICER, Role.LEADER, Role.SECRETARY)


@transaction.atomic
def close_minutes(meeting_id: int, *, ended_at: datetime, by: Account, at: datetime) -> Meeting:
    """Quorum and ballots are figured for the last time; nothing of the meeting changes afterwards. The days for sending
    the minutes up run from the day on which it ended.

    A meeting without a quorum is closed like any other, and decides nothing. Raises Refused, also while two texts of a
    passage wait to be settled, or where nobody's presence was told; ValidationError for an end before the beginning.
    """
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_close(by, meeting, day_of(at)).require()
    if meeting.began_at is None or ended_at <= meeting.began_at or ended_at > at:
        raise ValidationError({"hour": _("It ended after it began, and not later than now.")})
    figures = quorum_figures(meeting, figure_ballots(meeting))
    meeting.figures, meeting.ended_at = figures, ended_at
    meeting.minutes_due_on = due_day(meeting, day_of(ended_at))
    meeting.state, meeting.closed_by, meeting.closed_at = MeetingState.CLOSED, by, at
    meeting.digest = digest_of(meeting)
    meeting.save()
    said = {name: figures[name] for name in ("summoned", "counted", "present", "needed", "met") if name in figures}
    note("closed", meeting, verdict, by, at, digest=meeting.digest, **said)
    return meeting


@transaction.atomic
def correct_minutes(meeting_id: int, *, text: str, reason: str, by: Account, at: datetime) -> Correction:
    """What is put right, with its reason; shown beside the minutes, which stay as they were closed."""
    given = {"text": text.strip(), "reason": reason.strip()[:500]}
    for name, words in given.items():
        if not words:
            raise ValidationError({name: _("Say what is put right.") if name == "text" else _("Say why.")})
        if sentence := fault_of(words):
            raise ValidationError({name: sentence})
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_correct(by, meeting, day_of(at)).require()
    row = Correction.objects.create(meeting=meeting, **given, by=by, at=at)
    note("corrected", meeting, verdict, by, at, personal={"reason": row.reason})
    return row


@transaction.atomic
def send_minutes_up(meeting_id: int, *, by: Account, at: datetime) -> Meeting:
    """The unit above reads the minutes from now on, and is told. Raises Refused."""
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_send_up(by, meeting, day_of(at)).require()
    sender = standing_for(meeting.unit, day_of(at)).present
    meeting.sent_to, meeting.sent_on = sender.parent if sender else None, day_of(at)
    meeting.save(update_fields=["sent_to", "sent_on"])
    act = note("sent_up", meeting, verdict, by, at, late=meeting.was_late)
    words = {"unit": meeting.unit.short_name, "meeting": meeting.title}
    url = reverse("meetings:meeting", args=[meeting.pk])
    tell(meeting.sent_to_id or 0, TOLD_ABOVE, "minutes_sent", url=url, at=at, act=act.pk, **words)
    return meeting
