"""Items of the agenda and the papers laid before the meeting with each."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import hold_document
from trienkhai.documents.marks import fault_of
from trienkhai.documents.models import Document
from trienkhai.documents.rules import visible_documents
from trienkhai.meetings import rules
from trienkhai.meetings.actions.locking import locked_meeting, locked_part, note
from trienkhai.meetings.models import AgendaItem, Meeting, MeetingState, Paper, Passage
from trienkhai.meetings.norms import agenda_of
from trienkhai.people.models import Account

MOST = 60


@transaction.atomic
def add_item(
    meeting_id: int, *, title: str, presenter: str = "", minutes: int = 0, by: Account, at: datetime
) -> AgendaItem:
    """One more item at the end; while the meeting is held, with its place in the minutes. Raises ValidationError."""
    title, presenter = squeeze(title)[:500], squeeze(presenter)[:160]
    if not title:
        raise ValidationError({"title": _("Say what the item is about.")})
    if sentence := fault_of(title) or fault_of(presenter):
        raise ValidationError({"title": sentence})
    if not 0 <= minutes <= 1440:
        raise ValidationError({"minutes": _("This is no number of minutes of a day.")})
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_set_agenda(by, meeting, day_of(at)).require()
    item = _append(meeting, title, presenter, minutes)
    note("item_added", meeting, verdict, by, at, item=item.position)
    return item


def _append(meeting: Meeting, title: str, presenter: str, minutes: int) -> AgendaItem:
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST:
        raise Refused(_("An agenda has at most %(n)d items.") % {"n": MOST})
    item = AgendaItem.objects.create(
        meeting=meeting, position=last + 1, title=title, presenter=presenter, minutes=minutes
    )
    if meeting.state == MeetingState.OPEN:
        Passage.objects.create(meeting=meeting, key=f"item-{item.pk}")
    return item


@transaction.atomic
def remove_item(item_id: int, *, by: Account, at: datetime) -> None:
    """Leave an item out; one that was written about in the minutes stays. Raises Refused."""
    item, meeting = locked_part(AgendaItem.objects.all(), item_id)
    verdict = rules.can_set_agenda(by, meeting, day_of(at)).require()
    passages = meeting.passages.filter(key=f"item-{item.pk}")
    if passages.exclude(revision=0).exists():
        raise Refused(_("The minutes say something of this item: it stays."))
    passages.delete()
    item.delete()
    note("item_removed", meeting, verdict, by, at, item=item.position)


@transaction.atomic
def take_agenda(meeting_id: int, *, by: Account, at: datetime) -> list[AgendaItem]:
    """Add the usual items of the body that are not there yet."""
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_set_agenda(by, meeting, day_of(at)).require()
    known = set(meeting.items.values_list("title", flat=True))
    rows = agenda_of(meeting.body, on=meeting.day, place=meeting.unit.path or "")
    made = [_append(meeting, title, "", minutes) for title, minutes in rows if title not in known]
    if made:
        note("agenda_taken", meeting, verdict, by, at, items=len(made))
    return made


@transaction.atomic
def add_paper(item_id: int, document: Document, *, by: Account, at: datetime) -> Paper:
    """Lay a document that the person sees before the meeting: who reads the agenda reads it too. Raises Refused."""
    hold_document(Document.objects.filter(pk=document.pk))
    item, meeting = locked_part(AgendaItem.objects.all(), item_id)
    verdict = rules.can_set_agenda(by, meeting, day_of(at)).require()
    if not visible_documents(by, day_of(at)).filter(pk=document.pk).exists():
        raise Refused(_("This document is outside your sight."))
    paper, made = Paper.objects.get_or_create(item=item, document=document)
    if made:
        note("paper_added", meeting, verdict, by, at, document=document.reference)
    return paper


@transaction.atomic
def remove_paper(paper_id: int, *, by: Account, at: datetime) -> None:
    paper, meeting = locked_part(Paper.objects.select_related("document"), paper_id, "item__meeting")
    verdict = rules.can_set_agenda(by, meeting, day_of(at)).require()
    paper.delete()
    note("paper_removed", meeting, verdict, by, at, document=paper.document.reference)
