"""The journal of a reorganisation: which rows it changed, made and removed, so that it can be taken back.

    with journal.keep(key, on=day):
        ...  # actions of this area and carriers of all areas note what they change

`taking_back.take_back(key, by=…, at=…)` puts it all back. Whoever changes rows on behalf of a reorganisation goes
through `update`, `save`, `created`, `delete`, or calls `touch` before a statement of its own. Without a journal open
these do the plain statement and nothing else.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models, transaction

from trienkhai.orgs.models import Journal

PORTION = 500
Row = dict[str, Any]


class _Book:
    """Each row that was touched, as it was before the first touch; None for one that was made."""

    def __init__(self) -> None:
        self.before: dict[type[models.Model], dict[int, Row | None]] = {}

    def note(self, model: type[models.Model], rows: Iterable[tuple[int, Row | None]]) -> None:
        known = self.before.setdefault(model, {})
        for pk, row in rows:
            known.setdefault(pk, row)

    def store(self, key: str, on: date) -> None:
        """Write what differs now, a page for every portion of a table. Journals of earlier days are of no use."""
        Journal.objects.filter(on__lt=on).delete()
        pages = []
        for model, before in self.before.items():
            for portion in portions(sorted(before)):
                now = rows_of(model, portion)
                differing = [
                    entry for pk in portion if (entry := _entry(model, pk, before[pk], now.get(pk))) is not None
                ]
                if differing:
                    pages.append(Journal(key=key, on=on, table=model._meta.label, rows=differing))
        last = Journal.objects.filter(key=key).aggregate(last=models.Max("position"))["last"] or 0
        for place, page in enumerate(pages, start=last + 1):
            page.position = place
        Journal.objects.bulk_create(pages, batch_size=50)


_open: ContextVar[_Book | None] = ContextVar("journal", default=None)


@contextmanager
def keep(key: str, *, on: date) -> Iterator[None]:
    """Note under `key` what is changed inside, which is one transaction; a fault or a dry run leaves nothing noted."""
    if _open.get() is not None:
        raise RuntimeError("a journal is open already")
    book = _Book()
    with transaction.atomic():
        token = _open.set(book)
        try:
            yield
        finally:
            _open.reset(token)
        book.store(key, on)


def touch(queryset: models.QuerySet[Any]) -> None:
    """Lock the rows and note them as they are; call it before a statement that changes or removes them."""
    book = _open.get()
    if book is not None:
        model = queryset.model
        ids = list(queryset.order_by().values_list("pk", flat=True))
        new = sorted(set(ids) - set(book.before.get(model, {})))
        for portion in portions(new):
            book.note(model, rows_of(model, portion, lock=True).items())


def update(queryset: models.QuerySet[Any], **values: Any) -> int:
    """`queryset.update(**values)`, noted; returns how many rows."""
    touch(queryset)
    return queryset.update(**values)


def save(row: models.Model, *, fields: Iterable[str]) -> None:
    """`row.save(update_fields=…)`, noted."""
    touch(type(row)._base_manager.filter(pk=row.pk))
    row.save(update_fields=list(fields))


def delete(queryset: models.QuerySet[Any]) -> None:
    """Remove rows to which nothing refers, noted."""
    touch(queryset)
    queryset.delete()


def created(rows: Iterable[models.Model]) -> None:
    """Note rows that have just been made."""
    book = _open.get()
    if book is not None:
        for row in rows:
            book.note(type(row), [(row.pk, None)])


@contextmanager
def making(queryset: models.QuerySet[Any]) -> Iterator[None]:
    """Note the rows of `queryset` that a statement of its own inserts inside."""
    book = _open.get()
    known = set(queryset.order_by().values_list("pk", flat=True)) if book is not None else set()
    yield
    if book is not None:
        now = set(queryset.all().order_by().values_list("pk", flat=True))
        book.note(queryset.model, [(pk, None) for pk in sorted(now - known)])


def portions(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), PORTION):
        yield ids[start : start + PORTION]


def rows_of(model: type[models.Model], ids: list[int], *, lock: bool = False) -> dict[int, Row]:
    """id → all columns, as the journal keeps and compares them."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.filter(pk__in=ids).order_by("pk")
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    found = {}
    for values in rows.values_list(*names):
        row = {name: plain(value) for name, value in zip(names, values, strict=True)}
        found[row[model._meta.pk.attname]] = row
    return found


def plain(value: Any) -> Any:
    """A value of a column as JSON keeps it without loss."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value


def digest(row: Row) -> str:
    return hashlib.sha256(json.dumps(row, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _entry(model: type[models.Model], pk: int, before: Row | None, now: Row | None) -> list[Any] | None:
    """[id, columns before, digest now]; None when nothing became of the row."""
    if before == now:
        return None
    if before is None or now is None:
        return [pk, before, digest(now) if now else None]
    return [pk, {name: value for name, value in before.items() if now[name] != value}, digest(now)]
