"""A packet or a status written as XML, piece by piece: no file is ever held in memory whole."""

import base64
from collections.abc import Iterable
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, BinaryIO
from uuid import uuid4

from lxml import etree

from trienkhai.exchange.edxml.packet import DAY, MOMENT, NAMESPACE, Attachment, Organ, Packet, Status

XLINK = "http://www.w3.org/1999/xlink"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
ACTOR = "http://schemas.xmlsoap.org/soap/actor/next"
PIECE = 3 * 64 * 1024
"""Bytes encoded at a time: a multiple of three, so that pieces of base64 join without padding between them."""


class _Writer:
    """Elements of the regulation's namespace, under the prefix its readers look for."""

    def __init__(self, out: Any) -> None:
        self.out = out

    @contextmanager
    def inside(self, name: str, attributes: dict[str, str] | None = None) -> Any:
        with self.out.element(f"{{{NAMESPACE}}}{name}", attributes or {}):
            yield

    @contextmanager
    def outermost(self, name: str) -> Any:
        with self.out.element(f"{{{NAMESPACE}}}{name}", nsmap={"edXML": NAMESPACE}):
            yield

    def put(self, name: str, text: object = "") -> None:
        with self.inside(name):
            self.out.write(str(text))

    def puts(self, rows: Iterable[tuple[str, object]]) -> None:
        for name, text in rows:
            self.put(name, text)


def write_packet(target: BinaryIO, packet: Packet) -> None:
    """Write the packet; every attachment is read once, from its beginning."""
    names = [str(uuid4()) for _attachment in packet.attachments]
    with etree.xmlfile(target, encoding="utf-8") as out:
        out.write_declaration()
        with out.element(f"{{{NAMESPACE}}}edXML", nsmap={None: NAMESPACE}):
            writer = _Writer(out)
            with writer.outermost("edXMLEnvelope"):
                _write_header(writer, packet)
                _write_manifest(writer, packet, names)
            with out.element(f"{{{NAMESPACE}}}AttachmentEncoded"):
                for name, attachment in zip(names, packet.attachments, strict=True):
                    _write_attachment(out, name, attachment)


def _write_header(writer: _Writer, packet: Packet) -> None:
    with writer.inside("edXMLHeader"):
        _write_message(writer, packet)
        _write_trace(writer, packet)
        writer.put("DigitalSignature")


def _write_message(writer: _Writer, packet: Packet) -> None:
    with writer.inside("MessageHeader"):
        _write_organ(writer, "From", packet.sender)
        for organ in packet.recipients:
            _write_organ(writer, "To", organ)
        with writer.inside("Code"):
            writer.puts([("CodeNumber", packet.number), ("CodeNotation", packet.notation)])
        with writer.inside("PromulgationInfo"):
            writer.puts([("Place", packet.place), ("PromulgationDate", _day(packet.promulgated_on))])
        with writer.inside("DocumentType"):
            writer.puts([("Type", packet.type_code), ("TypeName", packet.type_name), ("TypeDetail", 0)])
        writer.puts([("Subject", packet.subject), ("Content", packet.subject)])
        with writer.inside("SignerInfo"):
            rows = [("Competence", packet.competence), ("Position", packet.position), ("FullName", packet.signer)]
            writer.puts(rows)
        writer.put("DueDate", _day(packet.due_on))
        with writer.inside("ToPlaces"):
            writer.puts(("Place", place) for place in packet.places)
        with writer.inside("OtherInfo"):
            writer.put("Priority", packet.urgency)
        writer.puts([("SteeringType", 0), ("DocumentId", packet.document_id)])


def _write_organ(writer: _Writer, role: str, organ: Organ) -> None:
    with writer.inside(role):
        writer.puts([("OrganId", organ.id), ("OrganizationInCharge", organ.name), ("OrganName", organ.name)])


def _write_trace(writer: _Writer, packet: Packet) -> None:
    marks = {"id": uuid4().hex[:8], "version": "1.0", "mustUnderstand": "1", "actor": ACTOR}
    with writer.inside("TraceHeaderList", marks):
        with writer.inside("TraceHeader"):
            writer.puts([("OrganId", packet.sender.id), ("Timestamp", _moment(packet.sent_at))])
        with writer.inside("Bussiness"):
            writer.puts([("BussinessDocType", int(packet.business)), ("BussinessDocReason", packet.reason)])
            with writer.inside("StaffInfo"):
                writer.puts([("Department", packet.sender.name), ("Staff", packet.staff)])
            writer.put("Paper", 0)


def _write_manifest(writer: _Writer, packet: Packet, names: list[str]) -> None:
    with writer.inside("edXMLBody"), writer.inside("edXMLManifest", {"version": "1.0"}):
        for name, attachment in zip(names, packet.attachments, strict=True):
            link = {f"{{{XLINK}}}href": f"cid:{name}", f"{{{XLINK}}}role": "XLinkRole", f"{{{XLINK}}}type": "simple"}
            with writer.inside("Reference", link):
                writer.puts(
                    [
                        ("Description", attachment.name),
                        ("AttachmentName", attachment.name),
                        ("ContentType", attachment.media_type),
                        ("ContentId", f"cid:{name}"),
                    ]
                )


def _write_attachment(out: Any, name: str, attachment: Attachment) -> None:
    def put(tag: str, text: str) -> None:
        with out.element(f"{{{NAMESPACE}}}{tag}"):
            out.write(text)

    with out.element(f"{{{NAMESPACE}}}Attachment"):
        put("ContentType", attachment.media_type)
        put("ContentId", name)
        put("Description", attachment.name)
        with out.element(f"{{{NAMESPACE}}}ContentTransferEncoded"):
            while piece := attachment.content.read(PIECE):
                out.write(base64.b64encode(piece).decode("ascii"))
        put("AttachmentName", attachment.name)


def write_status(target: BinaryIO, status: Status) -> None:
    """Write what we say of a packet that came to us."""
    with etree.xmlfile(target, encoding="utf-8") as out:
        out.write_declaration()
        with out.element(f"{{{SOAP}}}Envelope", nsmap={"SOAP-ENV": SOAP}):
            writer = _Writer(out)
            with out.element(f"{{{SOAP}}}Header"), writer.outermost("Status"):
                _write_answer(writer, status)
            with out.element(f"{{{SOAP}}}Body"):
                pass


def _write_answer(writer: _Writer, status: Status) -> None:
    with writer.inside("ResponseFor"):
        writer.puts(
            [
                ("OrganId", status.document_owner),
                ("Code", status.symbol),
                ("PromulgationDate", _day(status.promulgated_on)),
                ("DocumentId", status.document_id),
            ]
        )
    _write_organ(writer, "From", status.sender)
    writer.puts([("StatusCode", status.code), ("Description", status.description), ("Timestamp", _moment(status.at))])
    with writer.inside("StaffInfo"):
        writer.puts([("Department", status.department), ("Staff", status.staff)])


def _day(day: date | None) -> str:
    return day.strftime(DAY) if day else ""


def _moment(at: datetime | None) -> str:
    return at.strftime(MOMENT) if at else ""
