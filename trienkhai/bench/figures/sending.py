"""Sending a document to all units, receipts, notices and act included, beside the raw INSERTs of the same rows."""

from collections.abc import Callable
from functools import partial

from django.db import connection, transaction

from trienkhai.bench.organisation import BEGIN, Organisation
from trienkhai.bench.scratch import Scratch, execute
from trienkhai.bench.timing import seconds, taking_turns
from trienkhai.bench.work import AT
from trienkhai.dissemination.actions import Order, send_document
from trienkhai.dissemination.models import Sending
from trienkhai.dissemination.rules import ADDRESSED
from trienkhai.documents.models import Document
from trienkhai.notices.actions import stored

WARMED = ("orgs_unit", "orgs_unitversion", "orgs_post", "orgs_holding")
KINDS = "('grassroots_committee', 'grassroots_cell', 'commune')"


def measure(scratch: Scratch, organisation: Organisation, document: Document, rounds: int) -> dict[str, float]:
    """`send_to_floor`, `send_s`, `send_floor_s`: medians, each run on a fresh copy."""
    made: set[tuple[int, ...]] = set()

    def product() -> None:
        order = Order("grassroots")
        send_document(document.pk, organisation.root, order, by=organisation.leader, at=AT)

    raw = partial(_raw, organisation, document)
    ways: dict[str, Callable[[], float]] = {
        "floor": partial(_on_copy, scratch, raw, made),
        "product": partial(_on_copy, scratch, product, made),
    }
    found = taking_turns(ways, rounds, warm_up=rounds > 3)
    if len(made) != 1:
        raise RuntimeError("the floor and the product wrote different rows")
    return {
        "send_to_floor": found["product"] / found["floor"],
        "send_s": found["product"],
        "send_floor_s": found["floor"],
    }


def _on_copy(scratch: Scratch, call: Callable[[], object], made: set[tuple[int, ...]]) -> float:
    with scratch.copy():
        for table in WARMED:
            execute(f"SELECT COUNT(*) FROM {table}")
        took = seconds(call)
        made.add(_fingerprint())
        return took


def _fingerprint() -> tuple[int, ...]:
    """Count and sums that differ when receipts or notices do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*), SUM(r.unit_id), COUNT(r.delivered_at), (SELECT COUNT(*) FROM notices_notice), "
            "(SELECT SUM(post_id) FROM notices_notice) FROM dissemination_receipt r"
        )
        return tuple(cursor.fetchone())


@transaction.atomic
def _raw(organisation: Organisation, document: Document) -> None:
    """The least that stores these rows: one statement for the receipts, one for the notices, all indexes in place."""
    sending = Sending.objects.create(
        document=document,
        sender=organisation.root,
        selection="grassroots",
        on=BEGIN,
        sent_by=organisation.leader,
        sent_at=AT,
    )
    execute(
        "INSERT INTO dissemination_receipt (sending_id, unit_id, sent_to_id, current, delivered_at, opened_post, "
        "acknowledged_post, closed_as) SELECT %s, u.id, u.id, %s, %s, '', '', '' FROM orgs_unit u "
        f"JOIN orgs_unitversion v ON v.id = u.present_id WHERE v.kind IN {KINDS} AND v.relation = 'subordinate'",
        [sending.pk, True, stored(AT)],
    )
    execute(
        "INSERT INTO notices_notice (post_id, kind, params, url, at, act) SELECT p.id, 'document_sent', %s, %s, %s, 1 "
        f"FROM orgs_post p JOIN orgs_unit u ON u.id = p.unit_id JOIN orgs_unitversion v ON v.id = u.present_id "
        f"WHERE p.role IN (%s, %s, %s) AND v.kind IN {KINDS} AND v.relation = 'subordinate'",
        ['{"document": "Nghị quyết 1", "unit": "Đơn vị"}', f"/van-ban/{document.pk}", stored(AT), *ADDRESSED],
    )
