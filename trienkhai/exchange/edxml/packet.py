"""What a packet and a status say, as plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import BinaryIO

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
DAY = "%Y/%m/%d"
MOMENT = "%Y/%m/%d %H:%M:%S"


class Business(IntEnum):
    """What the sender wants done with the document."""

    NEW = 0
    RECALLED = 1
    UPDATED = 2
    REPLACED = 3


@dataclass(frozen=True)
class Organ:
    """An organisation on the axis: its code there, and its name."""

    id: str
    name: str = ""


@dataclass
class Attachment:
    """A file of a document; `content` is open for reading at its beginning."""

    name: str
    media_type: str
    content: BinaryIO


@dataclass
class Packet:
    """One document on its way. `document_id`: "organ,yyyy/mm/dd,symbol", by which a status answers it.

    competence: in whose name the signer signs ("TM.", "KT."). urgency: 0 ordinary, 1 urgent, 2 very urgent, 3 at once.
    """

    sender: Organ
    recipients: list[Organ]
    number: str
    notation: str
    type_name: str
    subject: str
    promulgated_on: date | None
    document_id: str
    type_code: int = 0
    place: str = ""
    signer: str = ""
    position: str = ""
    competence: str = ""
    due_on: date | None = None
    places: list[str] = field(default_factory=list)
    urgency: int = 0
    business: Business = Business.NEW
    reason: str = ""
    staff: str = ""
    sent_at: datetime | None = None
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def symbol(self) -> str:
        return self.notation if self.notation.startswith(self.number) else f"{self.number}{self.notation}"


@dataclass(frozen=True)
class Status:
    """What the receiver says of a packet. `code`: two digits of the regulation, "01" arrived to "16" recall refused."""

    sender: Organ
    document_owner: str
    symbol: str
    promulgated_on: date | None
    document_id: str
    code: str
    description: str = ""
    at: datetime | None = None
    department: str = ""
    staff: str = ""
