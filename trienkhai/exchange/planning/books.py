"""What a file would enter in a unit's book: every row judged, nothing stored."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trienkhai.common.folding import fold, squeeze
from trienkhai.documents.models import Book, Document, RegisterEntry
from trienkhai.documents.queries.numbering import Run, number_of, run_of
from trienkhai.exchange.files import Row, Table
from trienkhai.orgs.models import Unit


@dataclass
class BookRow:
    """A row to be entered: its run of numbers, its number and letter, the day of the book, and the paper."""

    row: Row
    run: Run
    number: int
    suffix: str
    on: date
    document: Document


@dataclass
class BookPlan:
    """`new`: rows to be entered; `same`: rows that stand in the book already as they are."""

    table: Table
    book: str
    new: list[BookRow] = field(default_factory=list)
    same: int = 0

    @property
    def tables(self) -> dict[str, Table]:
        return {self.table.name: self.table}

    @property
    def wrong(self) -> list[tuple[str, Row]]:
        return [(self.table.name, row) for row in self.table.rows if row.errors]


Key = tuple[str, str, int, str]
"""Type and period of the run, number, letter."""


def plan_book(table: Table, unit: Unit, book: str, on: date) -> BookPlan:
    """Judge every row of an old book. One query for the book, and a few for each pair of type and day in the file."""
    plan = BookPlan(table, book)
    taken = _taken(unit, book)
    seen: dict[Key, int] = {}
    runs: dict[tuple[str, date], Run] = {}
    for row in table.rows:
        if row.errors:
            continue
        judged = _judged(row, unit, book, on, runs)
        if judged is None:
            continue
        key = (judged.run.of, judged.run.period, judged.number, judged.suffix)
        if key in seen:
            row.fault(_("This number stands in row %(n)d of the file too.") % {"n": seen[key]}, "number")
            continue
        seen[key] = row.number
        if key not in taken:
            plan.new.append(judged)
        elif taken[key] == _paper(judged.document):
            plan.same += 1
        else:
            row.fault(_("This number is taken in the book by another document."), "number")
    return plan


def _judged(row: Row, unit: Unit, book: str, on: date, runs: dict[tuple[str, date], Run]) -> BookRow | None:
    """The row as it would be entered; None when something is wrong with it, which it then says."""
    values = row.values
    if values.get("secrecy"):
        row.fault(_("Documents with a mark of secrecy are not put into this system."), "secrecy")
    day = values.get("on") or values.get("issued_on")
    if day and day > on:
        row.fault(_("This day has not come yet."), "on" if values.get("on") else "issued_on")
    if values.get("copies") and not str(values["copies"]).isdecimal():
        row.fault(_("Write a whole number."), "copies")
    document = _document(values, unit, book)
    if row.errors or day is None:
        return None
    try:
        found = number_of(values["number"])
        run = _run(unit, book, day, document, runs)
    except ValidationError as fault:
        row.fault(" ".join(fault.messages), "number")
        return None
    if found is None:
        return None
    return BookRow(row, run, found[0], found[1], day, document)


def _run(unit: Unit, book: str, day: date, document: Document, runs: dict[tuple[str, date], Run]) -> Run:
    """Remembered for the type and the day, since thousands of rows share a few."""
    key = (f"{document.doc_type}|{document.symbol.split('-', 1)[-1]}", day)
    if key not in runs:
        runs[key] = run_of(unit, book, day, document)
    return runs[key]


def _document(values: dict[str, Any], unit: Unit, book: str) -> Document:
    """The paper as the book tells of it, not yet stored."""
    ours = book != Book.IN
    number = squeeze(values.get("number") or "") if ours else (values.get("symbol") or "").split("-")[0].split("/")[0]
    return Document(
        doc_type=values.get("doc_type") or "",
        number=number[:20],
        symbol=values.get("symbol") or "",
        issuer=unit if ours else None,
        issuer_name=unit.name if ours else values.get("issuer_name") or "",
        owner=unit,
        issued_on=values.get("issued_on"),
        title=values.get("title") or "",
        signer_name=values.get("signer_name") or "",
    )


def _taken(unit: Unit, book: str) -> dict[Key, tuple[str, ...] | None]:
    """What stands in the book: number → the paper; None for a number without one."""
    rows = RegisterEntry.objects.filter(unit=unit, book=book).select_related("series", "document")
    return {
        (row.series.of, row.series.period, row.number, row.suffix): _paper(row.document) if row.document else None
        for row in rows.iterator(chunk_size=2000)
    }


def _paper(document: Document) -> tuple[str, ...]:
    """By what two lines speak of the same paper."""
    return fold(document.symbol), str(document.issued_on or ""), fold(document.title)
