"""What was concluded becomes work through a document of its kind; the resolution becomes a draft."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.documents.actions import begin_draft, register_document
from trienkhai.documents.models import Book, Clause, Document, Draft
from trienkhai.documents.queries.drafts import habits_of
from trienkhai.meetings import rules
from trienkhai.meetings.actions.locking import locked_meeting, note
from trienkhai.meetings.models import Conclusion, Meeting
from trienkhai.meetings.papers import resolution_body, resolution_title
from trienkhai.norms.queries import value
from trienkhai.people.models import Account
from trienkhai.tasks.actions import add_task, start_issue
from trienkhai.tasks.models import Issue, Task

TYPE = "meetings.conclusion_type"


def give_conclusion(
    conclusion_id: int, *, not_secret: bool, due_on: date | None = None, by: Account, at: datetime
) -> Issue:
    """One act: the conclusions of the meeting stand as a document in the unit's internal book (made the first time),
    and this one as a task on the sheet that is prepared from it. A leader then issues the sheet as always.

    not_secret: the person declares that the conclusions hold no state secret. due_on: the day of the task where the one
    concluded has passed meanwhile; the closed minutes keep theirs. Raises Refused, also for one that is a task already;
    ValidationError, as for a due day that is past.
    """
    with transaction.atomic():
        row = Conclusion.objects.select_related("lead__present").get(pk=conclusion_id)
        meeting = locked_meeting(row.meeting_id)
        row.refresh_from_db(fields=["task"])
        verdict = rules.can_give(by, meeting, day_of(at)).require()
        if not Conclusion.objects.to_give().filter(pk=row.pk).exists():
            raise Refused(_("This conclusion is a task already."))
        if not not_secret:
            raise ValidationError({"not_secret": _("Declare that the document holds no state secret.")})
        day = _day_of(row, due_on, day_of(at))
        document = meeting.conclusions_paper or _registered(meeting, verdict, by, at)
        row.task = _prepared(row, document, meeting, day, by, at)
        row.save(update_fields=["task"])
        moved = {"new_day": row.task.due_on.isoformat()} if row.task.due_on != row.due_on else {}
        note("conclusion_given", meeting, verdict, by, at, conclusion=row.position, task=row.task.pk, **moved)
        return row.task.issue


def _day_of(row: Conclusion, due_on: date | None, on: date) -> date:
    if row.due_on >= on:
        return row.due_on
    if due_on is None or due_on < on:
        raise ValidationError({"due_on": _("The day set for this conclusion is past: set another.")})
    return due_on


def _registered(meeting: Meeting, verdict: Verdict, by: Account, at: datetime) -> Document:
    kind = value(TYPE, on=meeting.day, place=meeting.unit.path or "", default="Kết luận")
    rows = meeting.conclusions.order_by("position")
    text = "\n".join(
        [f"{meeting.title}, ngày {meeting.day:%d/%m/%Y}", *(f"{n}. {row}" for n, row in enumerate(rows, 1))]
    )
    fields = {
        "doc_type": kind,
        "title": f"{kind} của {meeting.title[:1].lower()}{meeting.title[1:]}, ngày {meeting.day:%d/%m/%Y}",
        "issued_on": meeting.day,
        "issuer_name": meeting.unit.name,
    }
    document = register_document(
        meeting.unit,
        text=text,
        not_secret=True,
        book=Book.INTERNAL,
        fields=fields,
        allowed=verdict,
        by=by,
        at=at,
    )
    meeting.conclusions_paper = document
    meeting.save(update_fields=["conclusions_paper"])
    return document


def _prepared(row: Conclusion, document: Document, meeting: Meeting, due_on: date, by: Account, at: datetime) -> Task:
    place = list(meeting.conclusions.order_by("position").values_list("pk", flat=True)).index(row.pk) + 1
    clauses = Clause.objects.filter(text__document=document, label=str(place)).values_list("pk", flat=True)
    proposal = {
        "title": row.text,
        "due_on": due_on,
        "selection": f"unit:{row.lead.code}" if row.lead else "",
        "clauses": list(clauses),
    }
    issue = start_issue(document, meeting.unit, [], by=by, at=at)
    return add_task(issue.pk, proposal, by=by, at=at)


@transaction.atomic
def draft_resolution(meeting_id: int, *, by: Account, at: datetime) -> Draft:
    """The resolution of the meeting as a draft in the official layout; asked again, the same draft, and
    a new one once that was put aside.

    Raises Refused, above all for a meeting without a quorum.
    """
    meeting = locked_meeting(meeting_id)
    verdict = rules.can_draft_resolution(by, meeting, day_of(at)).require()
    if meeting.resolution and rules.resolution_stands(meeting):
        return meeting.resolution
    words = habits_of(meeting.unit) | {
        "kind": "resolution",
        "title": resolution_title(meeting),
        "body": resolution_body(meeting),
    }
    meeting.resolution = begin_draft(meeting.unit, words, allowed=verdict, by=by, at=at)
    meeting.save(update_fields=["resolution"])
    note("resolution_drafted", meeting, verdict, by, at)
    return meeting.resolution
