"""The list of documents narrowed by a filter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, QuerySet

from trienkhai.common.folding import fold
from trienkhai.documents.models import Document, RegisterEntry

MANY = 1000


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


def types_and_years(rows: QuerySet[Document]) -> tuple[list[str], list[int]]:
    """What the filter of a list offers."""
    plain = rows.order_by()
    types = plain.exclude(doc_type="").values_list("doc_type", flat=True).distinct()
    years = plain.exclude(issued_on=None).values_list("issued_on__year", flat=True).distinct()
    return sorted(types, key=fold), sorted(years, reverse=True)
