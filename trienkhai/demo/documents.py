"""Writes the demo's own documents as .docx files in the official layout of the Party.

Sources are Markdown files in `data/documents`: between the two lines of `---` what stands around the text, then
the text, where `## ` begins a heading and a block of lines in bars is a table.
Run `python -m trienkhai.demo.documents FOLDER`.
"""

import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import yaml
from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from trienkhai.demo.organisation import DATA, posts

MARK = "VĂN BẢN MINH HỌA – KHÔNG CÓ GIÁ TRỊ"
FONT = "Times New Roman"
LONG_AGO = (2017, 1, 1, 0, 0, 0)
WIDTHS = {"TT": 1.0, "Nhiệm vụ": 5.2, "Nội dung công việc": 5.2}
OTHER_WIDTH = 2.6
LEFT, CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True)
class Source:
    """One document as written by us. `of`: whose document it is, where the title names it."""

    symbol: str
    type: str
    issuer: str
    place: str
    date: date
    title: str
    authority: list[str]
    signer_role: str
    signer_post: str
    recipients: list[str]
    text: str
    of: str = ""

    @property
    def file_name(self) -> str:
        return f"{MARK} – {self.symbol.replace('/', '-')}.docx"

    @property
    def signer(self) -> str:
        return next(row.holder for row in posts() if row.unit_code == "MH" and row.title == self.signer_post)


def sources() -> list[Source]:
    """All documents, the earliest first."""
    found = [_read(path) for path in sorted((DATA / "documents").glob("*.md"))]
    return sorted(found, key=lambda source: source.date)


def _read(path: Path) -> Source:
    _nothing, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    return Source(text=text.strip(), **yaml.safe_load(front))


def write_documents(folder: Path) -> list[Path]:
    """Write every document into `folder`, made when missing; the same sources always give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for source in sources():
        paths.append(folder / source.file_name)
        paths[-1].write_bytes(build(source))
    return paths


def build(source: Source) -> bytes:
    document = _blank()
    _marks(document)
    _head(document, source)
    _title(document, source)
    for block in source.text.split("\n\n"):
        _block(document, block.strip())
    _foot(document, source)
    document.core_properties.title = f"{MARK}: {source.symbol}"
    document.core_properties.author = source.issuer
    return _with_fixed_times(document)


def _blank() -> Docx:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    return document


def _marks(document: Docx) -> None:
    section = document.sections[0]
    for part in (section.header, section.footer):
        _words(part.paragraphs[0], MARK, bold=True, size=10, align=CENTRE)


def _head(document: Docx, source: Source) -> None:
    left, right = _two_cells(document)
    _lines(left, [(source.issuer.upper(), True), ("*", False), (f"Số {source.symbol}", False)])
    day = source.date
    _lines(right, [("ĐẢNG CỘNG SẢN VIỆT NAM", True), ("", False)])
    dated = f"{source.place}, ngày {day.day:02} tháng {day.month:02} năm {day.year}"
    _words(right.add_paragraph(), dated, italic=True, align=CENTRE)


def _title(document: Docx, source: Source) -> None:
    document.add_paragraph()
    _words(document.add_paragraph(), source.type.upper(), bold=True, size=16, align=CENTRE)
    if source.of:
        _words(document.add_paragraph(), source.of.upper(), bold=True, align=CENTRE)
    _words(document.add_paragraph(), source.title, bold=True, align=CENTRE)
    _words(document.add_paragraph(), "-----", align=CENTRE)


def _block(document: Docx, block: str) -> None:
    if block.startswith("|"):
        _table(document, [_cells(line) for line in block.splitlines()])
    elif block.startswith("## "):
        _words(document.add_paragraph(), block.removeprefix("## "), bold=True)
    else:
        paragraph = _words(document.add_paragraph(), block, align=JUSTIFY)
        paragraph.paragraph_format.first_line_indent = Cm(1.27)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _table(document: Docx, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for number, row in enumerate(rows):
        for title, cell, text in zip(rows[0], table.add_row().cells, row, strict=True):
            cell.width = Cm(WIDTHS.get(title, OTHER_WIDTH))
            middle = number == 0 or title == "TT"
            _words(cell.paragraphs[0], text, bold=number == 0, size=12, align=CENTRE if middle else LEFT)


def _foot(document: Docx, source: Source) -> None:
    document.add_paragraph()
    left, right = _two_cells(document)
    _words(left.paragraphs[0], "Nơi nhận:", size=12, align=LEFT)
    last = len(source.recipients) - 1
    for number, name in enumerate(source.recipients):
        _words(left.add_paragraph(), f"- {name}{'.' if number == last else ','}", size=12, align=LEFT)
    _lines(right, [(line, True) for line in source.authority] + [(source.signer_role.upper(), False)])
    for _line in range(3):
        right.add_paragraph()
    _words(right.add_paragraph(), source.signer, bold=True, align=CENTRE)


def _two_cells(document: Docx) -> list[_Cell]:
    table = document.add_table(rows=1, cols=2)
    return list(table.rows[0].cells)


def _lines(cell: _Cell, lines: list[tuple[str, bool]]) -> None:
    """Centred lines into an empty cell: (words, bold)."""
    for number, (words, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _words(paragraph, words, bold=bold, align=CENTRE)


def _words(
    paragraph: Paragraph,
    words: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 14,
    align: WD_ALIGN_PARAGRAPH = JUSTIFY,
) -> Paragraph:
    run = paragraph.add_run(words)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(3)
    return paragraph


def _with_fixed_times(document: Docx) -> bytes:
    """The file's bytes, with one and the same time on every part inside, so that equal texts have equal digests."""
    made, out = BytesIO(), BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, LONG_AGO), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    for written in write_documents(Path(sys.argv[1])):
        print(written)
