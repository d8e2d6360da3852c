"""What a unit does with what it was sent: open, acknowledge (one or all of mine), say what came of it."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.audit.models import Act
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused, Verdict
from trienkhai.dissemination import rules
from trienkhai.dissemination.models import Closing, Receipt, ReceiptQuerySet
from trienkhai.documents.models import Document
from trienkhai.orgs.actors import actor
from trienkhai.orgs.rules import holding_at
from trienkhai.people.models import Account


def mark_opened(document: Document, *, by: Account, at: datetime) -> int:
    """A person who acts for receiving units looks at the document: their receipts are opened, each by the post there.

    Reading is not an act of the organisation: none is recorded. One query where nothing is new.
    """
    units = rules.units_receiving(by, day_of(at))
    unopened = Receipt.objects.filter(sending__document=document, unit__in=units, opened_at=None, current=True)
    marked = 0
    for receipt in unopened.select_related("unit") if units else ():
        holding = holding_at(by, receipt.unit, rules.RECEIVERS, day_of(at), "acknowledge")
        if holding is None:
            continue
        opened = {"opened_at": at, "opened_post": actor(by, holding).post_label}
        rows = Receipt.objects.filter(pk=receipt.pk, opened_at=None)
        marked += rows.update(delivered_at=Coalesce("delivered_at", at), **opened)
    return marked


def _locked(receipt_id: int) -> Receipt:
    """Without its document, at which all units that acknowledge would queue. Refused when it was locked away."""
    rows = Receipt.objects.select_for_update(of=("self",), no_key=True).filter(pk=receipt_id)
    found = rows.select_related("unit__present", "sending__document", "sending__sender").first()
    if found is None:
        raise Refused(_("The document was locked away."))
    return found


def _record(verb: str, receipt: Receipt, verdict: Verdict, *, by: Account, at: datetime, **data: Any) -> Act:
    """The act names the document by its reference, never by its subject."""
    label, who = receipt.sending.document.reference, actor(by, verdict.holding)
    return record(verb, receipt, by=who, at=at, label=label, version=receipt.sending.version, **data)


@transaction.atomic
def acknowledge_receipt(receipt_id: int, *, by: Account, at: datetime) -> Receipt:
    """A post of the unit confirms that the unit has received this version. Raises Refused, a second time too."""
    receipt = _locked(receipt_id)
    verdict = rules.can_acknowledge(by, receipt, day_of(at)).require()
    act = _record("receipt.acknowledged", receipt, verdict, by=by, at=at)
    receipt.delivered_at, receipt.opened_at = receipt.delivered_at or at, receipt.opened_at or at
    receipt.acknowledged_at, receipt.acknowledged_by = at, by
    receipt.acknowledged_post, receipt.principal_id = act.post_label, _principal(verdict)
    receipt.opened_post = receipt.opened_post or act.post_label
    receipt.save()
    return receipt


def _principal(verdict: Verdict) -> int | None:
    principal = verdict.holding.principal
    return principal.account_id if principal else None


@transaction.atomic
def acknowledge_receipts(rows: ReceiptQuerySet, *, selection: str, by: Account, at: datetime) -> int:
    """Acknowledge all of `rows` that wait for the person's units, in one act; returns how many. Refused for none.

    selection: what was chosen, in words. By one post for each unit: an own one before a delegation.
    """
    on = day_of(at)
    waiting = rows.filter(unit__in=rules.units_receiving(by, on, "acknowledge")).missing().standing(on).order_by("pk")
    if connection.vendor == "postgresql":
        waiting = waiting.select_for_update(of=("self",), no_key=True)
    listed = list(waiting.select_related("unit__present"))
    one_each = {row.unit_id: row for row in listed}
    verdicts = {unit: rules.can_acknowledge(by, row, on) for unit, row in one_each.items()}
    done = [row for row in listed if verdicts[row.unit_id]]
    if not done:
        raise Refused(_("No document waits for your confirmation."))
    who = {unit: actor(by, verdict.holding) for unit, verdict in verdicts.items() if verdict}
    digest = hashlib.sha256(",".join(str(row.pk) for row in done).encode()).hexdigest()
    first = who[done[0].unit_id]
    record("receipt.acknowledged", by=first, at=at, selection=selection, count=len(done), digest=digest, bulk=True)
    for row in done:
        row.delivered_at, row.opened_at = row.delivered_at or at, row.opened_at or at
        row.acknowledged_at, row.acknowledged_by = at, by
        row.acknowledged_post = who[row.unit_id].post_label
        row.opened_post, row.principal_id = row.opened_post or row.acknowledged_post, _principal(verdicts[row.unit_id])
    fields = ["delivered_at", "opened_at", "opened_post", "acknowledged_at", "acknowledged_by", "acknowledged_post"]
    Receipt.objects.bulk_update(done, [*fields, "principal"], batch_size=500)
    return len(done)


@transaction.atomic
def close_receipt(receipt_id: int, closed_as: str, *, by: Account, at: datetime) -> Receipt:
    """The unit says what came of it: study only, concretised, tasks given. It may say so anew. Raises Refused."""
    receipt = _locked(receipt_id)
    verdict = rules.can_close(by, receipt, day_of(at)).require()
    if closed_as not in Closing.values or not closed_as:
        raise ValidationError({"closed_as": _("Choose one of the values shown.")})
    if receipt.closed_as == closed_as:
        return receipt
    _record("receipt.closed", receipt, verdict, by=by, at=at, old=receipt.closed_as or None, new=closed_as)
    receipt.closed_as, receipt.closed_at = closed_as, at
    receipt.save(update_fields=["closed_as", "closed_at"])
    return receipt
