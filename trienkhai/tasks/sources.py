"""What tasks mean for the documents they come from: who sees a document because of work, whether it gave any."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.documents.models import Document
from trienkhai.tasks.models import (
    Assignment,
    CoordinationPaper,
    Opinion,
    Programme,
    ProgrammeItem,
    Share,
    Tally,
    Task,
)


def seen_by_work(own: Iterable[int], branches: Iterable[int], on: date) -> list[QuerySet]:
    """Ids of documents: a unit of `own` holds an assignment, a part or a watch from them, or one below `branches` work.

    Work below is found by the counters of the branches' heads: a row for each task, however many units hold it.
    """
    sources: tuple[QuerySet[Any], ...] = (
        Assignment.objects.filter(held_by__in=own),
        Share.objects.filter(unit__in=own),
        Tally.objects.filter(unit__in=branches),
    )
    given = Task.objects.exclude(document=None)
    by_work: list[QuerySet] = [
        given.filter(pk__in=rows.values("task")).values_list("document", flat=True) for rows in sources
    ]
    asked = Opinion.objects.filter(asked__in=own, withdrawn_on=None).exclude(document=None)
    papers = CoordinationPaper.objects.filter(partnership__partner__in=own)
    return [*by_work, asked.values_list("document", flat=True), papers.values_list("document", flat=True)]


def remove_coordination(document: Document) -> dict[str, list[int]]:
    """Take a document that is locked away out of the papers of partners, and the words of opinions asked on it."""
    papers = CoordinationPaper.objects.filter(document=document)
    opinions = Opinion.objects.filter(Q(document=document) | Q(answer_document=document))
    touched = {rows.model._meta.label_lower: list(rows.values_list("pk", flat=True)) for rows in (papers, opinions)}
    papers.delete()
    Opinion.objects.filter(pk__in=touched["tasks.opinion"]).update(
        subject=_("(secret document)"), question="", answer="", withdrawn_reason="", document=None, answer_document=None
    )
    return touched


def remove_programmes(document: Document) -> dict[str, list[int]]:
    """Delete the programmes of which a document that is locked away is the paper, with their items; ids by table."""
    programmes = Programme.objects.filter(Q(document=document) | Q(draft__document=document))
    items = ProgrammeItem.objects.filter(programme__in=programmes)
    removed = {rows.model._meta.label_lower: list(rows.values_list("pk", flat=True)) for rows in (programmes, items)}
    Programme.objects.filter(pk__in=removed["tasks.programme"]).delete()
    return removed


def has_work(document: Document) -> bool:
    return Task.objects.filter(document=document, issued_on__isnull=False).exists()
