"""Outgoing lines of before numbers ran by type: one run held all types of a year, and each paper bore its own number.

They keep their places in the book; what their papers bear is never given again in the run of their type.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from trienkhai.documents.models import Book, RegisterEntry, Series
from trienkhai.documents.queries.numbering import layout_of, number_of, type_by
from trienkhai.norms.queries import any_day

Borne = dict[tuple[int, str], RegisterEntry]


def borne_earlier(series: Series) -> Borne:
    """(number, letter) → the earlier line whose paper bears it, of the type and the period of `series`.

    One query where there is none; what a paper bears that cannot be read as a number does not count.
    """
    if series.book != Book.OUT or not series.of:
        return {}
    lines = RegisterEntry.objects.in_force().filter(unit=series.unit_id, book=Book.OUT, series__of="")
    if series.term:
        lines = lines.filter(on__gte=series.term.starts_on, on__lt=series.term.ends_on)
    else:
        lines = lines.filter(on__year=int(series.period))
    rows = list(lines.select_related("document", "unit__present").order_by("on", "number"))
    if not rows:
        return {}
    types = any_day("numbering.types")
    unit = rows[0].unit
    layout = layout_of(unit, rows[-1].on)
    found: Borne = {}
    for row in rows:
        known = (types(row.on, unit.path or "") or {}).get(layout, {})
        if row.document and type_by(row.document, known) == series.of and (borne := _number(row)):
            found.setdefault(borne, row)
    return found


def _number(row: RegisterEntry) -> tuple[int, str] | None:
    try:
        return number_of(row.document.number) if row.document else None
    except ValidationError:
        return None


@dataclass(frozen=True)
class Twice:
    """A number that two papers of one unit, type and period bear."""

    earlier: RegisterEntry
    later: RegisterEntry


def borne_twice() -> Iterator[Twice]:
    """Numbers given by type although the paper of an earlier line bears them."""
    units = Series.objects.filter(book=Book.OUT, of="").values("unit")
    runs = Series.objects.filter(book=Book.OUT, unit__in=units).exclude(of="").select_related("term")
    for series in runs.order_by("unit", "pk"):
        if not (earlier := borne_earlier(series)):
            continue
        later = RegisterEntry.objects.in_force().filter(series=series, number__in={number for number, _ in earlier})
        for row in later.select_related("series__term", "document", "unit__present").order_by("number", "suffix"):
            if old := earlier.get((row.number, row.suffix)):
                yield Twice(old, row)
