"""A Word document as HTML of our own making: headings, paragraphs, tables, bold, italic, underlined words.

Every word is escaped and every tag is written here, so nothing of the file's own markup, links, fields, scripts or
pictures can reach the reader's browser. Blocks are read one by one; what is beyond the limits is left out and told.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import IO

from lxml import etree

from trienkhai.documents.reader.docx_file import DAMAGE, W, elements, look_over, root_of, within
from trienkhai.documents.reader.docx_numbers import Numbering
from trienkhai.documents.reader.refusals import Unreadable

CELLS = 20_000
LETTERS = 3_000_000
_SKIPPED = {W + name for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr")}
_PICTURES = {W + "drawing", W + "pict", W + "object"}
_OFF = ("0", "false", "none", "off")
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


@dataclass(frozen=True)
class Page:
    """html: the blocks, without the frame of a page. whole: nothing was left out."""

    html: str
    whole: bool


def word_as_html(stream: IO[bytes]) -> Page:
    """Raises Unreadable when the file cannot be opened or is not safe to open."""
    try:
        with zipfile.ZipFile(stream) as package:
            look_over(package)
            writer = _Writer(Numbering.read(lambda part: root_of(package, part)))
            for block in _blocks(package):
                writer.add(block)
                if not writer.whole:
                    break
            return Page("".join(writer.parts), writer.whole)
    except DAMAGE:
        raise Unreadable("damaged") from None


def _blocks(package: zipfile.ZipFile) -> Iterator[etree._Element]:
    """Each outermost paragraph and table; forgotten once it is written."""
    depth = 0
    for event, element in elements(package, "word/document.xml", W + "p", W + "tbl"):
        depth += 1 if event == "start" else -1
        if event == "end" and depth == 0:
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]


class _Writer:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.parts: list[str] = []
        self.cells = self.letters = 0

    @property
    def whole(self) -> bool:
        return self.cells <= CELLS and self.letters <= LETTERS

    def add(self, block: etree._Element) -> None:
        if block.tag == W + "tbl":
            self._table(block)
        else:
            self._paragraph(block)

    def _write(self, html: str) -> None:
        self.parts.append(html)
        self.letters += len(html)

    def _paragraph(self, block: etree._Element) -> None:
        boxes: list[etree._Element] = []
        words = "".join(self._words(block, boxes))
        if words.strip():
            tag, place = _tag(block), _place(block)
            self._write(f"<{tag}{place}>{escape(self.numbering.label(block))}{words}</{tag}>\n")
        for box in boxes:
            self._write('<div class="box">')
            self._inside(box)
            self._write("</div>\n")

    def _inside(self, holder: etree._Element) -> None:
        for block in within(holder, (W + "p", W + "tbl"), ()):
            if not self.whole:
                return
            self.add(block)

    def _table(self, table: etree._Element) -> None:
        self._write('<div class="wide"><table>\n')
        for row in within(table, W + "tr", W + "tbl"):
            if not self.whole:
                break
            self._write("<tr>")
            for cell in within(row, W + "tc", W + "tbl"):
                self.cells += 1
                self._write(f"<td{_span(cell)}>")
                self._inside(cell)
                self._write("</td>")
            self._write("</tr>\n")
        self._write("</table></div>\n")

    def _words(self, element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        for child in element:
            if child.tag == W + "r":
                inner = "".join(self._words(child, boxes))
                yield _styled(child, inner) if inner else ""
            elif child.tag == W + "t":
                yield escape(child.text or "")
            elif child.tag in (W + "tab",):
                yield "&emsp;"
            elif child.tag in (W + "br", W + "cr"):
                yield "<br>"
            elif child.tag == W + "noBreakHyphen":
                yield "-"
            elif child.tag == W + "txbxContent":
                boxes.append(child)
            elif child.tag in _PICTURES:
                yield from self._picture(child, boxes)
            elif child.tag not in _SKIPPED and child.tag != _COMPATIBLE + "Fallback":
                yield from self._words(child, boxes)

    def _picture(self, element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        """A text box within is written; a picture itself is only named."""
        found = list(element.iter(W + "txbxContent"))
        boxes += found[:1]
        if not found:
            yield '<span class="picture">▦</span>'


def _tag(block: etree._Element) -> str:
    style = block.find(f"{W}pPr/{W}pStyle")
    name = (style.get(W + "val") or "") if style is not None else ""
    level = name[7:8]
    return f"h{min(int(level) + 1, 5)}" if name.lower().startswith("heading") and level in set("123456789") else "p"


def _place(block: etree._Element) -> str:
    where = block.find(f"{W}pPr/{W}jc")
    value = where.get(W + "val") if where is not None else ""
    return {"center": ' class="centre"', "right": ' class="right"', "end": ' class="right"'}.get(value or "", "")


def _styled(run: etree._Element, inner: str) -> str:
    for name, tag in (("b", "b"), ("i", "i"), ("u", "u")):
        mark = run.find(f"{W}rPr/{W}{name}")
        if mark is not None and (mark.get(W + "val") or "1") not in _OFF:
            inner = f"<{tag}>{inner}</{tag}>"
    return inner


def _span(cell: etree._Element) -> str:
    wide = cell.find(f"{W}tcPr/{W}gridSpan")
    value = (wide.get(W + "val") or "") if wide is not None else ""
    return f' colspan="{int(value)}"' if value.isascii() and value.isdigit() and 1 < int(value[:4]) <= 60 else ""
