"""What this area means for documents: both units of a session read its notice; what leaves with it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from trienkhai.documents.models import Document
from trienkhai.worksessions.models import Conclusion, Session


def seen_by_session(own: Iterable[int], branches: Iterable[int], on: date) -> list[QuerySet]:
    """Ids of documents: issued notices of sessions of units of `own`, of either side."""
    rows = Session.objects.filter(Q(upper__in=own) | Q(unit__in=own), notice__document__isnull=False)
    return [rows.values_list("notice__document", flat=True)]


def empty_conclusions(document: Document) -> dict[str, list[int]]:
    """A notice that is locked away takes the words of its conclusions with it; dossiers read these when shown."""
    rows = Conclusion.objects.filter(session__notice__document=document)
    removed = {Conclusion._meta.label_lower: list(rows.values_list("pk", flat=True))}
    rows.update(text="…")
    return removed
