"""What the pages of documents show: the list narrowed by a filter, a text in the pieces it is read in, its links."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from trienkhai.common.folding import fold
from trienkhai.documents.models import (
    Clause,
    Document,
    DocumentLink,
    DocumentText,
    LinkKind,
    RegisterEntry,
)
from trienkhai.documents.rules import visible_documents
from trienkhai.orgs.rules import CONTENT_READERS, reach_of
from trienkhai.people.models import Account

MANY = 1000
HEADINGS = ("part", "chapter", "section", "roman", "article")
LONGEST_HEADING = 200
STOPS = ".)/:-–"
CELLS = " | "
FIRST_COLUMN = ("tt", "stt", "so tt", "so thu tu")


@dataclass(frozen=True)
class Wanted:
    """What a reader of the list asks for; empty values limit nothing."""

    words: str = ""
    doc_type: str = ""
    year: int | None = None
    book: str = ""


def narrowed(rows: QuerySet[Document], wanted: Wanted, own: Iterable[int]) -> QuerySet[Document]:
    """`own`: ids of the units whose books are meant."""
    for word in fold(wanted.words).split():
        rows = rows.filter(search_text__contains=word)
    if wanted.doc_type:
        rows = rows.filter(doc_type=wanted.doc_type)
    if wanted.year:
        rows = rows.filter(issued_on__gte=date(wanted.year, 1, 1), issued_on__lt=date(wanted.year + 1, 1, 1))
    if wanted.book:
        entered = RegisterEntry.objects.filter(unit__in=list(own), book=wanted.book)
        rows = rows.filter(pk__in=entered.values("document"))
    return rows


def newest_first(rows: QuerySet[Document], own: Iterable[int]) -> QuerySet[Document]:
    """With the entries of the own registers as `own_entries`; papers without a date come last."""
    entries = Prefetch("entries", RegisterEntry.objects.filter(unit__in=list(own)), to_attr="own_entries")
    return rows.prefetch_related(entries).order_by(F("issued_on").desc(nulls_last=True), "-pk")


def count_up_to(rows: QuerySet[Document]) -> int:
    """How many, but never more than one above `MANY`: lists show “1,000+” instead of an exact count."""
    return rows.order_by().values("pk")[: MANY + 1].count()


def own_units(account: Account, on: date) -> list[int]:
    """Units whose registers are the person's own: where it holds a post that reads documents."""
    return sorted({grant.unit_id for grant in reach_of(account, on).of(*CONTENT_READERS).grants})


def types_and_years(rows: QuerySet[Document]) -> tuple[list[str], list[int]]:
    """What the filter of a list offers."""
    plain = rows.order_by()
    types = plain.exclude(doc_type="").values_list("doc_type", flat=True).distinct()
    years = plain.exclude(issued_on=None).values_list("issued_on__year", flat=True).distinct()
    return sorted(types, key=fold), sorted(years, reverse=True)


def current_text(document: Document) -> DocumentText | None:
    return document.texts.order_by("-version").first()


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: the own words of one clause, or what stands between clauses (`clause` None).

    label: as written, with its stop or bracket. depth: 1 for the outermost clauses, at most 4. cells: of a table's row
    under a row of names, the name of each column and its words.
    """

    words: str
    clause: Clause | None = None
    label: str = ""
    depth: int = 1
    cells: tuple[tuple[str, str], ...] = ()

    @property
    def is_heading(self) -> bool:
        return self.clause is not None and self.clause.kind in HEADINGS and len(self.words) < LONGEST_HEADING

    @property
    def anchor(self) -> str:
        return f"c{self.clause.pk}" if self.clause else ""


def pieces_of(text: DocumentText) -> list[Piece]:
    """The whole text in order, nothing left out and nothing twice."""
    return list(_walk(text.text, list(text.clauses.order_by("start", "position"))))


def _walk(text: str, clauses: list[Clause]) -> Iterator[Piece]:
    """A clause's own words run to the next clause or to its end, whichever comes first."""
    done = 0
    names: tuple[str, ...] = ()
    for number, clause in enumerate(clauses):
        following = clauses[number + 1].start if number + 1 < len(clauses) else len(text)
        yield from _between(text[done : clause.start])
        done = max(done, min(clause.end, following))
        label, words = _parted(text[clause.start : done].strip(), clause.label)
        cells = tuple(words.split(CELLS)) if clause.kind == "row" else ()
        if cells and fold(cells[0]) in FIRST_COLUMN:
            names = cells
        shown = tuple(zip(names, cells, strict=True)) if names != cells and len(names) == len(cells) else ()
        yield Piece(words, clause, label, min(clause.depth + 1, 4), shown)
    yield from _between(text[done:])


def _parted(words: str, label: str) -> tuple[str, str]:
    """The label as it stands in the text, with the stop, bracket or dash after it, and the words behind."""
    if not label or not words.startswith(label):
        return label, words
    rest = words[len(label) :]
    stop = rest[: len(rest) - len(rest.lstrip(STOPS))]
    return label + stop, rest[len(stop) :].lstrip()


def _between(words: str) -> Iterator[Piece]:
    if words.strip():
        yield Piece(words.strip("\n"))


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


def entries_of(document: Document, account: Account, on: date) -> tuple[list[RegisterEntry], int]:
    """The entries in the holder's and the person's own registers, and how many other registers hold the document."""
    near = {document.owner_id, *own_units(account, on)}
    rows = document.entries.select_related("unit__present").order_by("year", "number")
    shown = list(rows.filter(unit__in=near))
    return shown, document.entries.count() - len(shown)


def header_read(text: DocumentText | None) -> dict[str, str]:
    """What the machine read for each value of the header, as a person would write it; empty where it read nothing."""
    if text is None:
        return {}
    reading = text.reading
    signer = reading.get("signer") or {}
    read = {name: reading.get(name) or "" for name in ("doc_type", "number", "symbol", "place", "title", "urgency")}
    day = date.fromisoformat(reading["date"]) if reading.get("date") else None
    return read | {
        "issuer_name": reading.get("issuer") or "",
        "issued_on": f"{day:%d/%m/%Y}" if day else "",
        "signer_name": signer.get("name") or "",
        "signer_role": signer.get("role") or "",
    }
