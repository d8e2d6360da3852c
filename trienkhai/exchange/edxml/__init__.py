"""edXML packets: a document, or the state of one, between two systems of document management.

Written and read by the structure of QCVN 102:2016/BTTTT as the state's exchange axis uses it; files in, values out.
Words: *packet* (gói tin) – one document with its files; *status* (trạng thái xử lý) – what the receiver says of a
packet; *organ id* (mã định danh) – the code of an organisation on the axis.
"""

from trienkhai.exchange.edxml.packet import Attachment, Business, Organ, Packet, Status
from trienkhai.exchange.edxml.reading import NotEdxml, read_edxml
from trienkhai.exchange.edxml.writing import write_packet, write_status

__all__ = [
    "Attachment",
    "Business",
    "NotEdxml",
    "Organ",
    "Packet",
    "Status",
    "read_edxml",
    "write_packet",
    "write_status",
]
