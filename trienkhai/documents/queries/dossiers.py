"""Dossiers: how long they are kept, what lies in them, which are to be handed over to the archive."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import get_language

from trienkhai.common.folding import fold
from trienkhai.documents.models.dossiers import Dossier, DossierDocument
from trienkhai.documents.rules import visible_documents
from trienkhai.norms.models import Norm
from trienkhai.norms.queries import value
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

ORDINARY, WORKS = "ordinary", "works"


def retention_classes(on: date, place: str = "") -> dict[str, str]:
    """Classes in force on the day by code, the longest first, in the language of the page; empty without a norm."""
    return _in_words(value("retention_classes", on=on, place=place, default=[]))


def _in_words(classes: list[dict[str, Any]]) -> dict[str, str]:
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    return {row["code"]: row[language] for row in classes}


def with_words(rows: Iterable[Dossier]) -> list[Dossier]:
    """The dossiers with `kept`, their class in words, also one that no norm names any more. One query more."""
    words: dict[str, str] = {}
    for norm in Norm.objects.filter(key="retention_classes").order_by("valid_from", "pk"):
        words |= _in_words(norm.value)
    found = list(rows)
    for row in found:
        row.kept = words.get(row.retention, row.retention)  # type: ignore[attr-defined]
    return found


def proposed_retention(doc_types: list[str], on: date, place: str = "") -> str:
    """The longest class that the norm gives to one of the types; '' when it names none of them."""
    by_type = value("retention_by_type", on=on, place=place, default={})
    found = {by_type[name] for name in map(fold, doc_types) if name in by_type}
    return next((code for code in retention_classes(on, place) if code in found), "")


@dataclass(frozen=True)
class Entry:
    """A line of the list of documents in a dossier; `document` None outside the person's sight."""

    place: DossierDocument
    document: Any


def entries_in(dossier: Dossier, account: Account, on: date) -> list[Entry]:
    places = list(dossier.places.filter(taken_out_at=None).order_by("position"))
    seen = visible_documents(account, on).in_bulk([place.document_id for place in places])
    return [Entry(place, seen.get(place.document_id)) for place in places]


def described_dossiers(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """With `papers`, `first_on` and `last_on`: how many documents lie in each, and from when to when."""
    inside = Q(places__taken_out_at=None)
    return rows.select_related("unit__present").annotate(
        papers=Count("places", filter=inside),
        first_on=Min("places__document__issued_on", filter=inside),
        last_on=Max("places__document__issued_on", filter=inside),
    )


def handover_months(unit: Unit, on: date) -> dict[str, int] | None:
    """After how many months a dossier is handed over: `ordinary`, `works`; None without a norm for the day."""
    found: dict[str, int] | None = value("archive_handover_months", on=on, place=unit.path or "", default=None)
    return found


def to_hand_over(unit: Unit, on: date) -> QuerySet[Dossier]:
    """Closed dossiers of the unit whose time has come: closed a year ago, three months ago for works, by the norm.

    None without a norm for the day.
    """
    months = handover_months(unit, on)
    if months is None:
        return Dossier.objects.none()
    waiting = Dossier.objects.filter(unit=unit, handed_over_on=None)
    ordinary = Q(works=False, closed_on__lte=months_before(on, months[ORDINARY]))
    works = Q(works=True, closed_on__lte=months_before(on, months[WORKS]))
    return described_dossiers(waiting.filter(ordinary | works)).order_by("closed_on", "code")


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where there is no such day."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
