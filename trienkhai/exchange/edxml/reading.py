"""A packet or a status read from XML as it streams by; attachments go to temporary files while they are decoded."""

import base64
import binascii
from dataclasses import dataclass, field
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast
from xml.parsers import expat

from django.utils.translation import gettext_noop

from trienkhai.exchange.edxml.packet import Attachment, Business, Organ, Packet, Status

PIECE = 64 * 1024
IN_MEMORY = 1024 * 1024
LONGEST_VALUE = 100_000
DEEPEST = 40
MOST_ELEMENTS = 20_000
DAYS = ("%Y/%m/%d", "%d/%m/%Y", "%Y-%m-%d")
MOMENTS = ("%Y/%m/%d %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S")
ENCODED = "ContentTransferEncoded"


class NotEdxml(Exception):
    """`sentence` (a msgid) says what is wrong with the file."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass
class _Node:
    """An element: its own text, and its children by name without namespace."""

    name: str
    text: str = ""
    children: list["_Node"] = field(default_factory=list)
    content: BinaryIO | None = None

    def all(self, name: str) -> list["_Node"]:
        return [child for child in self.children if child.name == name]

    def at(self, *names: str) -> "_Node":
        """The first element on that way; an empty one where it leads nowhere."""
        here = self
        for name in names:
            here = next(iter(here.all(name)), _Node(name))
        return here

    def value(self, *names: str) -> str:
        return " ".join(self.at(*names).text.split())


class _Builder:
    """Builds the tree while expat reads. Text beyond what any value needs, a DTD or an entity ends the reading."""

    def __init__(self, limit: int) -> None:
        self.root = _Node("")
        self.open = [self.root]
        self.rest = ""
        self.left = limit
        self.elements = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self.elements += 1
        if len(self.open) > DEEPEST or self.elements > MOST_ELEMENTS:
            raise NotEdxml(gettext_noop("The packet is built in a way no packet is. It was not opened."))
        node = _Node(name.rpartition(" ")[2])
        if node.name == ENCODED:
            node.content, self.rest = cast(BinaryIO, SpooledTemporaryFile(IN_MEMORY)), ""  # noqa: SIM115
        self.open[-1].children.append(node)
        self.open.append(node)

    def text(self, words: str) -> None:
        node = self.open[-1]
        if node.content is not None:
            self._decode(node.content, words)
        elif len(node.text) + len(words) > LONGEST_VALUE:
            raise NotEdxml(gettext_noop("The packet is built in a way no packet is. It was not opened."))
        else:
            node.text += words

    def _decode(self, target: BinaryIO, words: str) -> None:
        """Whole groups of four letters at once; what is left over waits for the next piece."""
        words = self.rest + "".join(words.split())
        whole = len(words) - len(words) % 4
        self.rest = words[whole:]
        try:
            decoded = base64.b64decode(words[:whole], validate=True)
        except (binascii.Error, ValueError) as fault:
            raise NotEdxml(gettext_noop("A file in the packet is damaged.")) from fault
        self.left -= len(decoded)
        if self.left < 0:
            raise NotEdxml(gettext_noop("The files in the packet are larger than this installation takes."))
        target.write(decoded)

    def end(self, _name: str) -> None:
        node = self.open.pop()
        if node.content is None:
            return
        if self.rest:
            raise NotEdxml(gettext_noop("A file in the packet is damaged."))
        node.content.seek(0)

    def refuse(self, *_arguments: Any) -> None:
        raise NotEdxml(gettext_noop("The packet is built in a way no packet is. It was not opened."))


def read_edxml(source: BinaryIO, *, limit: int) -> Packet | Status:
    """The packet or the status in a file. Attachments are open temporary files: close them when done.

    limit: bytes that all attachments together may have. Raises NotEdxml with its sentence.
    """
    builder = _Builder(limit)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = builder.refuse
    try:
        while piece := source.read(PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as fault:
        raise NotEdxml(gettext_noop("This is not an edXML packet.")) from fault
    return _understood(builder.root)


def _understood(root: _Node) -> Packet | Status:
    for way in (("Envelope", "Header"), ("edXML", "edXMLEnvelope", "edXMLHeader")):
        if root.at(*way).all("Status"):
            return _status(root.at(*way, "Status"))
    header = root.at("edXML", "edXMLEnvelope", "edXMLHeader")
    if not header.all("MessageHeader"):
        raise NotEdxml(gettext_noop("This is not an edXML packet."))
    return _packet(header.at("MessageHeader"), header.at("TraceHeaderList"), root.at("edXML", "AttachmentEncoded"))


def _packet(message: _Node, trace: _Node, attached: _Node) -> Packet:
    sender = _organ(message.at("From"))
    document_id = message.value("DocumentId")
    if not sender.id or not document_id:
        raise NotEdxml(gettext_noop("The packet names no sender or no document."))
    return Packet(
        sender=sender,
        recipients=[_organ(node) for node in message.all("To")],
        number=message.value("Code", "CodeNumber"),
        notation=message.value("Code", "CodeNotation"),
        place=message.value("PromulgationInfo", "Place"),
        promulgated_on=_day(message.value("PromulgationInfo", "PromulgationDate")),
        type_code=_number(message.value("DocumentType", "Type")),
        type_name=message.value("DocumentType", "TypeName"),
        subject=message.value("Subject") or message.value("Content"),
        competence=message.value("SignerInfo", "Competence"),
        position=message.value("SignerInfo", "Position"),
        signer=message.value("SignerInfo", "FullName"),
        due_on=_day(message.value("DueDate")),
        places=[" ".join(node.text.split()) for node in message.at("ToPlaces").all("Place")],
        urgency=_number(message.value("OtherInfo", "Priority")),
        document_id=document_id,
        business=_business(trace.value("Bussiness", "BussinessDocType")),
        reason=trace.value("Bussiness", "BussinessDocReason"),
        staff=trace.value("Bussiness", "StaffInfo", "Staff"),
        sent_at=_moment(trace.value("TraceHeader", "Timestamp")),
        attachments=[_attachment(node) for node in attached.all("Attachment")],
    )


def _status(node: _Node) -> Status:
    code = node.value("StatusCode")
    if not code.isdecimal() or len(code) > 2:
        raise NotEdxml(gettext_noop("The packet tells a state that the regulation does not know."))
    return Status(
        sender=_organ(node.at("From")),
        document_owner=node.value("ResponseFor", "OrganId"),
        symbol=node.value("ResponseFor", "Code"),
        promulgated_on=_day(node.value("ResponseFor", "PromulgationDate")),
        document_id=node.value("ResponseFor", "DocumentId"),
        code=code.zfill(2),
        description=node.value("Description"),
        at=_moment(node.value("Timestamp")),
        department=node.value("StaffInfo", "Department"),
        staff=node.value("StaffInfo", "Staff"),
    )


def _organ(node: _Node) -> Organ:
    return Organ(node.value("OrganId"), node.value("OrganName"))


def _attachment(node: _Node) -> Attachment:
    content = node.at(ENCODED).content
    if content is None:
        raise NotEdxml(gettext_noop("A file in the packet is damaged."))
    name = node.value("AttachmentName") or node.value("Description")
    return Attachment(name, node.value("ContentType") or "application/octet-stream", content)


def _business(text: str) -> Business:
    try:
        return Business(int(text or 0))
    except ValueError:
        raise NotEdxml(gettext_noop("The packet asks for something that the regulation does not know.")) from None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _day(text: str) -> date | None:
    found = _parsed(text, DAYS)
    return found.date() if found else None


def _moment(text: str) -> datetime | None:
    return _parsed(text, MOMENTS)


def _parsed(text: str, forms: tuple[str, ...]) -> datetime | None:
    for form in forms:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None
