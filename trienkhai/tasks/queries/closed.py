"""Stored sheets: a month's end beside what is counted for the same day now, and all of them against their digests."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from trienkhai.audit.models import Act
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Sheet
from trienkhai.tasks.queries.lists import due_soon_day
from trienkhai.tasks.queries.sheets import Cells, sheets_on

STORED, ISSUED = "sheets.stored", "sheet.issued"
MONTH_ENDS = Sheet.objects.filter(kind=Sheet.Kind.MONTH_END, document_id=0)
NAMES = tuple(field.name for field in fields(Cells))
TAKEN = (
    "id = NEW.id",
    'unit_id = NEW.unit_id AND "on" = NEW."on" AND document_id = NEW.document_id AND kind = NEW.kind '
    "AND number = NEW.number",
    "kind = 'issued' AND kind = NEW.kind AND unit_id = NEW.unit_id AND number = NEW.number",
)
"""When a new sheet would take the place of another: what its unique keys say, for the trigger."""


@dataclass(frozen=True)
class ClosedMonth:
    """The sheet of a month's end as it was stored, and what late entries make of the same day now."""

    day: date
    stored: Cells
    now: Cells

    @property
    def cells(self) -> list[tuple[str, int, int]]:
        """(name, stored, now) of the four cells and their sum."""
        names = ("done_on_time", "done_late", "open_in_time", "open_overdue", "total")
        return [(name, getattr(self.stored, name), getattr(self.now, name)) for name in names]


def closed_days(limit: int) -> list[date]:
    """The last month ends that were stored, newest first."""
    return list(MONTH_ENDS.order_by("-on").values_list("on", flat=True).distinct()[:limit])


def closed_month(unit: Unit, day: date) -> ClosedMonth | None:
    """None when the month of that last day is not stored; a unit without a sheet of its own had nothing then.

    Counts every assignment once: for one unit and one month at a time.
    """
    if not MONTH_ENDS.filter(on=day).exists():
        return None
    row = MONTH_ENDS.filter(on=day, unit=unit).first()
    stored = cells_from(row.cells) if row else Cells()
    return ClosedMonth(day, stored, sheets_on(day, due_soon_day(day), unit.pk).get(unit.pk, Cells()))


def cells_from(stored: dict[str, int]) -> Cells:
    """The cells of a stored sheet; a figure that was not yet counted then is 0."""
    return Cells(**{name: stored.get(name, 0) for name in NAMES})


def digest_of(sheets: Iterable[tuple[int, dict[str, int]]]) -> str:
    """SHA-256 over the JSON of {unit: cells}, units in the order of their ids, cells in the order of `Cells`."""
    digest = hashlib.sha256()
    for count, (unit, cells) in enumerate(sheets):
        digest.update(f'{", " if count else "{"}"{unit}": {json.dumps(cells)}'.encode())
    digest.update(b"}")
    return digest.hexdigest()


def altered_months() -> Iterator[str]:
    """The days, as their acts name them, whose sheets are no longer what was stored."""
    for act in Act.objects.filter(verb=STORED).order_by("pk"):
        rows = Sheet.objects.filter(act=act.pk).order_by("unit").values_list("unit", "cells")
        if digest_of((unit, _in_order(cells)) for unit, cells in rows.iterator()) != act.digest:
            yield act.target_label


def _in_order(cells: dict[str, int]) -> dict[str, int]:
    """PostgreSQL keeps the names of a JSON object in an order of its own."""
    known = {name: cells[name] for name in NAMES if name in cells}
    return known | {name: value for name, value in cells.items() if name not in known}


def issued_digest(sheet: Sheet) -> str:
    """SHA-256 over the JSON of what an issued sheet says: keys sorted, letters as they are."""
    said = {
        "unit": sheet.unit_id,
        "number": sheet.number,
        "on": str(sheet.on),
        "document": sheet.document_id,
        "scope": sheet.scope,
        "alone": sheet.alone,
        "cells": sheet.cells,
        "content": sheet.content,
        "head": sheet.head,
    }
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def altered_issues() -> Iterator[str]:
    """Issued sheets, as their acts name them, that are no longer what was issued or are gone; and those that no act
    issued.
    """
    sheets = {row.act: row for row in Sheet.objects.filter(kind=Sheet.Kind.ISSUED).iterator(chunk_size=500)}
    for act in Act.objects.filter(verb=ISSUED).order_by("pk").iterator(chunk_size=500):
        sheet = sheets.pop(act.pk, None)
        if sheet is None or not act.digest == sheet.digest == issued_digest(sheet):
            yield act.target_label
    yield from (f"{sheet.number}, {sheet.on:%d/%m/%Y}" for sheet in sheets.values())
