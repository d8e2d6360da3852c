"""What every action begins with and ends with: the meeting under its lock, one act."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.meetings.models import Meeting
from trienkhai.orgs.actors import actor
from trienkhai.people.models import Account

Part = TypeVar("Part", bound=Model)


def locked_meeting(meeting_id: int) -> Meeting:
    """All of a meeting is written under this one lock."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("unit__present").get(pk=meeting_id)


def locked_part(rows: QuerySet[Part], pk: int, meeting: str = "meeting") -> tuple[Part, Meeting]:
    """One of the rows and its meeting under the lock. meeting: how the row names it. Raises Refused for one that was
    taken back meanwhile.
    """
    known = rows.filter(pk=pk)
    if meeting_id := known.values_list(meeting, flat=True).first():
        locked = locked_meeting(meeting_id)
        if row := known.first():
            return row, locked
    raise Refused(_("This was taken back already."))


def note(verb: str, meeting: Meeting, verdict: Verdict, by: Account, at: datetime, **data: Any) -> Act:
    """The act names a meeting by unit and day; what was said there is never in it."""
    label = f"{meeting.unit.short_name}, {meeting.day:%d/%m/%Y}"
    path = meeting.unit.path or ""
    return record(f"meeting.{verb}", meeting, by=actor(by, verdict.holding), at=at, unit_path=path, label=label, **data)
