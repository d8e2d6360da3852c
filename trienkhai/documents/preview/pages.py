"""Pages of a PDF as PNG pictures, made when first looked at and kept on the disk up to a limit.

PDFium draws the page; it has no JavaScript and follows no link here, and what reaches the browser is a picture.
"""

import os
import shutil
import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from trienkhai.documents.models import StoredFile
from trienkhai.documents.reader.pdf_file import one_at_a_time
from trienkhai.documents.reader.refusals import Unreadable

WIDTH, HEIGHT = 1100, 3300
COUNT = "pages"
KEPT_SHARE = 0.8


def page_count(row: StoredFile) -> int:
    """Raises Unreadable for a file that PDFium cannot open, FileNotFoundError for one that is not there."""
    known = _folder(row.sha256) / COUNT
    if not known.exists():
        with default_storage.open(row.path) as content, _turn(content):
            document = _opened(content)
            try:
                count = len(document)
            finally:
                document.close()
        _write(known, str(count).encode())
    return int(known.read_text())


def page_image(row: StoredFile, number: int) -> Path:
    """The picture of page `number`, counted from 1. Raises IndexError for a page that is not there."""
    if not 1 <= number <= page_count(row):
        raise IndexError(number)
    path = _folder(row.sha256) / f"{number}.png"
    if not path.exists():
        with default_storage.open(row.path) as content, _turn(content):
            picture = _drawn(_opened(content), number - 1)
        _write(path, picture)
        _make_room()
    else:
        os.utime(path)
    return path


def forget(sha256: str) -> None:
    """Take away what was kept of a file."""
    shutil.rmtree(_folder(sha256), ignore_errors=True)


@contextmanager
def _turn(content: File) -> Iterator[None]:
    """PDFium's turn, after the file is fetched from where it lies: others need not wait for a slow store."""
    content.seek(0)
    with one_at_a_time:
        yield


def _folder(sha256: str) -> Path:
    return Path(settings.PREVIEW_FOLDER) / sha256[:2] / sha256


def _opened(content: object) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as fault:
        raise Unreadable("encrypted" if "password" in str(fault).lower() else "damaged") from None


def _drawn(document: pypdfium2.PdfDocument, index: int) -> bytes:
    """At most 1100 × 3300 points of the screen, whatever size the page claims to have."""
    try:
        page = document[index]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), HEIGHT / max(height, 1))
        bitmap = page.render(scale=scale, rev_byteorder=True)
        try:
            return _png(bitmap)
        finally:
            bitmap.close()
            page.close()
    except pypdfium2.PdfiumError:
        raise Unreadable("damaged") from None
    finally:
        document.close()


def _png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """The bitmap as PNG: grey, RGB or RGBA."""
    colour = {1: 0, 3: 2, 4: 6}[bitmap.n_channels]
    data, used = memoryview(bitmap.buffer), bitmap.width * bitmap.n_channels
    packer, packed = zlib.compressobj(6), []
    for line in range(bitmap.height):
        packed.append(packer.compress(b"\0" + bytes(data[line * bitmap.stride : line * bitmap.stride + used])))
    packed.append(packer.flush())
    header = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, colour, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", b"".join(packed)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def _write(path: Path, content: bytes) -> None:
    """All or nothing, so that two who look at once never see half a picture."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _make_room() -> None:
    """Above the limit the pictures not looked at for longest go, until a fifth is free."""
    pictures = [(path.stat(), path) for path in Path(settings.PREVIEW_FOLDER).glob("*/*/*.png")]
    total = sum(state.st_size for state, _path in pictures)
    if total <= settings.PREVIEW_BYTES:
        return
    for state, path in sorted(pictures, key=lambda pair: pair[0].st_mtime):
        path.unlink(missing_ok=True)
        total -= state.st_size
        if total <= settings.PREVIEW_BYTES * KEPT_SHARE:
            return
