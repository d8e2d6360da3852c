"""What leaves with a document that is locked away: an indicator is no longer said to serve it."""

from trienkhai.documents.models import Document
from trienkhai.indicators.models import Indicator


def forget_document(document: Document) -> dict[str, list[int]]:
    """Ids of the indicators that named the document."""
    rows = Indicator.objects.filter(document=document)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(document=None)
    return {Indicator._meta.label_lower: ids} if ids else {}
