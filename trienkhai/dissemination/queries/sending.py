"""How far what was sent down has come: four figures, by branch, who is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from trienkhai.common.paths import WIDTH
from trienkhai.dissemination.models import Receipt, ReceiptQuerySet, Sending
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import PRESENT, Places


@dataclass(frozen=True)
class Figures:
    """Units to which it was sent, and how many of them it reached, opened it, acknowledged it; `late`: not yet, and
    the day is past.
    """

    sent: int = 0
    delivered: int = 0
    opened: int = 0
    acknowledged: int = 0
    late: int = 0

    @property
    def missing(self) -> int:
        return self.sent - self.acknowledged

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) + getattr(other, name) for name in SUMS))

    def __sub__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) - getattr(other, name) for name in SUMS))


SUMS = ("sent", "delivered", "opened", "acknowledged", "late")


@dataclass(frozen=True)
class BranchLine:
    """One direct subordinate with all below it."""

    unit: Unit
    figures: Figures


def last_sending(document: Document, sender: Unit) -> Sending | None:
    return Sending.objects.filter(document=document, sender=sender).order_by("-pk").first()


def last_sendings(rows: QuerySet[Sending], on: date, limit: int) -> list[tuple[Sending, Figures]]:
    """The last sending of each document by each unit, the newest first, with how far it has come. Three queries."""
    last = rows.order_by().values("document", "sender").annotate(last=Max("pk")).order_by("-last")[:limit]
    found = Sending.objects.filter(pk__in=[row["last"] for row in last]).order_by("-pk")
    sendings = list(found.select_related("document", "sender__present"))
    pairs = [(row.document_id, row.sender_id) for row in sendings]
    documents, senders = {one for one, _sender in pairs}, {sender for _one, sender in pairs}
    held = Receipt.objects.filter(sending__document__in=documents, sending__sender__in=senders).current().standing(on)
    counted = _counts(on)
    keys = ("sending__document", "sending__sender")
    grouped = held.order_by().values(*keys).annotate(**counted).values_list(*keys, *counted)
    counts = {(row[0], row[1]): Figures(**dict(zip(counted, row[2:], strict=True))) for row in grouped}
    return [(row, counts.get(pair, Figures())) for row, pair in zip(sendings, pairs, strict=True)]


def sendings_of(sending: Sending) -> QuerySet[Sending]:
    """All sendings of the document by that unit, the last first."""
    return Sending.objects.filter(document=sending.document_id, sender=sending.sender_id).order_by("-pk")


def receipts_of(sending: Sending, on: date, *, places: Places = PRESENT) -> ReceiptQuerySet:
    """What each standing unit holds of the document from that sender: the last version sent to it.

    By the tree of a past day: what was sent to each unit, also where it ended since.
    """
    rows = Receipt.objects.filter(sending__document=sending.document_id, sending__sender=sending.sender_id)
    if places.on is None:
        return rows.current().standing(on)
    return rows.last_sent()


def filed_under(places: Places) -> str:
    """Whose place a receipt has: who holds it by the tree of today, whom it was sent to by that of a past day."""
    return "unit" if places.on is None else "sent_to"


def _counts(on: date) -> dict[str, Count]:
    late = Q(acknowledged_at=None, sending__acknowledge_by__lt=on)
    columns = {"delivered": "delivered_at", "opened": "opened_at", "acknowledged": "acknowledged_at"}
    return {"sent": Count("pk"), "late": Count("pk", filter=late)} | {
        name: Count(column) for name, column in columns.items()
    }


def figures_of(rows: ReceiptQuerySet, on: date) -> Figures:
    return Figures(**rows.order_by().aggregate(**_counts(on)))


def figures_by_version(sending: Sending, on: date) -> dict[int, Figures]:
    """By sending: the receipts that are still the last one of their unit. One query."""
    rows = receipts_of(sending, on).order_by().values("sending_id").annotate(**_counts(on))
    return {sending: Figures(**counts) for sending, counts in apart(rows, "sending_id")}


def apart(rows: Iterable[Any], name: str) -> list[tuple[Any, dict[str, int]]]:
    """Each grouped row as what it is grouped by, and its counts."""
    return [(row[name], {key: number for key, number in row.items() if key != name}) for row in rows]


def figures_by_branch(
    rows: ReceiptQuerySet, top: Unit, on: date, *, places: Places = PRESENT
) -> tuple[Figures, list[BranchLine], Figures]:
    """The unit's own receipt, each direct subordinate with all below it (most missing first), and units elsewhere.

    places: by which tree. Three queries, whatever the size.
    """
    path, filed = places.path(top), filed_under(places)
    inside = places.grouped(rows.filter(places.at(path, filed)), path, _counts(on), filed)
    found = {branch: Figures(**counts) for branch, counts in inside.items()}
    outside = figures_of(rows, on) - sum(found.values(), Figures())
    own = found.pop(path, Figures())
    units = places.named(int(branch[-WIDTH:]) for branch in found)
    lines = [BranchLine(units[int(branch[-WIDTH:])], figures) for branch, figures in found.items()]
    return own, sorted(lines, key=_most_missing_first), outside


def _most_missing_first(line: BranchLine) -> tuple[int, str]:
    return -line.figures.missing, line.unit.present.sort_key if line.unit.present else ""


def missing_in(rows: ReceiptQuerySet, top: Unit, *, places: Places = PRESENT) -> ReceiptQuerySet:
    """The units of a branch that have not acknowledged, those that never opened it first."""
    filed = filed_under(places)
    below = rows.filter(places.at(places.path(top), filed), acknowledged_at=None)
    order = (F("opened_at").asc(nulls_first=True), places.column(filed))
    return below.select_related("unit__present", "sending").order_by(*order)


def closed_since(sending: Sending, on: date) -> int:
    """Receipts of units that have been closed: they are counted nowhere else."""
    rows = Receipt.objects.filter(sending__document=sending.document_id, sending__sender=sending.sender_id)
    return rows.current().filter(unit__closed_on__lte=on).count()


def receipts_waiting(units: Iterable[int], on: date) -> ReceiptQuerySet:
    """What these units have to acknowledge, the earliest day first."""
    rows = Receipt.objects.filter(unit__in=list(units)).missing().standing(on)
    rows = rows.select_related("sending__document", "sending__sender__present", "unit__present")
    return rows.order_by("sending__acknowledge_by", "pk")


def own_receipts(document: Document, unit: Unit) -> ReceiptQuerySet:
    """What the unit holds of the document, from whichever unit above it, the last first."""
    rows = Receipt.objects.filter(sending__document=document, unit=unit).current().order_by("-pk")
    return rows.select_related("sending__sender__present", "sending__document", "unit__present", "acknowledged_by")
