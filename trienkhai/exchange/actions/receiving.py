"""Packets come in: documents into the incoming book, states to what was sent, recalls to a person who decides."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.common.clock import day_of
from trienkhai.documents.actions import (
    SECRET,
    check_signatures,
    look_through,
    register_document,
    remove_unused,
    store_file,
    withdraw_document,
)
from trienkhai.documents.models import Book, Document, DocumentFile, FileKind
from trienkhai.documents.reader.files import KINDS
from trienkhai.exchange import folders, rules
from trienkhai.exchange.actions.dispatching import (
    answer,
    keep_state,
    locked_dispatch,
    own_correspondent,
    state_word,
)
from trienkhai.exchange.edxml import Business, NotEdxml, Organ, Packet, Status, read_edxml, write_status
from trienkhai.exchange.models import Correspondent, Direction, Dispatch
from trienkhai.norms.queries import value
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

ARRIVED, REFUSED, TAKEN, GIVEN_BACK, KEPT = "01", "02", "03", "15", "16"


@dataclass(frozen=True)
class Taken:
    """What became of one file. outcome: a key of `queries.packets.OUTCOMES`; `sentence`: why, or of what."""

    name: str
    outcome: str
    sentence: str = ""
    document: Document | None = None


def take_packets(unit: Unit, *, not_secret: bool, by: Account, at: datetime) -> list[Taken]:
    """Take in everything that lies in the folder `in` for this unit, each file in a transaction of its own.

    A packet that is not ours stays where it is. One that is refused is told to its sender and set aside; one with a
    mark of secrecy is removed, so that nothing of it stays on this machine. Raises Refused; ValidationError without
    the declaration or without the unit's own code.
    """
    rules.can_take(by, unit, day_of(at)).require()
    if not not_secret:
        raise ValidationError({"not_secret": _("Declare that the document holds no state secret.")})
    own = own_correspondent(unit)
    found = (_take(path, unit, own, by, at) for path in folders.incoming())
    return [row for row in found if row is not None]


def _take(path: Path, unit: Unit, own: Correspondent, by: Account, at: datetime) -> Taken | None:
    """None for what is not ours, or what another clerk is at."""
    given = _read(path)
    if given is None or not _is_for(given, own):
        return None
    with folders.claimed(path) as claim:
        return _taken(claim, path.name, given, unit, by, at) if claim else None


def _read(path: Path) -> Packet | Status | NotEdxml | None:
    """None when the file is gone meanwhile."""
    try:
        with path.open("rb") as source:
            return read_edxml(source, limit=settings.MAX_UPLOAD_BYTES)
    except FileNotFoundError:
        return None
    except NotEdxml as fault:
        return fault


def _is_for(given: Packet | Status | NotEdxml, own: Correspondent) -> bool:
    if isinstance(given, Status):
        return given.document_owner == own.organ_id
    return isinstance(given, NotEdxml) or own.organ_id in {organ.id for organ in given.recipients}


def _taken(
    claim: Path, name: str, given: Packet | Status | NotEdxml, unit: Unit, by: Account, at: datetime
) -> Taken | None:
    """A packet that is for further units of ours stays until each of them has taken it."""
    stays = False
    if isinstance(given, NotEdxml):
        taken = Taken(name, "refused", _(given.sentence))
    elif isinstance(given, Status):
        taken = _take_state(given, unit, name, at)
    else:
        stays = any(not _has(row.unit_id, given) for row in _others(given, unit))
        if stays and _has(unit.pk, given):
            return None
        taken = _take_packet(given, unit, name, by, at)
    if taken.outcome == "refused":
        folders.set_aside(claim)
    elif taken.outcome == "secret" or not stays:
        claim.unlink()
    return taken


def _others(packet: Packet, unit: Unit) -> QuerySet[Correspondent]:
    """Further units of ours to which the packet is addressed; asked back is only what they have taken in."""
    rows = Correspondent.objects.filter(organ_id__in=[organ.id for organ in packet.recipients], unit__isnull=False)
    if packet.business == Business.RECALLED:
        rows = rows.filter(unit__in=_arrivals(packet).values("unit"))
    return rows.exclude(unit=unit)


def _has(unit_id: int | None, packet: Packet) -> bool:
    """Has the unit taken in this packet: the document, or that it is asked back?"""
    rows = _arrivals(packet).filter(unit=unit_id)
    return (rows.filter(states__code=rules.RECALL) if packet.business == Business.RECALLED else rows).exists()


def _arrivals(packet: Packet) -> QuerySet[Dispatch]:
    """The document of the packet as units of ours have taken it in."""
    return Dispatch.objects.filter(
        direction=Direction.IN, document_key=packet.document_id[:200], correspondent__organ_id=packet.sender.id[:60]
    )


@transaction.atomic
def _take_state(status: Status, unit: Unit, name: str, at: datetime) -> Taken:
    """What a receiver says of a document that we sent."""
    rows = Dispatch.objects.filter(
        unit=unit,
        direction=Direction.OUT,
        document_key=status.document_id,
        correspondent__organ_id=status.sender.id,
    )
    dispatch = rows.select_for_update(of=("self",)).select_related("document").first()
    if dispatch is None:
        return Taken(name, "refused", _("It tells the state of a document that was not sent from here."))
    keep_state(dispatch, status.code, status.description, by=None, at=at, told_by_us=False)
    word = state_word(status.code, day_of(at))
    record(
        "document.state_heard",
        dispatch.document,
        by=_speaker(status.sender),
        at=at,
        unit_path=unit.path or "",
        label=dispatch.document.reference,
        code=status.code,
    )
    return Taken(name, "state", f"{status.symbol}: {word}", dispatch.document)


def _speaker(organ: Organ) -> Actor:
    """Nobody of ours acts: the other organisation speaks."""
    return Actor(name=(organ.name or organ.id)[:120])


def _take_packet(packet: Packet, unit: Unit, name: str, by: Account, at: datetime) -> Taken:
    try:
        if packet.business == Business.RECALLED:
            return _note_recall(packet, unit, name, at)
        return _take_document(packet, unit, name, by, at)
    except ValidationError as fault:
        remove_unused()
        sentence = " ".join(fault.messages)
        _refuse(packet, unit, sentence, by, at)
        return Taken(name, "secret" if fault.code == SECRET else "refused", sentence)
    except BaseException:
        remove_unused()
        raise
    finally:
        for attachment in packet.attachments:
            attachment.content.close()


def _partner(packet: Packet) -> Correspondent:
    """The sender as a correspondent, entered when it writes for the first time."""
    defaults = {"name": (packet.sender.name or packet.sender.id)[:250]}
    return Correspondent.objects.get_or_create(organ_id=packet.sender.id[:60], defaults=defaults)[0]


@transaction.atomic
def _take_document(packet: Packet, unit: Unit, name: str, by: Account, at: datetime) -> Taken:
    """Into the incoming book, with all its files; the sender hears that it arrived and was taken in."""
    partner = _partner(packet)
    if (
        before := _arrivals(packet).filter(unit=unit).select_related("document", "unit", "correspondent").first()
    ) is not None:
        answer(before, TAKEN, "", by=by, at=at)
        return Taken(name, "again", str(before.document), before.document)
    document = _register(packet, unit, by, at)
    dispatch = Dispatch.objects.create(
        unit=unit,
        document=document,
        correspondent=partner,
        direction=Direction.IN,
        document_key=packet.document_id[:200],
        at=at,
    )
    answer(dispatch, ARRIVED, "", by=None, at=at)
    answer(dispatch, TAKEN, "", by=by, at=at)
    return Taken(name, "document", str(document), document)


def _register(packet: Packet, unit: Unit, by: Account, at: datetime) -> Document:
    """The first file that can be read is the document; the others are kept beside it, once all are looked through."""
    readable = [row for row in packet.attachments if Path(row.name.lower()).suffix in KINDS]
    if not readable:
        raise ValidationError(_("The packet holds no file that can be read as a document."))
    main = readable[0]
    others = [row for row in packet.attachments if row is not main]
    for row in others:
        look_through(row.content, row.name, unit)
    document = register_document(
        unit, main.content, name=main.name, not_secret=True, book=Book.IN, fields=_fields(packet, at), by=by, at=at
    )
    for version, row in enumerate(others, start=2):
        file = store_file(row.content, owner=unit, by=by, at=at, name=row.name)
        check_signatures(file, at=at)
        DocumentFile.objects.create(document=document, file=file, kind=FileKind.ATTACHMENT, version=version)
    return document


def _fields(packet: Packet, at: datetime) -> dict[str, Any]:
    """What the packet says of the document wins over what is read from its file."""
    codes = value("edxml_urgency", on=day_of(at), default={})
    urgency = next((words for words, code in codes.items() if code == packet.urgency), "")
    return {
        "doc_type": packet.type_name,
        "number": packet.number,
        "symbol": packet.symbol,
        "issuer_name": packet.sender.name,
        "place": packet.place,
        "issued_on": packet.promulgated_on,
        "title": packet.subject,
        "signer_name": packet.signer,
        "signer_role": packet.position,
        "urgency": urgency.upper(),
    }


def _refuse(packet: Packet, unit: Unit, sentence: str, by: Account, at: datetime) -> None:
    """Tell the sender why. No row is kept: there is no document of ours that it could belong to."""
    own = own_correspondent(unit)
    status = Status(
        sender=Organ(own.organ_id, own.name),
        document_owner=packet.sender.id,
        symbol=packet.symbol,
        promulgated_on=packet.promulgated_on,
        document_id=packet.document_id,
        code=REFUSED,
        description=sentence[:500],
        at=timezone.localtime(at),
        department=unit.name,
        staff=by.name,
    )
    with folders.outgoing("trang-thai") as target:
        write_status(target, status)


@transaction.atomic
def _note_recall(packet: Packet, unit: Unit, name: str, at: datetime) -> Taken:
    """The sender wants its document back: a person decides, nothing happens by itself."""
    rows = _arrivals(packet).filter(unit=unit)
    dispatch = rows.select_for_update(of=("self",)).select_related("document").first()
    if dispatch is None:
        raise ValidationError(_("It asks back a document that was never taken in here."))
    dispatch.recall_reason = packet.reason[:500]
    keep_state(dispatch, rules.RECALL, packet.reason, by=None, at=at, told_by_us=False)
    record(
        "document.recall_asked",
        dispatch.document,
        by=_speaker(packet.sender),
        at=at,
        unit_path=unit.path or "",
        label=dispatch.document.reference,
    )
    return Taken(name, "recall", str(dispatch.document), dispatch.document)


@transaction.atomic
def answer_recall(dispatch_id: int, agree: bool, reason: str = "", *, by: Account, at: datetime) -> Dispatch:
    """Give a document back to its sender, or say why not. What is given back stays in the book, marked withdrawn.

    Raises Refused; ValidationError for a no without reason.
    """
    dispatch = locked_dispatch(dispatch_id)
    verdict = rules.can_answer_recall(by, dispatch, day_of(at)).require()
    if not agree and not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    answer(dispatch, GIVEN_BACK if agree else KEPT, reason, by=by, at=at)
    if agree and dispatch.document.withdrawn_at is None:
        why = dispatch.recall_reason or reason or state_word(GIVEN_BACK, day_of(at))
        withdraw_document(dispatch.document_id, reason=why, by=by, at=at)
    record(
        "document.recall_answered",
        dispatch.document,
        by=actor(by, verdict.holding),
        at=at,
        unit_path=dispatch.unit.path or "",
        label=dispatch.document.reference,
        agreed=agree,
    )
    return dispatch
