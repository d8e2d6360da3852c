"""What this area means for documents: who sees one because it is laid before a meeting, what leaves with it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet

from trienkhai.documents.models import Document
from trienkhai.meetings.models import Conclusion, Meeting, Paper
from trienkhai.meetings.queries.integrity import digest_of

OWN = Q(document__owner=F("item__meeting__unit")) | Q(document__issuer=F("item__meeting__unit"))


def seen_by_invitation(own: Iterable[int], branches: Iterable[int], on: date) -> list[QuerySet]:
    """Ids of documents: papers of meetings of units of `own`, or to which one of them is invited.

    An invited unit reads what the unit that convenes may share: papers that it holds or issued itself.
    """
    sent = Paper.objects.exclude(item__meeting__invited_at=None)
    return [
        Paper.objects.filter(item__meeting__unit__in=own).values_list("document", flat=True),
        sent.filter(OWN, item__meeting__invitations__unit__in=own).values_list("document", flat=True),
    ]


def read_by_members(units: Iterable[int]) -> QuerySet:
    """Ids of documents laid before meetings to which these units have invited: their members read them."""
    rows = Paper.objects.filter(item__meeting__unit__in=units).exclude(item__meeting__invited_at=None)
    return rows.values_list("document", flat=True)


def remove_papers(document: Document) -> dict[str, list[int]]:
    """A document that is locked away is laid before no meeting any more; where it held the conclusions of a meeting,
    these are emptied and the minutes get the SHA-256 of what is left.
    """
    papers = Paper.objects.filter(document=document)
    removed = {Paper._meta.label_lower: list(papers.values_list("pk", flat=True))}
    papers.delete()
    for meeting in Meeting.objects.filter(conclusions_paper=document):
        rows = Conclusion.objects.filter(meeting=meeting)
        removed.setdefault(Conclusion._meta.label_lower, []).extend(rows.values_list("pk", flat=True))
        rows.update(text="…")
        meeting.conclusions_paper, meeting.digest = None, digest_of(meeting)
        meeting.save(update_fields=["conclusions_paper", "digest"])
    return removed


def drafts_of_meetings(units: Iterable[int]) -> list[QuerySet]:
    """Ids of drafts: resolutions of meetings of these units."""
    return [Meeting.objects.filter(unit__in=units, resolution__isnull=False).values("resolution")]


def documents_of_meetings(units: Iterable[int]) -> list[QuerySet]:
    """Ids of documents: conclusions of meetings of these units, and their resolutions once issued."""
    held = Meeting.objects.filter(unit__in=units)
    return [
        held.filter(conclusions_paper__isnull=False).values("conclusions_paper"),
        held.filter(resolution__document__isnull=False).values("resolution__document"),
    ]
