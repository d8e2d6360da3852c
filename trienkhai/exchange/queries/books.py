"""A unit's book as rows of a sheet."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from trienkhai.documents.queries.books import Page, lines_of
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account


def book_rows(account: Account, unit: Unit, book: str, wanted: Page, on: date) -> Iterator[dict[str, Any]]:
    """The lines of the book within the person's sight, in its order, streamed; cancelled numbers say why."""
    for entry in lines_of(account, unit, book, wanted, on).iterator(chunk_size=2000):
        document = entry.document
        row: dict[str, Any] = {
            "on": entry.on,
            "number": entry.number_shown,
            "recipient": entry.recipient,
            "drafted_by": entry.drafted_by,
            "copy_kept_by": entry.copy_kept_by,
            "copies": entry.copies,
            "due_on": entry.due_on,
            "note": " ".join(filter(None, (entry.reason, entry.note))),
            "issued_on": entry.on,
        }
        if document is not None:
            names = ("doc_type", "symbol", "issuer_name", "issued_on", "title", "signer_name")
            row |= {name: getattr(document, name) for name in names}
        yield row
