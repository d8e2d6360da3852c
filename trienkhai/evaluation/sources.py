"""What leaves this area with a document that is locked away."""

from trienkhai.documents.models import Document
from trienkhai.evaluation.models import AboveMark, CommendationPaper


def remove_evidence(document: Document) -> dict[str, list[int]]:
    """It is evidence of nothing any more; grounds told about its tasks are emptied."""
    papers = CommendationPaper.objects.filter(document=document)
    marks = AboveMark.objects.filter(assignment__task__document=document)
    removed = {
        CommendationPaper._meta.label_lower: list(papers.values_list("pk", flat=True)),
        AboveMark._meta.label_lower: list(marks.values_list("pk", flat=True)),
    }
    papers.delete()
    marks.update(ground="…")
    return removed
