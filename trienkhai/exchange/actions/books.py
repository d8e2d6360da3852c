"""An old book comes in: planned again under the lock, then all of it or nothing."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of, moment
from trienkhai.documents.actions.entering import lock_series
from trienkhai.documents.actions.linking import settle, take_turn
from trienkhai.documents.models import Book, Document, RegisterEntry, SearchEntry, Series
from trienkhai.documents.rules import can_register
from trienkhai.exchange.files import Table
from trienkhai.exchange.planning.books import BookPlan, BookRow, plan_book
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

BATCH = 1000


class WrongLines(ValidationError):
    """Rows of the file are wrong; `plan` says which. Nothing was stored."""

    def __init__(self, plan: BookPlan) -> None:
        super().__init__(_("%(n)d rows are wrong; nothing was stored.") % {"n": len(plan.wrong)})
        self.plan = plan


@transaction.atomic
def import_book(table: Table, unit: Unit, book: str, *, not_secret: bool, by: Account, at: datetime) -> BookPlan:
    """Enter the rows of an old book with the numbers they bear; rows that stand there already are left alone.

    One act with counts and the digest of the rows. Raises WrongLines when a single row is wrong, Refused when the
    person does not register for the unit, ValidationError without the declaration.
    """
    verdict = can_register(by, unit, day_of(at)).require()
    if not not_secret:
        raise ValidationError({"not_secret": _("Declare that the document holds no state secret.")})
    _lock_book(unit, book)
    plan = plan_book(table, unit, book, day_of(at))
    if plan.wrong:
        raise WrongLines(plan)
    if not plan.new:
        return plan
    series = {row.run: lock_series(unit, book, row.run) for row in _one_of_each_run(plan)}
    documents = _store_documents(plan, by, at)
    RegisterEntry.objects.bulk_create(
        (
            _entry(row, document, series[row.run], unit, book, by, at)
            for row, document in zip(plan.new, documents, strict=True)
        ),
        batch_size=BATCH,
    )
    _count(plan, series)
    record(
        "register.imported",
        unit,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=unit.path or "",
        count=len(plan.new),
        digest=_digest(table),
        book=book,
        same=plan.same,
    )
    return plan


def _lock_book(unit: Unit, book: str) -> None:
    """No other import of the unit, line in the book or writer of the web comes between until the transaction ends."""
    take_turn()
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    rows = Series.objects.select_for_update(of=("self",), no_key=True).filter(unit=unit, book=book)
    list(rows.order_by("pk"))


def _one_of_each_run(plan: BookPlan) -> list[BookRow]:
    """In an order of their own, so that two imports lock the runs in the same one."""
    rows = {row.run: row for row in plan.new}
    return sorted(rows.values(), key=lambda row: (row.run.period, row.run.of))


def _store_documents(plan: BookPlan, by: Account, at: datetime) -> list[Document]:
    """The papers, findable, and meant by what cites them."""
    for row in plan.new:
        row.document.declared_by, row.document.declared_at, row.document.created_at = by, at, at
        row.document.complete()
    documents = Document.objects.bulk_create((row.document for row in plan.new), batch_size=BATCH)
    for start in range(0, len(documents), BATCH):
        batch = documents[start : start + BATCH]
        SearchEntry.objects.renew(batch)
        settle(*{document.symbol_key for document in batch})
    return documents


def _entry(
    row: BookRow, document: Document, series: Series, unit: Unit, book: str, by: Account, at: datetime
) -> RegisterEntry:
    values: dict[str, Any] = row.row.values
    return RegisterEntry(
        unit=unit,
        book=book,
        series=series,
        number=row.number,
        suffix=row.suffix,
        on=row.on,
        document=document,
        entered_at=at,
        entered_by=by,
        arrived_at=None if book == Book.OUT else moment(row.on),
        recipient=values.get("recipient") or "",
        drafted_by=values.get("drafted_by") or "",
        copy_kept_by=values.get("copy_kept_by") or "",
        copies=int(values["copies"]) if values.get("copies") else None,
        due_on=values.get("due_on"),
        note=values.get("note") or "",
        handled_at=at,
    )


def _count(plan: BookPlan, series: dict[Any, Series]) -> None:
    """The runs go on behind the highest number that came; a run that is new begins with the lowest."""
    for run, row in series.items():
        numbers = [entry.number for entry in plan.new if entry.run == run]
        if not row.last:
            row.first = min(numbers)
        row.first, row.last = min(row.first, *numbers), max(row.last, *numbers)
        row.save(update_fields=["first", "last"])


def _digest(table: Table) -> str:
    """SHA-256 of the rows as they were understood, so that a kept file can be shown to be the one brought in."""
    text = json.dumps([row.values for row in table.rows], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
