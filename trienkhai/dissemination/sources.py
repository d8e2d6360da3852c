"""What this area means for documents: who sees one because it was sent or is studied, what leaves with it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from trienkhai.dissemination.models import Receipt, Sending, SendingBranch, SessionFile, StudyPlan, StudySession
from trienkhai.documents.actions.filing import remove_files
from trienkhai.documents.models import Document, StoredFile


def seen_by_receipt(own: Iterable[int], branches: Iterable[int], on: date) -> list[QuerySet]:
    """Ids of documents: a unit of `own` was sent them or sent them on, or they reached a unit below `branches`."""
    return [
        Receipt.objects.filter(unit__in=own).values_list("sending__document", flat=True),
        Sending.objects.filter(sender__in=own).values_list("document", flat=True),
        SendingBranch.objects.filter(unit__in=branches).values_list("sending__document", flat=True),
    ]


def studied_by_members(units: Iterable[int]) -> QuerySet:
    """Ids of documents that these units have planned to study: their members read them."""
    return StudyPlan.objects.filter(unit__in=units).values_list("document", flat=True)


def remove_sendings(document: Document) -> dict[str, list[int]]:
    """Delete what was sent, received and studied of a document that is locked away, with the files of its sessions."""
    sessions = StudySession.objects.filter(plan__document=document)
    files = list(StoredFile.objects.filter(study_sessions__session__in=sessions))
    tables = (sessions, StudyPlan.objects.filter(document=document), Receipt.objects.filter(sending__document=document))
    sendings = Sending.objects.filter(document=document)
    removed = {rows.model._meta.label_lower: list(rows.values_list("pk", flat=True)) for rows in (*tables, sendings)}
    SessionFile.objects.filter(session__in=sessions).delete()
    StudyPlan.objects.filter(document=document).delete()
    sendings.update(follows=None)
    sendings.delete()
    remove_files(files)
    return removed
