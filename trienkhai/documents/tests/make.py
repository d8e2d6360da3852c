"""Rows for tests: a paper as text, and what became of the tables."""

from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files.storage import default_storage

from trienkhai.audit.models import Act
from trienkhai.documents.actions import register_document
from trienkhai.documents.models import Document, StoredFile
from trienkhai.orgs.models import Unit
from trienkhai.orgs.tests.make import NOON
from trienkhai.people.models import Account

PAPER = """ĐẢNG BỘ KHỐI THỬ
ĐẢNG ỦY
*
Số {symbol}

ĐẢNG CỘNG SẢN VIỆT NAM
Thành phố Thử, ngày {day}

NGHỊ QUYẾT
về công tác thử nghiệm
-----

Căn cứ Kế hoạch số {basis} ngày {basis_day} của Đảng ủy Khối Thử, Ban Chấp hành quyết nghị:

I- MỤC TIÊU

Hoàn thành công tác thử nghiệm.

II- NHIỆM VỤ

1. Các đảng ủy trực thuộc xây dựng kế hoạch, hoàn thành trước ngày 31/3/2017.

2. Ban Tổ chức chủ trì hướng dẫn trong quý I/2017.

T/M BAN CHẤP HÀNH
BÍ THƯ


Trần Minh Thử
"""


def paper(
    symbol: str = "12-NQ/ĐUTHU",
    basis: str = "07-KH/ĐUTHU",
    *,
    day: str = "05 tháng 02 năm 2017",
    basis_day: str = "10/01/2017",
    words: str = "",
) -> str:
    """`words` stand under the first heading."""
    text = PAPER.format(symbol=symbol, basis=basis, day=day, basis_day=basis_day)
    return text.replace("Hoàn thành công tác thử nghiệm.", f"Hoàn thành công tác thử nghiệm.\n\n{words}".rstrip())


def basis(symbol: str = "07-KH/ĐUTHU", **named: str) -> str:
    """The paper that `paper()` is based on."""
    return paper(symbol, "01-CTr/ĐUTHU", day="10 tháng 01 năm 2017", basis_day="05/01/2016", **named)


def register(unit: Unit, by: Account, *, text: str = "", at: datetime = NOON, **named: Any) -> Document:
    return register_document(unit, text=text or paper(), not_secret=True, by=by, at=at, **named)


def register_file(unit: Unit, by: Account, *, text: str = "", name: str = "nghi-quyet.txt", **named: Any) -> Document:
    upload = BytesIO((text or paper()).encode())
    return register_document(unit, upload, name=name, not_secret=True, by=by, at=NOON, **named)


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
