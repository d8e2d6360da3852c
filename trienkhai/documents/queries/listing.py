"""The list of documents narrowed by words and filters, its pages, and what else it could be narrowed by."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch

from trienkhai.documents.models import Document, DocumentQuerySet, DocumentText, RegisterEntry
from trienkhai.documents.queries.finding import MANY, Period, in_order, ranked
from trienkhai.documents.search.asking import Asked
from trienkhai.documents.search.snippets import Piece, marked, snippet

PAGE = 50
OFFERED = 8
LONGEST_TITLE = 220
COLUMNS = ("doc_type", "issuer_name", "issued_on")


@dataclass(frozen=True)
class Wanted:
    """What a reader of the list asks for besides words; empty values limit nothing. `until`: the last day."""

    doc_type: str = ""
    issuer: str = ""
    year: int | None = None
    since: date | None = None
    until: date | None = None
    book: str = ""
    published: str = ""

    @property
    def period(self) -> Period:
        """The first and the last day; the year within them."""
        if not self.year:
            return self.since, self.until
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        return max(first, self.since or first), min(last, self.until or last)


@dataclass(frozen=True)
class Row:
    """A document in the list: with its entries in the own books, and its hits marked."""

    document: Document
    symbol: list[Piece]
    title: list[Piece]
    snippet: list[Piece]


@dataclass(frozen=True)
class Found:
    """The first hits, a page of them as rows, and what its facets are counted from.

    hits: `(pk, type, issuer, day)`, the best first, at most one above `MANY` or as far as the page reaches. `nearly`:
    no document has the words as typed, these have one that begins with the last of them.
    """

    hits: list[tuple[Any, ...]]
    number: int = 1
    rows: list[Row] = field(default_factory=list)
    nearly: bool = False

    @property
    def count(self) -> int:
        return min(len(self.hits), MANY + 1)

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return len(self.hits) >= self.first + PAGE


def narrowed(rows: DocumentQuerySet, wanted: Wanted, own: Iterable[int]) -> DocumentQuerySet:
    """`own`: ids of the units whose books are meant."""
    first, last = wanted.period
    given: dict[str, Any] = {
        "doc_type": wanted.doc_type,
        "issuer_name": wanted.issuer,
        "published": wanted.published,
        "issued_on__gte": first,
        "issued_on__lte": last,
    }
    asked = {name: value for name, value in given.items() if value}
    if wanted.book:
        entered = RegisterEntry.objects.in_force().filter(unit__in=list(own), book=wanted.book)
        asked["pk__in"] = entered.values("document")
    return rows.after(Document.objects.filter(**asked)) if asked else rows


def find(rows: DocumentQuerySet, asked: Asked, number: int, own: Iterable[int], period: Period = (None, None)) -> Found:
    """Page `number` of the documents that answer; a page that is not there is the first.

    period: of the rows, where it is known.
    """
    limit = max(MANY, number * PAGE) + 1
    nearly = False
    if asked.stages:
        hits = ranked(rows, asked.stages, limit, *COLUMNS, period=period)
        if not hits:
            hits = ranked(rows, asked.nearly, limit, *COLUMNS, period=period)
            nearly = bool(hits)
    else:
        hits = list(in_order(rows).values_list("pk", *COLUMNS)[:limit])
    if len(hits) <= (number - 1) * PAGE:
        number = 1
    ids = [hit[0] for hit in hits[(number - 1) * PAGE : number * PAGE]]
    return Found(hits, number, _rows(ids, asked, own), nearly)


def _rows(ids: list[int], asked: Asked, own: Iterable[int]) -> list[Row]:
    entries = Prefetch("entries", RegisterEntry.objects.in_force().filter(unit__in=list(own)), to_attr="own_entries")
    documents = Document.objects.prefetch_related(entries).in_bulk(ids)
    texts = _texts(ids) if asked.terms else {}
    return [
        Row(
            document,
            marked(document.symbol, asked),
            marked(_short(document.title), asked),
            snippet(texts.get(document.pk, ""), asked),
        )
        for document in (documents[pk] for pk in ids if pk in documents)
    ]


def _texts(ids: list[int]) -> dict[int, str]:
    """The current text of each."""
    rows = DocumentText.objects.filter(document__in=ids).order_by("version")
    return dict(rows.values_list("document", "text"))


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"


def facets(found: Found) -> dict[str, list[tuple[Any, int]]]:
    """`type`, `issuer`, `year` → values of the first thousand hits with their numbers, the most frequent first; the
    years newest first."""
    hits = found.hits[:MANY]
    types, issuers = (Counter(hit[place] for hit in hits if hit[place]) for place in (1, 2))
    years = Counter(hit[3].year for hit in hits if hit[3])
    return {
        "type": types.most_common(OFFERED),
        "issuer": issuers.most_common(OFFERED),
        "year": sorted(years.items(), reverse=True)[:OFFERED],
    }
