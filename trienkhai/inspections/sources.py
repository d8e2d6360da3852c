"""What this area means for earlier ones: which tasks need a proof, what leaves with a document that is locked away."""

from django.db.models import QuerySet

from trienkhai.documents.models import Document
from trienkhai.inspections.models import Finding, Inspection
from trienkhai.inspections.queries.integrity import digest_of


def remedies_need_proof() -> QuerySet[Finding, int]:
    """Ids of tasks."""
    return Finding.objects.filter(task__isnull=False).order_by().values_list("task", flat=True)


def remove_conclusions(document: Document) -> dict[str, list[int]]:
    """The document held the conclusion of an inspection: its words and those of the findings are emptied."""
    touched: dict[str, list[int]] = {}
    for inspection in Inspection.objects.filter(paper=document):
        rows = Finding.objects.filter(inspection=inspection)
        touched.setdefault(Inspection._meta.label_lower, []).append(inspection.pk)
        touched.setdefault(Finding._meta.label_lower, []).extend(rows.values_list("pk", flat=True))
        rows.update(text="…", remedy="…")
        inspection.conclusion, inspection.paper = "…", None
        inspection.digest = digest_of(inspection)
        inspection.save(update_fields=["conclusion", "paper", "digest"])
    return touched
