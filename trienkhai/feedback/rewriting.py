"""An enclosed file written anew, so that nothing it was made with stays: no author, device, place, time or hidden text.

Plain text keeps its letters; JPEG and PNG keep their picture and lose every block beside it; of a PDF each page is
drawn as a picture into a new file. Anything else is refused.
"""

import struct
import zlib
from collections.abc import Iterator

import pypdfium2
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trienkhai.documents.marks import refuse_mark
from trienkhai.documents.reader.pdf_file import one_at_a_time

PNG_MARK, JPEG_MARK, PDF_MARK = b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"%PDF-"
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
SCAN, END, STUFFED = 0xDA, 0xD9, {0x00, *range(0xD0, 0xD8)}
FRAMES = {*range(0xC0, 0xD0)} - {0xC8}
JPEG_KEPT = {0xDB, 0xDD, SCAN, *FRAMES}
ADOBE = 0xEE
"""Says how the colours are told; the only block for programs that a picture needs."""
POINTS_TO_PIXELS, WIDEST = 150 / 72, 2000


def rewritten(content: bytes, *, pages: int) -> tuple[bytes, str]:
    """The file anew and its kind (a key of `models.letters.KINDS`). Raises ValidationError for what cannot be."""
    try:
        if content.startswith(PNG_MARK):
            return _png(content), "png"
        if content.startswith(JPEG_MARK):
            return _jpeg(content), "jpg"
        if content.startswith(PDF_MARK):
            return _pdf(content, pages), "pdf"
        return _text(content), "txt"
    except (struct.error, IndexError, zlib.error, UnicodeDecodeError, pypdfium2.PdfiumError):
        said = _("This file cannot be written anew. Enclose plain text, a PDF without a password, a JPEG or a PNG.")
        raise ValidationError(said) from None


def _text(content: bytes) -> bytes:
    words = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    if any(ord(letter) < 32 and letter not in "\n\t" for letter in words) or not words.strip():
        raise IndexError
    refuse_mark(words)
    return words.encode()


def _png(content: bytes) -> bytes:
    """The blocks a picture needs, each found sound, up to its end; times, texts, places and a tail are left out."""
    kept, place, last = [PNG_MARK], len(PNG_MARK), b""
    while last != b"IEND":
        size, last = struct.unpack_from(">I4s", content, place)
        block = content[place : place + size + 12]
        if len(block) != size + 12 or zlib.crc32(block[4:-4]) != struct.unpack(">I", block[-4:])[0]:
            raise IndexError
        if last in PNG_KEPT:
            kept.append(block)
        place += size + 12
    return b"".join(kept)


def _jpeg(content: bytes) -> bytes:
    """Tables, frames and scans up to the end of the picture; Exif, thumbnails, comments and a tail are left out."""
    kept, place = [JPEG_MARK], 2
    while True:
        while content[place] == 0xFF and content[place + 1] == 0xFF:
            place += 1
        if content[place] != 0xFF:
            raise IndexError
        marker = content[place + 1]
        if marker == END:
            return b"".join([*kept, b"\xff\xd9"])
        size = struct.unpack_from(">H", content, place + 2)[0]
        if size < 2 or place + 2 + size > len(content):
            raise IndexError
        block = content[place : place + 2 + size]
        place += 2 + size
        if marker in JPEG_KEPT or (marker == ADOBE and block[4:9] == b"Adobe"):
            kept.append(block[:16] if marker == ADOBE else block)
        if marker == SCAN:
            start, place = place, _end_of_scan(content, place)
            kept.append(content[start:place])


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker stands that does not belong to the scan's own data."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0:
            raise IndexError
        if content[place + 1] not in STUFFED:
            return place
        place += 2


def _pdf(content: bytes, most: int) -> bytes:
    with one_at_a_time:
        document = pypdfium2.PdfDocument(content)
        try:
            if not 0 < len(document) <= most:
                said = _("The PDF has %(n)d pages; at most %(most)d can be enclosed.")
                raise ValidationError(said % {"n": len(document), "most": most})
            return _written(list(_pictures(document)))
        finally:
            document.close()


Picture = tuple[float, float, int, int, bytes]
"""Width and height of the page in points, of the picture in pixels, its packed grey or RGB rows."""


def _pictures(document: pypdfium2.PdfDocument) -> Iterator[Picture]:
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        scale = min(POINTS_TO_PIXELS, WIDEST / max(width, 1), WIDEST / max(height, 1))
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        try:
            data, used = memoryview(bitmap.buffer), bitmap.width * bitmap.n_channels
            if bitmap.n_channels != 3:
                raise IndexError
            rows = b"".join(bytes(data[y * bitmap.stride : y * bitmap.stride + used]) for y in range(bitmap.height))
            yield width, height, bitmap.width, bitmap.height, zlib.compress(rows, 6)
        finally:
            bitmap.close()
            page.close()


def _written(pictures: list[Picture]) -> bytes:
    """A PDF of one picture a page, without a name, a day or an identity of its own."""
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(pictures)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pictures)} >>".encode(),
    ]
    for number, (width, height, across, down, packed) in enumerate(pictures):
        own = 3 + 3 * number
        drawn = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q".encode()
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] "
            f"/Resources << /XObject << /P {own + 2} 0 R >> >> /Contents {own + 1} 0 R >>"
        )
        picture = (
            f"<< /Type /XObject /Subtype /Image /Width {across} /Height {down} /ColorSpace /DeviceRGB "
            f"/BitsPerComponent 8 /Filter /FlateDecode /Length {len(packed)} >>"
        )
        objects += [page.encode(), _stream(f"<< /Length {len(drawn)} >>", drawn), _stream(picture, packed)]
    return _numbered(objects)


def _stream(head: str, data: bytes) -> bytes:
    return head.encode() + b"\nstream\n" + data + b"\nendstream"


def _numbered(objects: list[bytes]) -> bytes:
    parts, places, size = [b"%PDF-1.4\n"], [], 9
    for number, body in enumerate(objects, start=1):
        places.append(size)
        parts.append(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
        size += len(parts[-1])
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    parts.append(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    parts.append(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{size}\n%%EOF\n".encode())
    return b"".join(parts)
