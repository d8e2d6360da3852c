"""The front door: a file of any kind becomes text, or is refused with a sentence.

What a file is, its first bytes say; its name must agree. Nothing is unpacked to disk, no entity is resolved, no other
host is asked, and every reading is bounded before it starts.
"""

import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO

from .docx_file import DOCX, read_docx
from .encodings import recognise
from .html_file import text_of_html
from .pdf_file import PDF, read_pdf
from .plain_file import decode
from .refusals import Remark, Unreadable
from .secrecy import secrecy_mark

SIZE_LIMIT = 50 * 1024 * 1024
TEXT_LIMIT = 10_000_000
WRAPPED_LINES, WRAPPED_WIDTH = 40, 135
KINDS = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".docx": DOCX,
    ".pdf": PDF,
}
SIGNATURES = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"),
    (b"MZ", "EXE"), (b"\x7fELF", "ELF"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gzip"),
)  # fmt: skip


@dataclass
class Intake:
    """The text of one file, in NFC, lines ended by a line feed.

    A row of a table is one line, its cells set apart by " | "; pages of a PDF are set apart by a form feed.
    margins: what stands in page headers and footers of a .docx or a tagged PDF, not part of the text.
    wrapped: a line may be a part of a paragraph; False where the file tells where paragraphs end.
    encoding: of a text file as found ("utf-8", "utf-16", "tcvn3" …), "" for .docx and .pdf.
    """

    text: str
    media_type: str
    encoding: str = ""
    margins: str = ""
    wrapped: bool = True
    warnings: list[Remark] = field(default_factory=list)

    @property
    def secrecy(self) -> str | None:
        """The secrecy mark in the header block or in a page header."""
        return secrecy_mark(self.text) or secrecy_mark(self.margins)


def open_document(source: str | os.PathLike[str] | BinaryIO, name: str = "", *, limit: int = SIZE_LIMIT) -> Intake:
    """Read one file given by path or as a stream that can seek. `name` is what it is called, by default the path's.

    limit: greatest size of the file in bytes. Raises Unreadable with the reason, OSError for a path that is not there.
    """
    with _stream(source) as stream:
        name = name or (Path(source).name if isinstance(source, str | os.PathLike) else "")
        suffix = PurePath(name).suffix.lower()
        size = _size(stream)
        if size > limit:
            raise Unreadable("too_large", limit=limit // (1024 * 1024))
        if size == 0:
            raise Unreadable("empty")
        _agree(suffix, _signature(stream), stream)
        return _finish(_read(KINDS[suffix], stream))


@contextmanager
def _stream(source: str | os.PathLike[str] | BinaryIO) -> Iterator[BinaryIO]:
    if isinstance(source, str | os.PathLike):
        with open(source, "rb") as opened:
            yield opened
    else:
        source.seek(0)
        yield source


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, os.SEEK_END)
    if size is None:  # file-likes of frameworks do not all return the position
        size = stream.tell()
    stream.seek(0)
    return size


def _signature(stream: BinaryIO) -> str:
    head = stream.read(1024)
    stream.seek(0)
    if b"%PDF-" in head:
        return "PDF"
    return next((kind for magic, kind in SIGNATURES if head.startswith(magic)), "text")


def _agree(suffix: str, actual: str, stream: BinaryIO) -> None:
    """The name and the first bytes say the same, or the file is refused by what it really is."""
    if actual == "ole":
        raise Unreadable(_kind_of_ole(stream))
    if suffix == ".docm":
        raise Unreadable("macros")
    if suffix not in KINDS:
        raise Unreadable("unsupported", kind=suffix or "?")
    if actual in ("PNG", "JPEG", "GIF", "TIFF"):
        raise Unreadable("name_mismatch", named=suffix, actual=actual)
    wanted = {".docx": "zip", ".pdf": "PDF"}.get(suffix, "text")
    if actual != wanted:
        raise Unreadable("name_mismatch", named=suffix, actual=actual.upper() if actual == "zip" else actual)


def _kind_of_ole(stream: BinaryIO) -> str:
    """An OLE container is a password-locked .docx when it holds the stream EncryptedPackage, else old Word."""
    needle, tail = "EncryptedPackage".encode("utf-16-le"), b""
    while chunk := stream.read(1 << 20):
        if needle in tail + chunk:
            return "encrypted"
        tail = chunk[-len(needle) :]
    return "old_word"


def _read(media_type: str, stream: BinaryIO) -> Intake:
    if media_type == DOCX:
        text, margins = read_docx(stream)
        return Intake(text, media_type, margins=margins, wrapped=hard_wrapped(text))
    if media_type == PDF:
        text, margins, remarks = read_pdf(stream)
        return Intake(text, media_type, margins=margins, wrapped=not margins, warnings=remarks)
    text, encoding, remarks = decode(stream.read())
    if media_type == "text/html" and len(text) <= TEXT_LIMIT:
        text = text_of_html(text)
    return Intake(text, media_type, encoding, warnings=remarks)


def hard_wrapped(text: str) -> bool:
    """Was each line of the text made a paragraph of its own, as converters do? Many lines, none long, most unended."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lengths = sorted(map(len, lines))
    if len(lines) < WRAPPED_LINES or lengths[int(len(lengths) * 0.97)] > WRAPPED_WIDTH:
        return False
    long = [line for line in lines if len(line) >= 0.6 * lengths[int(len(lengths) * 0.85)]]
    return sum(line[-1] not in ".;:!?”" for line in long) >= len(long) / 2


def _finish(intake: Intake) -> Intake:
    """Old encodings undone, one form of letters and line ends; what holds no letter is refused."""
    if len(intake.text) > TEXT_LIMIT:
        raise Unreadable("too_long", limit=TEXT_LIMIT // 1_000_000)
    guess = recognise(intake.text)
    if guess and not guess.certain:
        raise Unreadable(guess.encoding)
    if guess:
        intake.text, intake.encoding = guess.text, guess.encoding
        intake.warnings.append(Remark(f"converted_{guess.encoding}"))
    intake.text = re.sub(r"\r\n?|\x85|\u2028|\u2029", "\n", unicodedata.normalize("NFC", intake.text)).lstrip("\ufeff")
    if not intake.text.strip("\ufeff\u200b \t\n\f\u00a0|"):
        raise Unreadable("blank")
    lost = intake.text.count("\ufffd")
    if lost:
        intake.warnings.append(Remark("lost_characters", {"count": lost}))
    return intake
