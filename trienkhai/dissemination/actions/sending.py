"""Gửi xuống: one act puts a document before every selected unit; reminding those that have not acknowledged it."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import squeeze
from trienkhai.common.paths import MAX_DEPTH, WIDTH, next_path
from trienkhai.common.verdict import Refused
from trienkhai.dissemination import rules
from trienkhai.dissemination.models import Receipt, ReceiptQuerySet, Reopens, Sending
from trienkhai.dissemination.queries.sending import last_sending, receipts_of
from trienkhai.documents.actions import hold_document
from trienkhai.documents.models import Document
from trienkhai.documents.reader.secrecy import secrecy_mark
from trienkhai.notices.actions import stored, tell_units
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.orgs.selection import select
from trienkhai.people.models import Account

LEVELS = " UNION ALL ".join(f"SELECT {level} AS k" for level in range(1, MAX_DEPTH))
REACHED = (
    f"SELECT DISTINCT a.sending_id, CAST(substr(a.above, {WIDTH} * n.k - {WIDTH - 1}, {WIDTH}) AS BIGINT) AS unit_id "
    f"FROM (SELECT DISTINCT r.sending_id, g.path AS top, substr(u.path, 1, length(u.path) - {WIDTH}) AS above "
    "FROM dissemination_receipt r JOIN dissemination_sending s ON s.id = r.sending_id "
    "JOIN orgs_unit g ON g.id = s.sender_id JOIN orgs_unit u ON u.id = r.unit_id "
    "WHERE substr(u.path, 1, length(g.path)) = g.path AND {which}) a "
    f"JOIN ({LEVELS}) n ON {WIDTH} * n.k <= length(a.above) AND {WIDTH} * n.k > length(a.top)"
)
"""SQL for the units between a sender and the units it reached, by sending."""


@dataclass(frozen=True)
class Order:
    """What a person wants sent. `reopens` and `reopened` count when a later version is sent."""

    selection: str
    acknowledge_by: date = OPEN_END
    note: str = ""
    reopens: str = Reopens.NOBODY
    reopened: str = ""


@transaction.atomic
def send_document(document_id: int, sender: Unit, order: Order, *, by: Account, at: datetime) -> Sending:
    """Put the newest version of a document before every selected unit that has not got it, in one act.

    Units that hold an earlier version get this one when `order.reopens` says so; the others keep their receipt.
    Receipts are one INSERT … SELECT, notices another, whatever the number of units. Raises Refused when nobody new is
    reached, or ValidationError by field; nothing is then stored.
    """
    on = day_of(at)
    document = hold_document(Document.objects.filter(pk=document_id))
    verdict = rules.can_send(by, document, sender, on).require()
    sending = _drafted(document, sender, order, by=by, at=at)
    sending.save()
    _open_receipts(sending, at)
    units = _units_reached(sending)
    if not units and not (sending.follows and sending.follows.version != sending.version):
        raise Refused(_("Every unit chosen has this document already."))
    digest = hashlib.sha256(",".join(units).encode()).hexdigest()
    act = record(
        "sending.sent",
        sending,
        by=actor(by, verdict.holding),
        at=at,
        label=document.reference,
        selection=sending.selection,
        count=len(units),
        digest=digest,
        version=sending.version,
        reopens=sending.reopens,
        reopened=sending.reopened,
    )
    sending.count, sending.digest, sending.act = len(units), digest, act.pk
    sending.save(update_fields=["count", "digest", "act"])
    _close_earlier(sending)
    _mark_branches(sending)
    _tell(sending, Receipt.objects.filter(sending=sending), "document_sent", act.pk, at)
    return sending


def _drafted(document: Document, sender: Unit, order: Order, *, by: Account, at: datetime) -> Sending:
    """The sending as it will be stored. Raises ValidationError by field."""
    on, text = day_of(at), document.texts.order_by("-version").first()
    if text and (mark := secrecy_mark(text.text)):
        raise ValidationError(_("The document bears the mark “%(mark)s” and is not sent.") % {"mark": mark})
    if order.acknowledge_by < on:
        raise ValidationError({"acknowledge_by": _("This day is past.")})
    if order.reopens not in Reopens.values:
        raise ValidationError({"reopens": _("Choose one of the values shown.")})
    reopened = order.reopened if order.reopens == Reopens.SELECTION else ""
    if order.reopens == Reopens.SELECTION and not reopened:
        raise ValidationError({"reopened": _("A selection must name someone.")})
    for name, words in (("selection", order.selection), ("reopened", reopened)):
        _readable(name, words, sender, on)
    return Sending(
        document=document,
        text=text,
        version=text.version if text else 0,
        sender=sender,
        selection=order.selection,
        follows=last_sending(document, sender),
        reopens=order.reopens,
        reopened=reopened,
        on=on,
        acknowledge_by=order.acknowledge_by,
        note=squeeze(order.note)[:1000],
        sent_by=by,
        sent_at=at,
    )


def _readable(name: str, words: str, sender: Unit, on: date) -> None:
    if not words and name == "reopened":
        return
    try:
        select(words, by=sender, on=on)
    except ValidationError as fault:
        raise ValidationError({name: fault.messages}) from fault


def _open_receipts(sending: Sending, at: datetime) -> None:
    """The receipts of this sending: delivered at once where someone holds a post that gets the notice."""
    units = select(sending.selection, by=sending.sender, on=sending.on).exclude(pk=sending.sender_id)
    units_sql, units_params = units.order_by().values_list("pk").query.sql_with_params()
    again, again_params = _opens_again(sending)
    day, marks = connection.ops.adapt_datefield_value(sending.on), ", ".join(["%s"] * len(rules.ADDRESSED))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH u(id) AS MATERIALIZED ({units_sql}), "
            "before(unit_id, version, acknowledged_at) AS MATERIALIZED (SELECT r.unit_id, s.version, r.acknowledged_at "
            "FROM dissemination_receipt r JOIN dissemination_sending s ON s.id = r.sending_id "
            "WHERE s.document_id = %s AND s.sender_id = %s AND s.id <> %s AND r.current) "
            "INSERT INTO dissemination_receipt (sending_id, unit_id, sent_to_id, current, delivered_at, opened_post, "
            "acknowledged_post, closed_as) "
            "SELECT %s, u.id, u.id, %s, CASE WHEN u.id IN (SELECT p.unit_id FROM orgs_post p JOIN orgs_holding h "
            f"ON h.post_id = p.id WHERE p.role IN ({marks}) AND h.valid_from <= %s AND h.valid_to > %s) "
            "THEN %s END, '', '', '' FROM u LEFT JOIN before b ON b.unit_id = u.id "
            f"WHERE b.unit_id IS NULL OR (b.version <> %s AND ({again}))",
            [
                *units_params,
                sending.document_id,
                sending.sender_id,
                sending.pk,
                sending.pk,
                True,
                *(role.value for role in rules.ADDRESSED),
                day,
                day,
                stored(at),
                sending.version,
                *again_params,
            ],
        )


def _units_reached(sending: Sending) -> list[str]:
    """Their ids in order, read without the ORM, which took as long over 55,000 as a tenth of the sending."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id FROM dissemination_receipt WHERE sending_id = %s ORDER BY unit_id", [sending.pk])
        return [str(pk) for (pk,) in cursor.fetchall()]


def _opens_again(sending: Sending) -> tuple[str, list[Any]]:
    """SQL for: a unit that holds an earlier version gets this one; over the row `b` of what it holds."""
    if sending.reopens == Reopens.SELECTION:
        units = select(sending.reopened, by=sending.sender, on=sending.on).order_by().values_list("pk")
        sql, params = units.query.sql_with_params()
        return f"u.id IN ({sql})", list(params)
    plain = {Reopens.NOBODY: "1 = 0", Reopens.ACKNOWLEDGED: "b.acknowledged_at IS NOT NULL", Reopens.ALL: "1 = 1"}
    return plain[Reopens(sending.reopens)], []


def _close_earlier(sending: Sending) -> None:
    """Earlier receipts of the units that got this version stand for the past."""
    if sending.follows_id is None:
        return
    reached = Receipt.objects.filter(sending=sending).values("unit")
    earlier = Receipt.objects.filter(sending__document=sending.document_id, sending__sender=sending.sender_id)
    earlier.exclude(sending=sending).filter(current=True, unit__in=reached).update(current=False)


def _mark_branches(sending: Sending) -> None:
    reached = REACHED.format(which="r.sending_id = %s")
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO dissemination_sendingbranch (sending_id, unit_id) {reached}", [sending.pk])


def carry_branches(path: str) -> None:
    """After a unit has moved: the branches above its new place are reached by what was sent into it."""
    reached = REACHED.format(which="u.path >= %s AND u.path < %s")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO dissemination_sendingbranch (sending_id, unit_id) SELECT * FROM ({reached}) AS reached "
            "WHERE NOT EXISTS (SELECT 1 FROM dissemination_sendingbranch b "
            "WHERE b.sending_id = reached.sending_id AND b.unit_id = reached.unit_id)",
            [path, next_path(path)],
        )


def _tell(sending: Sending, receipts: ReceiptQuerySet, kind: str, act: int, at: datetime) -> None:
    """A notice to the posts that receive for the units of these receipts."""
    units_sql, units_params = receipts.order_by().values_list("unit_id").query.sql_with_params()
    tell_units(
        units_sql,
        list(units_params),
        rules.ADDRESSED,
        kind,
        url=reverse("documents:detail", args=[sending.document_id]),
        at=at,
        act=act,
        document=sending.document.reference,
        unit=sending.sender.short_name,
    )


@transaction.atomic
def remind_missing(sending_id: int, *, by: Account, at: datetime) -> int:
    """Remind every unit that has not acknowledged what it was sent last, in one act; returns how many units.

    Raises Refused when none is missing, or they were reminded today.
    """
    hold_document(Document.objects.filter(sendings=sending_id))
    rows = Sending.objects.select_for_update(of=("self",), no_key=True)
    sending = rows.select_related("document", "sender__present").get(pk=sending_id)
    verdict = rules.can_remind(by, sending, day_of(at)).require()
    missing = receipts_of(sending, day_of(at)).missing()
    units = [str(pk) for pk in missing.order_by("unit_id").values_list("unit_id", flat=True)]
    if not units:
        raise Refused(_("No unit is missing."))
    digest = hashlib.sha256(",".join(units).encode()).hexdigest()
    who, label = actor(by, verdict.holding), sending.document.reference
    act = record("sending.reminded", sending, by=who, at=at, label=label, count=len(units), digest=digest)
    sending.reminded_on = day_of(at)
    sending.save(update_fields=["reminded_on"])
    _tell(sending, missing, "receipt_missing", act.pk, at)
    return len(units)
