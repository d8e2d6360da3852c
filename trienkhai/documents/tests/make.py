"""Rows for tests: a paper as text, and what became of the tables."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.core.files.storage import default_storage

from trienkhai.audit.models import Act
from trienkhai.documents.actions import register_document
from trienkhai.documents.models import Book, Document, RegisterEntry, Series, StoredFile
from trienkhai.orgs.models import Unit
from trienkhai.orgs.tests.make import DAY, NOON
from trienkhai.people.models import Account

PAPER = """ĐẢNG BỘ KHỐI THỬ
ĐẢNG ỦY
*
Số {symbol}

ĐẢNG CỘNG SẢN VIỆT NAM
Thành phố Thử, ngày 05 tháng 02 năm 2017

NGHỊ QUYẾT
về công tác thử nghiệm
-----

Căn cứ Kế hoạch số {basis} ngày 10/01/2017 của Đảng ủy Khối Thử, Ban Chấp hành quyết nghị:

I- MỤC TIÊU

Hoàn thành công tác thử nghiệm.

II- NHIỆM VỤ

1. Các đảng ủy trực thuộc xây dựng kế hoạch, hoàn thành trước ngày 31/3/2017.

2. Ban Tổ chức chủ trì hướng dẫn trong quý I/2017.

T/M BAN CHẤP HÀNH
BÍ THƯ


Trần Minh Thử
"""


def paper(symbol: str = "12-NQ/ĐUTHU", basis: str = "07-KH/ĐUTHU") -> str:
    return PAPER.format(symbol=symbol, basis=basis)


def register(unit: Unit, by: Account, *, text: str = "", at: datetime = NOON, **named: Any) -> Document:
    return register_document(unit, text=text or paper(), not_secret=True, by=by, at=at, **named)


def register_file(unit: Unit, by: Account, *, text: str = "", name: str = "nghi-quyet.txt", **named: Any) -> Document:
    upload = BytesIO((text or paper()).encode())
    return register_document(unit, upload, name=name, not_secret=True, by=by, at=NOON, **named)


def make_entry(
    unit: Unit, document: Document | None, book: str = Book.IN, number: int = 1, **fields: Any
) -> RegisterEntry:
    """A line of a book as it stands, without the action that gives numbers."""
    on: date = fields.setdefault("on", DAY)
    series, _made = Series.objects.get_or_create(unit=unit, book=book, of="", period=str(on.year))
    Series.objects.filter(pk=series.pk, last__lt=number).update(last=number)
    values = {"entered_at": NOON} | fields
    return RegisterEntry.objects.create(unit=unit, book=book, series=series, number=number, document=document, **values)


def stored() -> tuple[int, int, int, list[str]]:
    """Documents, files, acts of this area, files on the disk: what stays as it is when nothing is stored."""
    acts = Act.objects.filter(verb__startswith="document.").count()
    return Document.objects.count(), StoredFile.objects.count(), acts, files_on_disk()


def files_on_disk() -> list[str]:
    try:
        folders, _files = default_storage.listdir("")
    except FileNotFoundError:
        return []
    return sorted(f"{folder}/{name}" for folder in folders for name in default_storage.listdir(folder)[1])
