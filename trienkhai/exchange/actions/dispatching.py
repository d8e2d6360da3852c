"""Documents go out as packets; what we say of those that came in goes out as states."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from typing import Any, BinaryIO, cast

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.folding import squeeze
from trienkhai.documents.actions import hold_document
from trienkhai.documents.models import Document
from trienkhai.exchange import rules
from trienkhai.exchange.edxml import Attachment, Business, Organ, Packet, Status, write_packet, write_status
from trienkhai.exchange.folders import outgoing
from trienkhai.exchange.models import Correspondent, Direction, Dispatch, DispatchState
from trienkhai.norms.queries import value
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

REASON = 500


@transaction.atomic
def send_document(
    document_id: int, unit: Unit, to: Sequence[Correspondent], *, by: Account, at: datetime
) -> list[Dispatch]:
    """Write one packet with all files of a document for these correspondents, and remember that it went to each.

    A correspondent that has it already is left out. Raises Refused; ValidationError when the unit has no code on the
    axis, nobody is left to send to, or the document lacks its number, day or file. The packet is in the folder when
    the transaction commits; a fault while it is written undoes the whole.
    """
    document = _locked(document_id)
    verdict = rules.can_send(by, document, unit, day_of(at)).require()
    sender = own_correspondent(unit)
    key = document_key(document, sender)
    known = Dispatch.objects.filter(unit=unit, document_key=key, direction=Direction.OUT)
    has_it = set(known.values_list("correspondent_id", flat=True))
    new = [row for row in to if row.pk not in has_it and row.pk != sender.pk]
    if not new:
        raise ValidationError({"to": _("Everyone you chose has this document already.")})
    sent = Dispatch.objects.bulk_create(
        Dispatch(unit=unit, document=document, correspondent=row, direction=Direction.OUT, document_key=key, at=at)
        for row in new
    )
    packet = _packet(document, sender, new, key, by, at)
    record(
        "document.sent",
        document,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=unit.path or "",
        label=document.reference,
        count=len(new),
        to=[row.organ_id for row in new],
    )
    _write(document, packet)
    return sent


def own_correspondent(unit: Unit) -> Correspondent:
    """The unit's own code on the axis. Raises ValidationError when it has none."""
    found = Correspondent.objects.filter(unit=unit).first()
    if found is None:
        raise ValidationError(_("This unit has no organ id yet; an administrator enters it."))
    return found


def document_key(document: Document, sender: Correspondent) -> str:
    """ "organ,yyyy/mm/dd,symbol". Raises ValidationError for a document without symbol or day."""
    if not document.symbol or document.issued_on is None:
        raise ValidationError(_("A document without number, symbol and day cannot be sent."))
    return f"{sender.organ_id},{document.issued_on:%Y/%m/%d},{document.symbol}"


def _locked(document_id: int) -> Document:
    return Document.objects.select_for_update(of=("self",)).select_related("owner__present").get(pk=document_id)


def _packet(
    document: Document, sender: Correspondent, to: Sequence[Correspondent], key: str, by: Account, at: datetime
) -> Packet:
    """The values of the packet; its files are added where they are opened."""
    day = day_of(at)
    text = document.texts.order_by("-version").first()
    reading: dict[str, Any] = text.reading if text else {}
    return Packet(
        sender=_organ(sender),
        recipients=[_organ(row) for row in to],
        number=document.number,
        notation=document.symbol.removeprefix(document.number),
        type_name=document.doc_type,
        type_code=_code("edxml_document_types", document.doc_type, day),
        subject=document.title,
        place=document.place,
        promulgated_on=document.issued_on,
        document_id=key,
        signer=document.signer_name,
        position=document.signer_role,
        competence=(reading.get("signer") or {}).get("authority") or "",
        places=reading.get("recipients") or [],
        urgency=_code("edxml_urgency", document.urgency, day),
        staff=by.name,
        sent_at=timezone.localtime(at),
    )


def _code(norm: str, words: str, on: date) -> int:
    return value(norm, on=on, default={}).get(squeeze(words).lower(), 0)


def _organ(row: Correspondent) -> Organ:
    return Organ(row.organ_id, row.name)


def _write(document: Document, packet: Packet) -> None:
    """The packet with every file of the document, streamed from the store."""
    files = [row.file for row in document.files.select_related("file").order_by("pk")]
    if not files:
        raise ValidationError(_("There is no file of this document to send."))
    with ExitStack() as opened:
        for file in files:
            content = opened.enter_context(default_storage.open(file.path))
            packet.attachments.append(Attachment(file.name, file.media_type, cast(BinaryIO, content)))
        write_packet(opened.enter_context(outgoing(f"van-ban-{document.uuid.hex}")), packet)


@transaction.atomic
def ask_back(dispatch_id: int, reason: str, *, by: Account, at: datetime) -> Dispatch:
    """Ask the receiver of a document to give it back (thu hồi). Raises Refused; ValidationError without a reason."""
    dispatch = locked_dispatch(dispatch_id)
    verdict = rules.can_ask_back(by, dispatch, day_of(at)).require()
    if not (said := squeeze(reason)[:REASON]):
        raise ValidationError({"reason": _("Say why.")})
    dispatch.recall_reason = said
    keep_state(dispatch, rules.RECALL, said, by=by, at=at, told_by_us=True)
    packet = _packet(
        dispatch.document, own_correspondent(dispatch.unit), [dispatch.correspondent], dispatch.document_key, by, at
    )
    packet.business, packet.reason = Business.RECALLED, said
    record(
        "document.asked_back",
        dispatch.document,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=dispatch.unit.path or "",
        label=dispatch.document.reference,
        to=dispatch.correspondent.organ_id,
    )
    with outgoing(f"thu-hoi-{dispatch.document.uuid.hex}") as target:
        write_packet(target, packet)
    return dispatch


@transaction.atomic
def tell_state(dispatch_id: int, code: str, description: str = "", *, by: Account, at: datetime) -> Dispatch:
    """Tell the sender of a document that came in how far it is. Raises Refused; ValidationError for another code."""
    dispatch = locked_dispatch(dispatch_id)
    verdict = rules.can_tell_state(by, dispatch, day_of(at)).require()
    if code not in rules.TOLD_BY_HAND:
        raise ValidationError({"code": _("Choose one of the values shown.")})
    answer(dispatch, code, description, by=by, at=at)
    record(
        "document.state_told",
        dispatch.document,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=dispatch.unit.path or "",
        label=dispatch.document.reference,
        code=code,
        to=dispatch.correspondent.organ_id,
    )
    return dispatch


def locked_dispatch(dispatch_id: int) -> Dispatch:
    """The packet's row, locked after its document. Raises Refused when that was locked away meanwhile."""
    hold_document(Document.objects.filter(dispatches=dispatch_id))
    rows = Dispatch.objects.select_for_update(of=("self",))
    return rows.select_related("unit__present", "document__owner__present", "correspondent").get(pk=dispatch_id)


def answer(dispatch: Dispatch, code: str, description: str, *, by: Account | None, at: datetime) -> None:
    """Keep a state and write it for the sender."""
    keep_state(dispatch, code, description, by=by, at=at, told_by_us=True)
    document = dispatch.document
    status = Status(
        sender=_organ(own_correspondent(dispatch.unit)),
        document_owner=dispatch.correspondent.organ_id,
        symbol=document.symbol,
        promulgated_on=document.issued_on,
        document_id=dispatch.document_key,
        code=code,
        description=squeeze(description)[:REASON] or state_word(code, day_of(at)),
        at=timezone.localtime(at),
        department=dispatch.unit.name,
        staff=by.name if by else "",
    )
    with outgoing(f"trang-thai-{document.uuid.hex}") as target:
        write_status(target, status)


def state_word(code: str, on: date) -> str:
    """The regulation's own words, in Vietnamese: another system reads them."""
    return value("edxml_states", on=on, default={}).get(code, {}).get("vi", code)


def keep_state(
    dispatch: Dispatch, code: str, description: str, *, by: Account | None, at: datetime, told_by_us: bool
) -> None:
    DispatchState.objects.create(
        dispatch=dispatch, code=code, description=squeeze(description)[:REASON], told_by_us=told_by_us, by=by, at=at
    )
    dispatch.state = code
    dispatch.save(update_fields=["state", "recall_reason"])
