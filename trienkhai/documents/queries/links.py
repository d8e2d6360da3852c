"""What a document cites and what cites it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from trienkhai.documents.models import Document, DocumentLink, LinkKind
from trienkhai.documents.rules import visible_documents
from trienkhai.people.models import Account


@dataclass(frozen=True)
class Citation:
    """A cited or citing paper: `document` is None where it is not registered, or not within the person's sight."""

    kind: str
    symbol: str
    document: Document | None
    registered: bool


def citations_of(document: Document, account: Account, on: date) -> tuple[list[Citation], list[Document]]:
    """What the document cites, its bases first, and the visible documents that cite it."""
    links = list(document.links.order_by("pk"))
    links.sort(key=lambda link: (link.kind != LinkKind.BASIS, link.kind))
    visible = visible_documents(account, on)
    seen = visible.in_bulk([link.target_id for link in links if link.target_id])
    cited = [_citation(link, seen) for link in links]
    citing = visible.filter(links__target=document).distinct().order_by(F("issued_on").desc(nulls_last=True), "-pk")
    return cited, list(citing[:50])


def _citation(link: DocumentLink, seen: dict[Any, Document]) -> Citation:
    label = str(LinkKind(link.kind).label)
    return Citation(label, link.symbol, seen.get(link.target_id), link.target_id is not None)
