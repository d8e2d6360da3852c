"""The rows of a workbook as a stream: a parser over each sheet, openpyxl for what stands around the sheets.

openpyxl itself reads a sheet without a told size twice and makes an object of every cell; a tree of 60,000 units takes
it half a minute.
"""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO
from xml.parsers import expat

from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import from_excel, from_ISO8601

Numbered = tuple[int, Sequence[Any]]
PIECE = 1 << 16
LONGEST_CELL = 1_000_000


def sheets(source: BinaryIO, columns: int) -> Iterator[tuple[str, Iterator[Numbered]]]:
    """Title and rows of every sheet, each row with its number and its first `columns` cells as values.

    A formula comes as its text behind “=”, a day as a datetime. What a broken file raises is of every kind.
    """
    reader = ExcelReader(source, read_only=True)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    for sheet, relation in reader.parser.find_sheets():
        if relation.target in reader.valid_files and "chartsheet" not in relation.Type:
            with reader.archive.open(relation.target) as content:
                yield sheet.name, _rows(content, reader.wb, reader.shared_strings, columns)


def _rows(content: Any, book: Workbook, strings: Sequence[str], columns: int) -> Iterator[Numbered]:
    sheet = _Sheet(book, strings, columns)
    while piece := content.read(PIECE):
        sheet.parser.Parse(piece, False)
        yield from sheet.taken()
    sheet.parser.Parse(b"", True)
    yield from sheet.taken()


class _Sheet:
    """Collects rows from the events of the parser."""

    def __init__(self, book: Workbook, strings: Sequence[str], columns: int) -> None:
        self.book, self.strings, self.columns = book, strings, columns
        self.rows: list[Numbered] = []
        self.number, self.cells = 0, list[Any]()
        self.place, self.kind, self.style = -1, "n", 0
        self.text: list[str] | None = None
        self.length, self.spoken = 0, 0
        self.value, self.inline, self.formula = "", list[str](), False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.letters
        self.parser.StartDoctypeDeclHandler = _no_doctype

    def taken(self) -> list[Numbered]:
        rows, self.rows = self.rows, []
        return rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.cells, self.place = [], -1
        elif name == "c":
            self.place = _place(attributes["r"]) if "r" in attributes else self.place + 1
            self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", 0))
            self.value, self.inline, self.formula, self.length = "", [], False, 0
        elif name in ("v", "t", "f"):
            self.text = []
        elif name == "rPh":  # how the letters are spoken, not what stands there
            self.spoken += 1

    def letters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)
            self.length += len(text)
            if self.length > LONGEST_CELL:
                raise ValueError("a cell is longer than any text")

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            if self.place < self.columns:
                self.cells += [None] * (self.place - len(self.cells))
                self.cells.append(self.content())
        elif name == "row":
            self.rows.append((self.number, tuple(self.cells)))
        elif name == "rPh":
            self.spoken -= 1
        elif name in ("v", "t", "f") and self.text is not None:
            text, self.text = "".join(self.text), None
            if name == "f":
                self.formula, self.value = True, f"={text}"
            elif name == "v" and not self.formula:
                self.value = text
            elif name == "t" and not self.spoken:
                self.inline.append(text)

    def content(self) -> Any:
        """The value of the cell that has just ended."""
        if self.formula:
            return self.value
        if self.kind == "inlineStr":
            return "".join(self.inline) or None
        if not self.value:
            return None
        if self.kind == "s":
            return self.strings[int(self.value)]
        if self.kind == "b":
            return bool(int(self.value))
        if self.kind == "d":
            return from_ISO8601(self.value)
        return self.number_of() if self.kind == "n" else self.value

    def number_of(self) -> Any:
        number = float(self.value) if any(sign in self.value for sign in ".eE") else int(self.value)
        if self.style not in self.book._date_formats:
            return number
        try:
            return from_excel(number, self.book.epoch)
        except (OverflowError, ValueError):
            return "#VALUE!"


def _place(reference: str) -> int:
    """'A1' → 0, 'AB7' → 27."""
    place = 0
    for letter in reference:
        if not letter.isalpha():
            break
        place = place * 26 + ord(letter) - 64
    return place - 1


def _no_doctype(*_told: Any) -> None:
    raise ValueError("a workbook declares no entities")
