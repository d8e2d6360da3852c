"""What a document cites and what cites it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from trienkhai.documents.models import Document, DocumentLink, DocumentText, LinkKind, Origin
from trienkhai.documents.queries.chains import above, circle
from trienkhai.documents.queries.matching import Matcher
from trienkhai.documents.rules import visible_documents
from trienkhai.documents.symbols import symbol_key
from trienkhai.people.models import Account

FIRST = (LinkKind.BASIS, LinkKind.CARRIES_OUT, LinkKind.ATTACHED)


@dataclass(frozen=True)
class Citation:
    """A cited or citing paper: `document` is None where it is not registered, or not within the person's sight."""

    kind: str
    symbol: str
    document: Document | None
    registered: bool
    link: DocumentLink

    @property
    def by_person(self) -> bool:
        return self.link.origin == Origin.PERSON


def citations_of(document: Document, account: Account, on: date) -> tuple[list[Citation], list[Document]]:
    """What the document cites, its bases first, and the visible documents that cite it."""
    links = list(document.links.live().order_by("start", "pk"))
    links.sort(key=lambda link: (link.kind not in FIRST, link.kind == LinkKind.REFERS, link.kind))
    visible = visible_documents(account, on)
    seen = visible.in_bulk([link.target_id for link in links if link.target_id])
    cited = [_citation(link, seen) for link in links]
    citing = visible.filter(pk__in=DocumentLink.objects.live().filter(target=document).values("source"))
    return cited, list(citing.order_by(F("issued_on").desc(nulls_last=True), "-pk")[:50])


def _citation(link: DocumentLink, seen: dict[Any, Document]) -> Citation:
    label = str(LinkKind(link.kind).label)
    return Citation(label, link.cited, seen.get(link.target_id), link.target_id is not None, link)


@dataclass(frozen=True)
class Correction:
    """A link that was set aside, and what stands in its place (None: removed)."""

    old: DocumentLink
    new: DocumentLink | None


def corrections_of(document: Document) -> list[Correction]:
    rows = list(document.links.exclude(set_aside_at=None).select_related("set_aside_by").order_by("set_aside_at", "pk"))
    made = {row.corrects_id: row for row in document.links.filter(corrects__in=rows)}
    return [Correction(row, made.get(row.pk)) for row in rows]


@dataclass(frozen=True)
class Candidate:
    """A document that a citation may mean. fault: why it cannot be linked all the same; '' when it can."""

    document: Document
    fault: str = ""


def candidates_for(link: DocumentLink, account: Account, on: date) -> list[Candidate]:
    """The visible documents that bear the cited symbol, the newest first."""
    found = Matcher([link.symbol_key]).match(link).candidates
    rows = visible_documents(account, on).filter(pk__in=[row.pk for row in found]).order_by("-issued_on", "pk")
    return [Candidate(row, _fault(link, row)) for row in rows]


def _fault(link: DocumentLink, row: Document) -> str:
    closes = link.kind != LinkKind.REFERS and link.source_id in above(row.pk)
    return circle(link.source, row) if closes else ""


def citing_as(source: Document, symbol: str) -> DocumentLink:
    """A citation not stored: what `candidates_for` finds for a symbol that a person types."""
    return DocumentLink(source=source, kind=LinkKind.REFERS, symbol_key=symbol_key(symbol))


def text_of_link(link: DocumentLink) -> DocumentText | None:
    """The text that the offsets of a proposed link point into: the newest one read before it was proposed."""
    if link.start is None or link.added_at is None:
        return None
    return link.source.texts.filter(created_at__lte=link.added_at).order_by("-version").first()
