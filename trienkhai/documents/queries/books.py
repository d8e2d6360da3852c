"""The lines of a unit's book in a period."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from trienkhai.common.folding import fold
from trienkhai.documents.models import Book, Document, RegisterEntry, Series
from trienkhai.documents.rules import visible_books, visible_documents, visible_entries
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

BOOK_SLUGS = {"den": Book.IN, "di": Book.OUT, "noi-bo": Book.INTERNAL}
"""How addresses name the books."""


@dataclass(frozen=True)
class Page:
    """What is asked of a book: days from `first` to `last`, both in it; a series; words; only what is open."""

    first: date | None = None
    last: date | None = None
    series: int | None = None
    words: str = ""
    open_only: bool = False


def lines_of(account: Account, unit: Unit, book: str, wanted: Page, on: date) -> QuerySet[RegisterEntry]:
    """The lines of a book within the person's sight as the paper book has them: by number, a late one after its own.

    Outgoing ones of several runs by their days: each run stays in its order, since a late line lies between two days.
    """
    rows = visible_entries(account, on).filter(unit=unit, book=book)
    if wanted.first:
        rows = rows.filter(on__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(on__lte=wanted.last)
    if wanted.series:
        rows = rows.filter(series=wanted.series)
    if wanted.open_only:
        rows = rows.filter(handled_at=None, cancelled_at=None, document__isnull=False)
    for word in fold(wanted.words).split():
        rows = rows.filter(Q(document__search_text__contains=word))
    joined = rows.select_related("document", "unit__present", "series__term", "entered_by", "cancelled_by")
    if book == Book.OUT and not wanted.series:
        return joined.order_by("on", "series__of", "number", "suffix")
    return joined.order_by("series__period", "series__of", "number", "suffix")


def open_documents(account: Account, rows: list[RegisterEntry], on: date) -> set[int]:
    """Ids of the documents on these lines that the person may open."""
    ids = [row.document_id for row in rows if row.document_id]
    return set(visible_documents(account, on).filter(pk__in=ids).values_list("pk", flat=True))


def series_of(unit: Unit, book: str) -> list[Series]:
    return list(Series.objects.filter(unit=unit, book=book).select_related("term").order_by("-period", "of"))


def books_in_sight(account: Account, on: date, limit: int = 60) -> list[Unit]:
    """Units whose books the person reads, those with lines first, then by their place; no more than `limit`."""
    kept = Exists(Series.objects.filter(unit=OuterRef("pk")))
    rows = visible_books(account, on).annotate(kept=kept).select_related("present")
    return list(rows.order_by("-kept", "path")[:limit])


def further_books(document: Document, units: list[Unit]) -> list[Unit]:
    """Of these units the ones that have no line of the document in force."""
    taken = set(document.entries.filter(cancelled_at=None).values_list("unit_id", flat=True))
    return [unit for unit in units if unit.pk not in taken]
