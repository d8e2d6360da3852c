"""What tasks mean for the documents they come from: who sees a document because of work, and what leaves with it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.verdict import Refused
from trienkhai.documents.models import Document
from trienkhai.tasks.models import Assignment, Issue, Programme, ProgrammeItem, Share, Tally, Task


def seen_by_work(own: Iterable[int], branches: Iterable[int], on: date) -> list[QuerySet]:
    """Ids of documents: a unit of `own` holds an assignment, a part or a watch from them, or one below `branches` work.

    Work below is found by the counters of the branches' heads: a row for each task, however many units hold it.
    """
    sources: tuple[QuerySet[Any], ...] = (
        Assignment.objects.filter(held_by__in=own),
        Share.objects.filter(unit__in=own),
        Tally.objects.filter(unit__in=branches),
    )
    return [Task.objects.filter(pk__in=rows.values("task")).values_list("document", flat=True) for rows in sources]


def remove_drafts(document: Document) -> dict[str, list[int]]:
    """Delete what was prepared from a document that is locked away; ids by table. Raises Refused when it was issued."""
    if Task.objects.filter(document=document, issued_on__isnull=False).exists():
        raise Refused(_("Tasks were issued from this document; they have to be withdrawn first."))
    issues, tasks = Issue.objects.filter(document=document), Task.objects.filter(document=document)
    removed = {rows.model._meta.label_lower: list(rows.values_list("pk", flat=True)) for rows in (issues, tasks)}
    issues.delete()
    return removed


def remove_programmes(document: Document) -> dict[str, list[int]]:
    """Delete the programmes of which a document that is locked away is the paper, with their items; ids by table."""
    programmes = Programme.objects.filter(Q(document=document) | Q(draft__document=document))
    items = ProgrammeItem.objects.filter(programme__in=programmes)
    removed = {rows.model._meta.label_lower: list(rows.values_list("pk", flat=True)) for rows in (programmes, items)}
    Programme.objects.filter(pk__in=removed["tasks.programme"]).delete()
    return removed


def has_work(document: Document) -> bool:
    return Task.objects.filter(document=document, issued_on__isnull=False).exists()
