"""A Word document's text in reading order, from its XML: paragraphs, tables, text boxes, numbers Word writes itself.

The package is looked over before any part is unpacked, and each part is read as a bounded stream.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from .docx_numbers import Numbering
from .refusals import Unreadable

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENTRY_LIMIT = 5_000
UNPACKED_LIMIT = 300 * 1024 * 1024
PART_LIMIT = 40 * 1024 * 1024
RATIO_LIMIT = 300
SMALL = 2 * 1024 * 1024

DAMAGE = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, NotImplementedError, KeyError, ValueError,
          RuntimeError, struct.error)  # fmt: skip
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "pPr", W + "rPr", W + "sdtPr",
            "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}  # fmt: skip
_MARKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


def read_docx(stream: BinaryIO) -> tuple[str, str]:
    """The text, and what stands in page headers and footers.

    Raises Unreadable: name_mismatch (a zip that is no Word document), encrypted, macros, zip_bomb, entities, damaged.
    """
    try:
        with zipfile.ZipFile(stream) as package:
            look_over(package)
            numbering = Numbering.read(lambda part: root_of(package, part))
            text = "".join(_blocks(package, "word/document.xml", numbering))
            margins = [
                n for n in package.namelist() if n.startswith(("word/header", "word/footer")) and n.endswith(".xml")
            ]
            return text, "".join("".join(_blocks(package, part, numbering)) for part in sorted(margins)[:40])
    except DAMAGE:
        raise Unreadable("damaged") from None


def look_over(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > ENTRY_LIMIT or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise Unreadable("zip_bomb")
    if any(e.file_size > SMALL and e.file_size > RATIO_LIMIT * max(e.compress_size, 1) for e in entries):
        raise Unreadable("zip_bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted")
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise Unreadable("name_mismatch", named=".docx", actual="ZIP")
    types = _Bounded(package, "[Content_Types].xml").read().lower()
    if any(name.lower().endswith("vbaproject.bin") for name in names) or b"macroenabled" in types:
        raise Unreadable("macros")


class _Bounded(io.RawIOBase):
    """One part of the package as a stream that refuses to give more than was declared, or more than a part may hold."""

    def __init__(self, package: zipfile.ZipFile, name: str) -> None:
        self._entry = package.getinfo(name)
        self._stream = package.open(self._entry)
        self._left = min(self._entry.file_size, PART_LIMIT)
        if self._entry.file_size > PART_LIMIT:
            raise Unreadable("zip_bomb")

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(self._left + 1 if size < 0 else min(size, self._left + 1))
        self._left -= len(chunk)
        if self._left < 0:
            raise Unreadable("zip_bomb")
        return chunk


def elements(package: zipfile.ZipFile, part: str, *tags: str) -> Iterator[tuple[str, etree._Element]]:
    """Start and end events of one part, entities neither resolved nor declared."""
    if b"<!DOCTYPE" in (head := _Bounded(package, part).read(65536)) or b"<!ENTITY" in head:
        raise Unreadable("entities")
    events = etree.iterparse(
        _Bounded(package, part),
        events=("start", "end"),
        tag=tags or None,
        remove_comments=True,
        remove_pis=True,
        **SAFE,
    )
    for event, element in events:
        if element.getroottree().docinfo.internalDTD is not None:
            raise Unreadable("entities")
        yield event, element


def root_of(package: zipfile.ZipFile, part: str) -> etree._Element | None:
    """A small part whole, None when the package has none or it is larger than styles and lists ever are."""
    if part not in package.namelist() or package.getinfo(part).file_size > SMALL * 4:
        return None
    root = etree.parse(_Bounded(package, part), etree.XMLParser(**SAFE)).getroot()
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("entities")
    return root


def _blocks(package: zipfile.ZipFile, part: str, numbering: Numbering) -> Iterator[str]:
    """Each paragraph and each table of the part as lines; a block is forgotten once it is given out."""
    depth = 0
    for event, element in elements(package, part, W + "p", W + "tbl"):
        depth += 1 if event == "start" else -1
        if event == "end" and depth == 0:
            yield _table(element, numbering) if element.tag == W + "tbl" else _paragraph(element, numbering) + "\n"
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]


def _paragraph(element: etree._Element, numbering: Numbering) -> str:
    boxes: list[str] = []
    words = "".join(_words(element, numbering, boxes))
    label = numbering.label(element) if words.strip() else ""
    return "\n".join([label + words, *boxes])


def _words(element: etree._Element, numbering: Numbering, boxes: list[str]) -> Iterator[str]:
    for child in element:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag == W + "txbxContent":
            boxes.append(_cell(child, numbering))
        elif child.tag not in _SKIPPED:
            yield from _words(child, numbering, boxes)


def _table(table: etree._Element, numbering: Numbering) -> str:
    """A row a line. In a table of two columns, by which offices lay out headers, a cell's own lines are kept."""
    lines = []
    for row in within(table, W + "tr", W + "tbl"):
        cells = [_cell(cell, numbering) for cell in within(row, W + "tc", W + "tbl")]
        if len(cells) > 2:
            cells = [" ".join(cell.split()) for cell in cells]
        lines.append(" | ".join(cells))
    return "\n".join(lines) + "\n"


def _cell(cell: etree._Element, numbering: Numbering) -> str:
    parts = []
    for block in within(cell, (W + "p", W + "tbl"), ()):
        parts.append(_table(block, numbering).rstrip("\n") if block.tag == W + "tbl" else _paragraph(block, numbering))
    return "\n".join(parts).strip("\n")


def within(
    element: etree._Element, wanted: str | tuple[str, ...], barred: str | tuple[str, ...]
) -> Iterator[etree._Element]:
    """Nearest descendants with a wanted tag, through content controls but not into barred ones."""
    for child in element:
        if child.tag == wanted or (child.tag in wanted and isinstance(wanted, tuple)):
            yield child
        elif child.tag != barred and child.tag not in _SKIPPED:
            yield from within(child, wanted, barred)
