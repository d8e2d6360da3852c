"""The numbers of a unit's books."""

from datetime import date

from django.db.models import Max

from trienkhai.documents.models import (
    Document,
    RegisterEntry,
)
from trienkhai.orgs.models import Unit


def enter(unit: Unit, document: Document, book: str, day: date) -> RegisterEntry:
    """The next number of the book in its year, without gaps or doubles: the unit's row is locked by the caller."""
    entries = RegisterEntry.objects.filter(unit=unit, book=book, year=day.year)
    number = (entries.aggregate(last=Max("number"))["last"] or 0) + 1
    return RegisterEntry.objects.create(unit=unit, book=book, number=number, year=day.year, on=day, document=document)
