"""The books a person keeps, and the entries of a document."""

from datetime import date

from trienkhai.documents.models import Document, RegisterEntry
from trienkhai.orgs.rules import CONTENT_READERS, reach_of
from trienkhai.people.models import Account


def own_units(account: Account, on: date) -> list[int]:
    """Units whose registers are the person's own: where it holds a post that reads documents."""
    return sorted({grant.unit_id for grant in reach_of(account, on).of(*CONTENT_READERS).grants})


def entries_of(document: Document, account: Account, on: date) -> tuple[list[RegisterEntry], int]:
    """The entries in the holder's and the person's own registers, and how many other registers hold the document."""
    near = {document.owner_id, *own_units(account, on)}
    rows = document.entries.select_related("unit__present", "series__term").order_by("on", "pk")
    shown = list(rows.filter(unit__in=near))
    return shown, document.entries.count() - len(shown)
