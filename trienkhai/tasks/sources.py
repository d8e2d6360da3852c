"""What tasks mean for the documents they come from: who sees a document because of work, whether it gave any."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from trienkhai.documents.models import Document
from trienkhai.tasks.models import Assignment, Share, Tally, Task


def seen_by_work(own: Iterable[int], branches: Iterable[int], on: date) -> Q:
    """Documents from which a unit of `own` holds an assignment, a part or a watch, or a unit below `branches` work.

    Work below is found by the counters of the branches' heads: a row for each task, however many units hold it.
    """
    held = Assignment.objects.filter(held_by__in=own).values("task__document")
    shared = Share.objects.filter(unit__in=own).values("task__document")
    below = Tally.objects.filter(unit__in=branches).values("task__document")
    return Q(pk__in=held) | Q(pk__in=shared) | Q(pk__in=below)


def has_work(document: Document) -> bool:
    return Task.objects.filter(document=document, issued_on__isnull=False).exists()
