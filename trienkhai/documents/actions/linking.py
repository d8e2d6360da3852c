"""The web of documents: links written at intake, gaps closed when a cited paper comes."""

from trienkhai.documents.models import (
    Document,
    DocumentLink,
    LinkKind,
)
from trienkhai.documents.reader.model import Reading


def store_links(document: Document, read: Reading) -> None:
    """A link for each cited symbol; a paper not yet registered is a named gap, which closes when it comes."""
    kinds = {symbol[:80]: LinkKind.REFERS for symbol in read.references}
    kinds |= {symbol[:80]: LinkKind.BASIS for symbol in read.bases}
    known = dict(Document.objects.filter(symbol__in=kinds).order_by("-pk").values_list("symbol", "pk"))
    DocumentLink.objects.bulk_create(
        DocumentLink(source=document, symbol=symbol, kind=kind, target_id=known.get(symbol))
        for symbol, kind in kinds.items()
        if symbol != document.symbol
    )
    close_gaps(document)


def close_gaps(document: Document) -> None:
    """Papers that cite this one by its symbol, and found nothing so far, find it now."""
    if document.symbol:
        gaps = DocumentLink.objects.filter(target=None, symbol=document.symbol).exclude(source=document)
        gaps.update(target=document)
