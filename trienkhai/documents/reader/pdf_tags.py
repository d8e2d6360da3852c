"""The structure a tagged PDF tells of itself: paragraphs and tables as their writer meant them, in reading order.

Word and typst tag what they write. Page numbers and running heads are marked as artifacts and are left out.
"""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from .text import is_upper, starts_item

DEPTH_LIMIT = 40
COVERED = 0.98
EDGE = 3.0
SHORT = 0.8
GAP = 12.0
_ROWS, _CELLS = frozenset(("TR",)), frozenset(("TH", "TD"))
_WITHIN_A_LINE = frozenset(("Span", "Link", "Lbl", "Em", "Strong", "Reference", "Quote", "NonStruct", "Sub"))
_ENDED = re.compile(r"[.;:!?…”\"]\s*$")


@dataclass
class Block:
    """One paragraph or one row, and where it stands in points: its box, and how far its last line reaches.

    is_row: cells joined by bars.
    """

    text: str
    left: float
    top: float
    bottom: float
    reach: float = 0.0
    is_row: bool = False


@dataclass
class _Words:
    """What one mark covers: its lines as they stand on the page, how far to the right each of them reaches, its box."""

    left: float
    bottom: float
    right: float
    top: float
    lines: list[str] = field(default_factory=lambda: [""])
    rights: list[float] = field(default_factory=lambda: [0.0])


def tagged_pages(document: pypdfium2.PdfDocument) -> list[str] | None:
    """The text of each page, a paragraph or a row a line; None when a page is not tagged, or only in part."""
    pages: list[list[Block]] = []
    for number in range(len(document)):
        blocks = _page(document, number)
        if blocks is None:
            return None
        pages.append(blocks)
    _join_over_pages(pages)
    return ["".join(_spaced(blocks)) for blocks in pages]


def _spaced(blocks: list[Block]) -> Iterator[str]:
    """A block a line, an empty line where the page leaves one."""
    above: Block | None = None
    for block in blocks:
        apart = above is not None and above.bottom - block.top > GAP and not (above.is_row and block.is_row)
        yield f"\n{block.text}\n" if apart else f"{block.text}\n"
        above = block


def _page(document: pypdfium2.PdfDocument, number: int) -> list[Block] | None:
    page = document[number]
    words = page.get_textpage()
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        if not tree:
            return None
        marked, loose = _marked(page, words)
        blocks = _Walk(marked).blocks(tree)
        letters = loose + sum(sum(map(str.isalpha, line)) for piece in marked.values() for line in piece.lines)
        read = sum(map(str.isalpha, "".join(block.text for block in blocks)))
        return blocks if read >= COVERED * letters else None
    finally:
        if tree:
            pdfium.FPDF_StructTree_Close(tree)
        words.close()
        page.close()


def _marked(page: pypdfium2.PdfPage, words: pypdfium2.PdfTextPage) -> tuple[dict[int, _Words], int]:
    """Mark → its words, in the order of the page; and how many letters bear no mark without being an artifact.

    Letter by letter, since asking each object for its text looks through the whole page every time.
    """
    found: dict[int, _Words] = {}
    marks: dict[int, tuple[int, Any]] = {}
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
        marks[_address(item.raw)] = mark, item.raw
        if mark >= 0:
            _widen(found, mark, item.get_bounds())
    current: _Words | None = None
    loose = 0
    for index in range(words.count_chars()):
        item = pdfium.FPDFText_GetTextObject(words, index)
        if item:
            mark, raw = marks.get(_address(item), (-1, None))
            current = found.get(mark)
        letter = chr(pdfium.FPDFText_GetUnicode(words, index))
        if item and current is None:
            loose += letter.isalpha() and not (raw and _is_artifact(raw))
        if current is None or letter == "\r":
            continue
        if letter == "\n":
            current.rights[-1] = words.get_charbox(index - 2)[2] if index > 1 else 0.0
            current.lines.append("")
            current.rights.append(0.0)
        else:
            current.lines[-1] += "-" if letter == "\x02" else letter
    return found, loose


def _widen(found: dict[int, _Words], mark: int, box: tuple[float, float, float, float]) -> None:
    """One more object under a mark: its box grows. The left edge stays that of the first object."""
    known = found.setdefault(mark, _Words(*box))
    known.bottom, known.top = min(known.bottom, box[1]), max(known.top, box[3])


def _is_artifact(item: Any) -> bool:
    """Marked as no part of the text: a page number, a running head."""
    for number in range(pdfium.FPDFPageObj_CountMarks(item)):
        buffer, size = ctypes.create_string_buffer(64), ctypes.c_ulong()
        mark = pdfium.FPDFPageObj_GetMark(item, number)
        letters = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
        named = pdfium.FPDFPageObjMark_GetName(mark, letters, 64, size)
        if named and buffer.raw[: size.value].decode("utf-16-le", "replace").strip("\0") == "Artifact":
            return True
    return False


def _address(item: object) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _type(element: object) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")


class _Walk:
    """Goes through the elements of one page once; an element that holds words itself is a block."""

    def __init__(self, marked: dict[int, _Words]) -> None:
        self.marked = marked

    def blocks(self, tree: object) -> list[Block]:
        out: list[Block] = []
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            self._element(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), out, 0)
        return out

    def _element(self, element: object, out: list[Block], depth: int, *, lines: bool = False) -> None:
        """lines: the lines of a paragraph are kept apart, as they stand."""
        if not element or depth > DEPTH_LIMIT:
            return
        kind = _type(element)
        if kind in _ROWS:
            out += self._row(element, depth)
        elif self._is_line(element, depth):
            pieces = list(self._pieces(element, depth))
            text = _joined(pieces, lines=lines)
            if text:
                top, bottom = max(piece.top for piece in pieces), min(piece.bottom for piece in pieces)
                out.append(Block(text, pieces[0].left, top, bottom, pieces[-1].right))
        else:
            for child in self._children(element):
                self._element(child, out, depth + 1, lines=lines)

    def _is_line(self, element: object, depth: int) -> bool:
        """It holds words of its own, or only what stands within a line."""
        if any(mark in self.marked for mark in self._marks(element)):
            return True
        kinds = {_type(child) for child in self._children(element)}
        return bool(kinds) and kinds <= _WITHIN_A_LINE and depth < DEPTH_LIMIT

    def _row(self, row: object, depth: int) -> Iterator[Block]:
        """In a row of two cells, by which offices lay out headers, a cell's own lines are kept."""
        cells: list[list[Block]] = []
        found = [child for child in self._children(row) if _type(child) in _CELLS]
        pair = len(found) == 2
        for cell in found:
            inner: list[Block] = []
            self._element(cell, inner, depth + 1, lines=pair)
            cells.append(inner)
        texts = [[block.text if pair else " ".join(block.text.split()) for block in cell] for cell in cells]
        text = " | ".join(("\n" if pair else " ").join(cell) for cell in texts)
        inside = [block for cell in cells for block in cell]
        if inside:
            top, bottom = max(block.top for block in inside), min(block.bottom for block in inside)
            yield Block(text, inside[0].left, top, bottom, is_row=True)

    def _pieces(self, element: object, depth: int) -> Iterator[_Words]:
        for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
            mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if mark in self.marked:
                yield self.marked[mark]
            elif depth < DEPTH_LIMIT and (child := pdfium.FPDF_StructElement_GetChildAtIndex(element, index)):
                yield from self._pieces(child, depth + 1)

    def _marks(self, element: object) -> list[int]:
        count = pdfium.FPDF_StructElement_CountChildren(element)
        return [pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index) for index in range(count)]

    def _children(self, element: object) -> Iterator[object]:
        for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, index):
                yield child


def _joined(pieces: list[_Words], *, lines: bool) -> str:
    """The words of one paragraph on one line; or line by line where asked, or where its writer broke a line short."""
    shown: list[list[Any]] = [["", 0.0]]
    for piece in pieces:
        for number, (words, right) in enumerate(zip(piece.lines, piece.rights)):
            if number:
                shown.append(["", 0.0])
            shown[-1][0] += words
            shown[-1][1] = max(shown[-1][1], right)
    left = min((piece.left for piece in pieces), default=0.0)
    widest = max(right for _words, right in shown) - left
    rows = [(" ".join(words.split()), right) for words, right in shown if words.strip()]
    out = ""
    for number, (text, right) in enumerate(rows):
        below = rows[number + 1][0] if number + 1 < len(rows) else ""
        broken = lines or 0 < right < left + SHORT * widest or _begins_anew(text, below)
        out += text + ("\n" if broken else " ")
    return out.strip()


def _begins_anew(text: str, below: str) -> bool:
    """Lines that Word broke inside one paragraph: capitals, a new item after an ended line, a rule of dashes."""
    ruled = not any(map(str.isalnum, below))
    capitals = is_upper(text) and is_upper(below)
    return bool(below) and (ruled or capitals or (starts_item(below) and text.endswith((",", ";", ".", ":"))))


def _join_over_pages(pages: list[list[Block]]) -> None:
    """A paragraph that a page broke is one again, over however many pages it runs."""
    every = [block for page in pages for block in page]
    edge = min((block.left for block in every), default=0.0) + EDGE
    full = max((block.reach for block in every), default=0.0) - EDGE
    set_in = any(block.left > edge for block in every)
    tail: Block | None = None
    for page in pages:
        if tail and page and _goes_on(tail, page[0], at_edge=set_in and page[0].left <= edge, full=tail.reach >= full):
            tail.text, tail.reach = f"{tail.text} {page[0].text}", page[0].reach
            del page[0]
        tail = page[-1] if page else tail


def _goes_on(last: Block, first: Block, *, at_edge: bool, full: bool) -> bool:
    """In mid-sentence and small letters; or, where paragraphs are set in, at the edge under a full or an open line."""
    if last.is_row or first.is_row or starts_item(first.text) or is_upper(last.text) or is_upper(first.text):
        return False
    open_end = not _ENDED.search(last.text)
    return (open_end and first.text[:1].islower()) or (at_edge and (open_end or full))
