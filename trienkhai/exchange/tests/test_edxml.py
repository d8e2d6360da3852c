"""A packet read back is the packet written; what is no packet is refused with a sentence."""

import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.exchange.edxml import (
    Attachment,
    Business,
    NotEdxml,
    Organ,
    Packet,
    Status,
    read_edxml,
    write_packet,
    write_status,
)

LIMIT = 1_000_000
WORDS = st.text(st.characters(categories=["L", "N", "P"], include_characters=" "), max_size=40).map(
    lambda text: " ".join(text.split())
)
IDS = st.from_regex(r"[A-Z0-9]{1,4}(\.[A-Z0-9]{1,4}){0,4}", fullmatch=True)
DAYS = st.dates(date(1945, 1, 1), date(2100, 1, 1))


def packet(**fields: object) -> Packet:
    given = {
        "sender": Organ("000.01.MH", "Đảng ủy Khối Minh Họa"),
        "recipients": [Organ("000.02.MH", "Đảng ủy Bắc")],
        "number": "05",
        "notation": "-NQ/ĐUMH",
        "type_name": "Nghị quyết",
        "subject": "về công tác thử nghiệm",
        "promulgated_on": date(2017, 5, 5),
        "document_id": "000.01.MH,2017/05/05,05-NQ/ĐUMH",
    }
    return Packet(**(given | fields))  # type: ignore[arg-type]


def written(given: Packet) -> bytes:
    target = io.BytesIO()
    write_packet(target, given)
    return target.getvalue()


def read(content: bytes, limit: int = LIMIT) -> Packet | Status:
    return read_edxml(io.BytesIO(content), limit=limit)


@given(
    sender=st.builds(Organ, IDS, WORDS),
    recipients=st.lists(st.builds(Organ, IDS, WORDS), min_size=1, max_size=4),
    subject=WORDS.filter(bool),
    place=WORDS,
    signer=WORDS,
    position=WORDS,
    competence=WORDS,
    reason=WORDS,
    places=st.lists(WORDS, max_size=5),
    due_on=st.none() | DAYS,
    promulgated_on=st.none() | DAYS,
    urgency=st.integers(0, 3),
    business=st.sampled_from(Business),
    sent_at=st.none() | st.datetimes(datetime(1990, 1, 1)).map(lambda at: at.replace(microsecond=0)),
)
def test_packet_comes_back_as_it_was_written(**fields: object):
    given = packet(**fields)

    assert read(written(given)) == given


@given(st.lists(st.binary(max_size=300_000), max_size=3))
def test_files_come_back_bit_for_bit(contents: list[bytes]):
    files = [Attachment(f"tệp {n}.pdf", "application/pdf", io.BytesIO(content)) for n, content in enumerate(contents)]

    found = read(written(packet(attachments=files)), limit=10**7)

    assert isinstance(found, Packet)
    assert [(row.name, row.content.read()) for row in found.attachments] == [
        (f"tệp {n}.pdf", content) for n, content in enumerate(contents)
    ]


def test_status_comes_back_as_it_was_written():
    status = Status(
        sender=Organ("000.02.MH", "Đảng ủy Bắc"),
        document_owner="000.01.MH",
        symbol="05-NQ/ĐUMH",
        promulgated_on=date(2017, 5, 5),
        document_id="000.01.MH,2017/05/05,05-NQ/ĐUMH",
        code="02",
        description="Gửi nhầm nơi nhận & thiếu tệp <phụ lục>",
        at=datetime(2017, 5, 6, 9, 30),
        department="Văn phòng",
        staff="Trần Thị Minh Họa",
    )
    target = io.BytesIO()
    write_status(target, status)

    assert read(target.getvalue()) == status


def test_elements_without_prefix_and_days_written_the_other_way_are_understood():
    content = written(packet()).decode().replace("edXML:", "").replace("2017/05/05<", "05/05/2017<")

    found = read(content.encode())

    assert isinstance(found, Packet)
    assert (found.symbol, found.promulgated_on) == ("05-NQ/ĐUMH", date(2017, 5, 5))


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><edXML>&b;</edXML>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><edXML>&a;</edXML>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not an edXML packet"),
        (b"PK\x03\x04", "not an edXML packet"),
        (b"<html><body/></html>", "not an edXML packet"),
        (written(packet())[:-40], "not an edXML packet"),
        (BOMB, "no packet is"),
        (OUTSIDE, "no packet is"),
        (b"<edXML>" + b"<a>" * 60 + b"</a>" * 60 + b"</edXML>", "no packet is"),
        (b"<edXML>" + b"<a/>" * 30_000 + b"</edXML>", "no packet is"),
        (b"<edXML><a>" + b"a" * 200_000 + b"</a></edXML>", "no packet is"),
        (written(packet(document_id="")), "no sender or no document"),
        (written(packet(sender=Organ("", "Ai đó"))), "no sender or no document"),
        (written(packet()).replace(b"BussinessDocType>0", b"BussinessDocType>9"), "does not know"),
    ],
)
def test_what_is_no_packet_is_refused_with_a_sentence(content: bytes, sentence: str):
    with pytest.raises(NotEdxml, match=sentence):
        read(content)


@pytest.mark.parametrize("damage", [b"*", b"A", b"=A=="])
def test_damaged_file_in_a_packet_is_refused(damage: bytes):
    whole = written(packet(attachments=[Attachment("a.pdf", "application/pdf", io.BytesIO(b"abcdef"))]))

    with pytest.raises(NotEdxml, match="damaged"):
        read(whole.replace(b"YWJjZGVm", b"YWJjZGVm" + damage))


def test_files_over_the_limit_together_are_refused_before_they_fill_the_disk():
    files = [Attachment(f"{n}.pdf", "application/pdf", io.BytesIO(b"x" * 600_000)) for n in range(2)]

    with pytest.raises(NotEdxml, match="larger than this installation takes"):
        read(written(packet(attachments=files)))
