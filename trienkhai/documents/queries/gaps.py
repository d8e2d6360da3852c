"""Papers that documents of one's registers cite and that no register holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, QuerySet

from trienkhai.documents.models import Document, DocumentLink, RegisterEntry
from trienkhai.documents.queries.matching import Matcher
from trienkhai.documents.rules import visible_documents
from trienkhai.people.models import Account

CITING = 5


@dataclass
class Gap:
    """One cited paper: how often it is cited, how it is called, by what, and what may be meant."""

    key: str
    count: int
    links: list[DocumentLink] = field(default_factory=list)
    candidates: list[Document] = field(default_factory=list)

    @property
    def shown(self) -> list[DocumentLink]:
        return self.links[:CITING]

    @property
    def best(self) -> DocumentLink:
        """The citation that says most of it."""
        return max(self.links, key=lambda row: (bool(row.title), bool(row.doc_type), bool(row.cited_on), -row.pk))


def gaps_of(own: Iterable[int], account: Account, on: date) -> QuerySet[DocumentLink, Any]:
    """Keys of the gaps in the registers of units `own`, the most cited first: rows of `key`, `count`."""
    entered = RegisterEntry.objects.filter(unit__in=list(own)).values("document")
    sources = visible_documents(account, on).filter(pk__in=entered).values("pk")
    rows = DocumentLink.objects.live().filter(target=None, source__in=sources)
    counted = rows.values("key").annotate(count=Count("source", distinct=True), last=Max("pk"))
    return counted.order_by("-count", "-last")


def described(keys: Iterable[dict[str, Any]], own: Iterable[int], account: Account, on: date) -> list[Gap]:
    """The gaps of one page with their citations and candidates. Three queries."""
    gaps = {row["key"]: Gap(row["key"], row["count"]) for row in keys}
    entered = RegisterEntry.objects.filter(unit__in=list(own)).values("document")
    visible = visible_documents(account, on)
    rows = DocumentLink.objects.live().filter(target=None, key__in=gaps, source__in=entered)
    for link in rows.select_related("source__owner").order_by("-source__issued_on", "-pk"):
        gaps[link.key].links.append(link)
    links = [link for gap in gaps.values() for link in gap.links]
    seen = visible.in_bulk({link.source_id for link in links})
    matcher = Matcher(link.symbol_key for link in links)
    for gap in gaps.values():
        gap.links = [link for link in gap.links if link.source_id in seen]
        found = {row.pk: row for link in gap.links for row in matcher.match(link).candidates}
        gap.candidates = list(visible.filter(pk__in=found)) if found else []
    return [gap for gap in gaps.values() if gap.links]
