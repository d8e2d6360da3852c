"""The web of documents: links proposed at intake, and gaps that close when a cited paper comes."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Any

from trienkhai.common.folding import fold, squeeze
from trienkhai.common.locks import Turn, wait_for_turn
from trienkhai.documents.models import ENDING, ORDERING, Document, DocumentLink, LinkKind, Origin
from trienkhai.documents.queries.chains import above, below
from trienkhai.documents.queries.matching import Matcher
from trienkhai.documents.reader.force import ends_a_part
from trienkhai.documents.reader.model import Citation, Reading
from trienkhai.documents.symbols import symbol_key

_OWN_ANNEX = re.compile(r"\W*(?:được\s+)?(?:ban\s+hành\s+)?(?:đính\s+)?kèm(?:\s+theo)?\b[\w\s]{0,30}$", re.IGNORECASE)
_GROUND = re.compile(r"\W*căn\s+cứ\b", re.IGNORECASE)


def take_turn() -> None:
    """One writer of the web at a time until the transaction ends, so that no two links close a circle unseen.

    Taken before any row is locked. SQLite's transactions wait for each other anyway.
    """
    wait_for_turn(Turn.WEB)


def store_links(document: Document, read: Reading, at: datetime) -> None:
    """A link for each cited paper that was not proposed before; one not yet registered is a named gap.

    What a person corrected or removed is not proposed again when the document is read anew.
    """
    take_turn()
    known = set(document.links.values_list("key", "kind"))
    links = [link for link in _proposed(document, read, at) if (link.key, link.kind) not in known]
    matcher = Matcher(link.symbol_key for link in links)
    barred = _Barred(document)
    for link in links:
        found = matcher.match(link).document
        link.target = found if found and barred.allows(link, found) else None
    DocumentLink.objects.bulk_create(links)
    settle(document.symbol_key)


class _Barred:
    """Targets that would close a circle: those that already stand on the source, looked up when first needed."""

    def __init__(self, source: Document) -> None:
        self.source = source

    @cached_property
    def below(self) -> set[int]:
        return below(self.source.pk)

    def allows(self, link: DocumentLink, target: Document) -> bool:
        return link.kind not in ORDERING or target.pk not in self.below


def settle(*keys: str) -> None:
    """Match again every citation of these symbols: gaps close, and what became doubtful is asked.

    What a person chose stays. A link that would close a circle stays a gap; its page says so.
    """
    wanted = {key for key in keys if key}
    rows = DocumentLink.objects.live().filter(symbol_key__in=wanted).select_related("source__owner")
    links = [row for row in rows if row.origin == Origin.MACHINE or row.target_id is None]
    matcher, chains = Matcher(wanted), dict[int, set[int]]()
    for link in links:
        found = matcher.match(link).document
        target = found.pk if found else None
        if target == link.target_id:
            continue
        if target and link.kind in ORDERING:
            if target not in chains:
                chains[target] = above(target)
            target = None if link.source_id in chains[target] else target
        DocumentLink.objects.filter(pk=link.pk).update(target=target)


def _proposed(document: Document, read: Reading, at: datetime) -> Iterator[DocumentLink]:
    """What the reading cites, each paper once for each relation; a bare mention yields to any other relation."""
    found: dict[tuple[str, str], DocumentLink] = {}
    for row in _citations(read):
        link = DocumentLink(source=document, added_at=at, **row)
        link.symbol_key = symbol_key(link.symbol)
        link.key = link_key(link.symbol_key, link.cited_on, link.title)
        link.partial = link.kind in ENDING and link.start is not None and ends_a_part(read.text, link.start)
        if link.key and (link.symbol_key != document.symbol_key or not link.symbol_key):
            found.setdefault((link.key, link.kind), link)
    dated = {link.symbol_key: key for (key, _kind), link in found.items() if link.cited_on and link.symbol_key}
    related = {key for key, kind in found if kind != LinkKind.REFERS}
    for (key, kind), link in found.items():
        twin = dated.get(link.symbol_key, "") if not link.cited_on else ""
        if twin and (twin, kind) in found:
            continue
        if kind == LinkKind.REFERS and (key in related or twin in related):
            continue
        yield link


def _citations(read: Reading) -> list[dict[str, Any]]:
    """The citations of a reading as values of a link, cut to what its columns hold."""
    return [
        {
            "kind": _relation(read, row),
            "symbol": squeeze(row.symbol or "")[:80],
            "doc_type": squeeze(row.doc_type or "")[:60],
            "cited_on": _day(row.date),
            "issuer_name": squeeze(row.issuer or "")[:250],
            "title": squeeze(row.title or "")[:500],
            "start": row.start,
            "end": row.end,
        }
        for row in read.citations
    ]


def _relation(read: Reading, row: Citation) -> str:
    """How the document itself stands to the cited one.

    "Ban hành kèm theo Quyết định …" speaks of this document only where a line begins with it; elsewhere it names
    another paper more closely, which may be a basis.
    """
    if row.relation not in LinkKind.values:
        return LinkKind.REFERS
    line = read.text[read.text.rfind("\n", 0, row.start) + 1 : row.start]
    if row.relation == LinkKind.ATTACHED and not _OWN_ANNEX.match(line):
        return LinkKind.BASIS if _GROUND.match(line) else LinkKind.REFERS
    return row.relation


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def link_key(symbol: str, on: date | None, title: str) -> str:
    if symbol:
        return f"{symbol}|{on.isoformat()}" if on else symbol
    return fold(title)[:120]
