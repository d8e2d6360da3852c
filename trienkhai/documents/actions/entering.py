"""A document gets its line and its number in a unit's book."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of, moment
from trienkhai.common.verdict import Refused
from trienkhai.documents import rules
from trienkhai.documents.models import Book, Document, RegisterEntry, Series
from trienkhai.documents.queries.earlier_lines import Borne, borne_earlier
from trienkhai.documents.queries.numbering import Run, late_letters, number_of, run_of, symbol_of
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account


@dataclass(frozen=True)
class Line:
    """What a clerk writes into the book beside what the document says itself; empty values stay empty.

    arrived_on: the day of arrival (default: the day of entry). deliver_by: the own time of a paper to be there by a
    fixed hour. copies: how many were sent out.
    """

    arrived_on: date | None = None
    recipient: str = ""
    due_on: date | None = None
    note: str = ""
    drafted_by: str = ""
    copy_kept_by: str = ""
    copies: int | None = None
    deliver_by: datetime | None = None


@transaction.atomic
def enter(
    unit: Unit,
    document: Document,
    book: str,
    line: Line | None = None,
    *,
    symbol: Callable[[str], str] | None = None,
    by: Account | None,
    at: datetime,
) -> RegisterEntry:
    """A new line of the book with its number; the caller has asked the rule and records the act.

    A document that bears its number keeps it in the outgoing book; one without gets the next, and its symbol. A line of
    an earlier day than the last one takes that day's last number with a letter.
    symbol: builds the symbol from the number where the paper was written here (default: as the norm says).
    Raises ValidationError: a number in use, a day to come, a book that holds the document already.
    """
    line = line or Line()
    if RegisterEntry.objects.filter(unit=unit, document=document, cancelled_at=None).exists():
        raise ValidationError(_("The document is in a book of this unit already."))
    on = _day(document, book, line, day_of(at))
    run = run_of(unit, book, on, document)
    series = lock_series(unit, book, run)
    borne = number_of(document.number) if book == Book.OUT else None
    earlier = borne_earlier(series)
    if borne is None:
        begin_after(series, earlier)
    elif borne in earlier:
        raise _taken(earlier[borne], document.number)
    number, suffix = borne or next_number(series, on, late_letters(unit, on))
    entry = _place(series, number, suffix) or RegisterEntry(series=series, number=number, suffix=suffix)
    if book == Book.OUT and borne is None:
        _number_document(document, entry, on, symbol or partial(_symbol_by_norm, document, unit, on, line))
    entry.unit, entry.book, entry.on, entry.document = unit, book, on, document
    entry.entered_by, entry.entered_at = by, at
    entry.arrived_at = None if book == Book.OUT else at if on == day_of(at) else moment(on)
    for name in ("recipient", "due_on", "note", "drafted_by", "copy_kept_by", "copies", "deliver_by"):
        setattr(entry, name, getattr(line, name))
    entry.save()
    _count(series, number)
    return entry


def _day(document: Document, book: str, line: Line, today: date) -> date:
    """The day that counts in the book. Raises ValidationError for one to come."""
    if book == Book.OUT:
        if document.issued_on and document.issued_on > today and not document.number:
            raise ValidationError({"issued_on": _("A number is given on the day of the document, not before.")})
        return document.issued_on or today
    if line.arrived_on and line.arrived_on > today:
        raise ValidationError({"arrived_on": _("This day has not come yet.")})
    return line.arrived_on or today


def lock_series(unit: Unit, book: str, run: Run) -> Series:
    """The row that counts the run, made when missing, locked until the transaction ends: one writer at a time."""
    series, _made = Series.objects.get_or_create(
        unit=unit, book=book, of=run.of, period=run.period, defaults={"term": run.term}
    )
    return Series.objects.select_for_update(of=("self",), no_key=True).select_related("term").get(pk=series.pk)


def begin_after(series: Series, earlier: Borne) -> None:
    """Bring a locked series past the numbers that papers bore before numbers ran by type.

    A run without lines begins after them; in one that has lines, those between are gaps to account for.
    """
    highest = max((number for number, _suffix in earlier), default=0)
    if highest > series.last:
        series.first = series.first if series.last >= series.first else highest + 1
        series.last = highest
        series.save(update_fields=["first", "last"])


def next_number(series: Series, on: date, letters: str) -> tuple[int, str]:
    """The next plain number; for a day before the last line's, the last number up to that day with the next letter."""
    rows = RegisterEntry.objects.filter(series=series)
    if not letters or not rows.filter(on__gt=on).exists():
        return series.last + 1, ""
    anchor = rows.filter(on__lte=on).order_by("-number").values_list("number", flat=True).first() or 0
    used = rows.filter(number=anchor).order_by("-suffix").values_list("suffix", flat=True).first() or ""
    following = letters[letters.find(used) + 1 :] if used else letters
    if not following:
        raise Refused(_("No letter is left for another late entry at number %(number)s.") % {"number": anchor})
    return anchor, following[0]


def _place(series: Series, number: int, suffix: str) -> RegisterEntry | None:
    """The reserved line that the number fills, if any, locked: nobody cancels it meanwhile.

    Raises ValidationError, naming what has it, when the number is taken.
    """
    rows = RegisterEntry.objects.select_for_update(of=("self",), no_key=True)
    taken = rows.filter(series=series, number=number, suffix=suffix).select_related("document").first()
    if taken is None or taken.is_reserved:
        return taken
    if taken.cancelled_at:
        words = {"number": taken.number_shown, "reason": taken.reason}
        raise ValidationError({"number": _("Number %(number)s was cancelled: “%(reason)s”.") % words})
    raise _taken(taken, taken.number_shown)


def _taken(by: RegisterEntry, number: str) -> ValidationError:
    words = {"number": number, "document": by.document}
    return ValidationError({"number": _("Number %(number)s is taken in this book by “%(document)s”.") % words})


def _number_document(document: Document, entry: RegisterEntry, on: date, symbol: Callable[[str], str]) -> None:
    """Write the number given here, the symbol and the day into the document."""
    document.number = entry.number_shown
    document.symbol = symbol(entry.number_shown)
    document.issued_on = on
    document.save()


def _symbol_by_norm(document: Document, unit: Unit, on: date, line: Line, number: str) -> str:
    return symbol_of(document, number, unit, on, line.drafted_by)


def _count(series: Series, number: int) -> None:
    if number > series.last:
        series.last = number
        series.save(update_fields=["last"])


@transaction.atomic
def enter_document(
    document_id: int, unit: Unit, book: str, line: Line | None = None, *, by: Account, at: datetime
) -> RegisterEntry:
    """Enter a document that is already here into the book of another unit, with a number of its own.

    Raises Refused when the unit has no sight of it or the person does not register there; ValidationError as `enter`.
    """
    document = Document.objects.select_for_update(of=("self",), no_key=True).get(pk=document_id)
    verdict = rules.can_enter(by, document, unit, book, day_of(at)).require()
    entry = enter(unit, document, book, line, by=by, at=at)
    record(
        "document.entered",
        document,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=unit.path or "",
        label=document.reference,
        book=book,
        number=entry.number_shown,
    )
    return entry


def follow_correction(document: Document) -> dict[str, Any]:
    """Give the outgoing line the number and day that a person read better than the machine; what changed, for the act.

    Raises ValidationError when that number is taken. What the line leaves behind is a gap to explain.
    """
    rows = RegisterEntry.objects.in_force().filter(document=document, book=Book.OUT, unit=document.owner)
    locked = rows.select_for_update(of=("self",), no_key=True)
    entry = locked.select_related("series", "unit__present").first()
    wanted = number_of(document.number) if entry else None
    if entry is None or wanted is None:
        return {}
    on = document.issued_on or entry.on
    run = run_of(entry.unit, Book.OUT, on, document)
    old_number = entry.number_shown
    series, left = _lock_both(entry, run)
    moved = (series.pk, *wanted) != (left.pk, entry.number, entry.suffix)
    if moved and (old := borne_earlier(series).get(wanted)) and old.pk != entry.pk:
        raise _taken(old, document.number)
    if moved and (reserved := _place(series, *wanted)):
        reserved.delete()
    entry.series, entry.on = series, on
    entry.number, entry.suffix = wanted
    entry.save()
    _count(series, entry.number)
    _recount(left)
    return {"old_number": old_number, "number": entry.number_shown} if moved else {}


def _lock_both(entry: RegisterEntry, run: Run) -> tuple[Series, Series]:
    """The series a line goes to and the one it leaves, locked in one order so that two corrections never meet."""
    there, _made = Series.objects.get_or_create(
        unit=entry.unit, book=entry.book, of=run.of, period=run.period, defaults={"term": run.term}
    )
    rows = Series.objects.select_for_update(of=("self",), no_key=True).filter(pk__in={there.pk, entry.series_id})
    locked = {series.pk: series for series in rows.order_by("pk")}
    return locked[there.pk], locked[entry.series_id]


def _recount(series: Series) -> None:
    """The last number in use, after a line has left the run."""
    last = RegisterEntry.objects.filter(series=series).order_by("-number").values_list("number", flat=True).first()
    if (last or 0) != series.last:
        series.last = max(last or 0, series.first - 1)
        series.save(update_fields=["last"])
