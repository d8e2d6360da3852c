"""A composition written as a Word file, part by part, in the exact measures of its layout."""

import io
import zipfile

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from trienkhai.documents.layouts.chart_picture import draw_chart
from trienkhai.documents.layouts.composing import Block, Composition, Line
from trienkhai.documents.layouts.spec import Layout, LineSpec
from trienkhai.documents.layouts.tables import column_widths

LONG_AGO = (2017, 1, 1, 0, 0, 0)
FONT_SLOTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
HEADER_DISTANCE = 10
NOTE_SIZE = 10
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def write_docx(composition: Composition) -> bytes:
    """The file's bytes; the same composition always gives the same bytes."""
    document = blank(composition.layout)
    _margins_of_pages(document, composition)
    _head(document, composition)
    write_title(document, composition)
    write_addressees(document, composition)
    write_body(document, composition)
    _foot(document, composition)
    document.core_properties.title = f"{composition.symbol} {composition.paper.title}".strip()[:250]
    document.core_properties.author = composition.paper.issuer[:250]
    document.core_properties.comments = ""
    return with_fixed_times(document)


def blank(layout: Layout) -> Docx:
    """An empty document of the layout's page, margins and typeface."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = layout.font, Pt(layout.body["size"])
    for slot in FONT_SLOTS:
        style.element.rPr.rFonts.set(qn(slot), layout.font)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(layout.page["width"]), Mm(layout.page["height"])
    section.top_margin, section.bottom_margin = Mm(layout.margins["top"]), Mm(layout.margins["bottom"])
    section.left_margin, section.right_margin = Mm(layout.margins["left"]), Mm(layout.margins["right"])
    section.header_distance = section.footer_distance = Mm(HEADER_DISTANCE)
    return document


def _margins_of_pages(document: Docx, composition: Composition) -> None:
    """The page number from the second page on, and the note of a sample on every page."""
    section, note = document.sections[0], composition.note
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN["centre"]
    _field(number, "PAGE", composition.layout.page_number_size)
    notes = [section.first_page_header.paragraphs[0]]
    if note:
        notes += [section.header.add_paragraph(), section.footer.paragraphs[0], section.first_page_footer.paragraphs[0]]
    for paragraph in notes:
        _run(paragraph, note, LineSpec(NOTE_SIZE, bold=True))
        paragraph.alignment = ALIGN["centre"]


def _field(paragraph: Paragraph, name: str, size: float) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(size)
    for kind in ("begin", "", "end"):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = name
        run._r.append(mark)


def _head(document: Docx, composition: Composition) -> None:
    left, right = _two_cells(document, composition.layout)
    write_lines(left, composition.left, composition.layout.columns[0])
    write_lines(right, composition.right, composition.layout.columns[1])


def _two_cells(document: Docx, layout: Layout) -> tuple[_Cell, _Cell]:
    """A row of two columns without lines, as wide as the text."""
    table = document.add_table(rows=1, cols=2)
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    _no_cell_margins(table)
    for column, width in zip(table.columns, layout.columns):
        column.width = Mm(width)
    for cell, width in zip(table.rows[0].cells, layout.columns):
        cell.width = Mm(width)
    _unsplit(table)
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _no_cell_margins(table: Table) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), "0")
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    table._tbl.tblPr.append(margins)


def _unsplit(table: Table) -> None:
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def write_lines(cell: _Cell, lines: tuple[Line, ...], width: float) -> None:
    """Centred lines into an empty cell, each with its rule below."""
    unused = [cell.paragraphs[0]]
    for line in lines:
        paragraph = unused.pop() if unused else cell.add_paragraph()
        _run(paragraph, line.text, line.look)
        paragraph.alignment = ALIGN["centre"]
        if line.look.boxed:
            _border(paragraph, "top", "left", "bottom", "right")
        if line.look.rule:
            _rule(cell.add_paragraph(), line.look.rule, width)


def _run(paragraph: Paragraph, words: str, look: LineSpec, italic: bool = False, bold: bool = False) -> None:
    run = paragraph.add_run(words)
    run.bold, run.italic = look.bold or bold, look.italic or italic
    run.underline = look.underline or None
    run.font.size = Pt(look.size)


def _border(paragraph: Paragraph, *sides: str) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        element = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            element.set(qn(f"w:{name}"), value)
        borders.append(element)
    paragraph._p.get_or_add_pPr().append(borders)


def _rule(paragraph: Paragraph, length: float, width: float) -> None:
    """A line of that length in the middle: the border of an empty paragraph that is set in from both sides."""
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(max(0, (width - length) / 2))
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(4)
    _border(paragraph, "top")


def write_title(document: Docx, composition: Composition) -> None:
    if composition.title:
        document.add_paragraph()
    for line in composition.title:
        paragraph = document.add_paragraph()
        _run(paragraph, line.text, line.look)
        paragraph.alignment = ALIGN["centre"]
        if line.look.rule:
            _rule(document.add_paragraph(), line.look.rule, composition.layout.text_width)


def write_addressees(document: Docx, composition: Composition) -> None:
    if not composition.addressees:
        return
    document.add_paragraph()
    look = LineSpec(composition.layout.addressees["size"])
    single = len(composition.addressees) == 1
    for number, words in enumerate(composition.addressees):
        paragraph = document.add_paragraph()
        _run(paragraph, words, look)
        paragraph.alignment = ALIGN["centre" if single else "left"]
        if not single:
            paragraph.paragraph_format.left_indent = Mm(30 if number == 0 else 45)


def write_body(document: Docx, composition: Composition) -> None:
    document.add_paragraph()
    for block in composition.blocks:
        if block.piece.kind == "chart":
            _chart(document, block, composition.layout)
        elif block.piece.rows:
            _table(document, block, composition.layout)
        else:
            last = block is composition.blocks[-1]
            _paragraph(document.add_paragraph(), block, composition.layout, keep=block.bold or last)


def _paragraph(paragraph: Paragraph, block: Block, layout: Layout, *, keep: bool) -> None:
    """keep: on the page of what follows, so that a heading, or the signature, never stands alone."""
    _run(paragraph, block.words, LineSpec(block.size), italic=block.italic, bold=block.bold)
    paragraph.alignment = ALIGN[block.align]
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.body["spacing"])
    shape.space_after = Pt(layout.body["after"])
    shape.keep_with_next = keep or None
    if block.indent:
        shape.first_line_indent = Mm(layout.body["indent"])


def _chart(document: Docx, block: Block, layout: Layout) -> None:
    """A picture with what it shows in words, for those who do not see it."""
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN["centre"]
    picture = paragraph.add_run().add_picture(io.BytesIO(draw_chart(block, layout.text_width)), Mm(layout.text_width))
    picture._inline.docPr.set("descr", block.words)


def _table(document: Docx, block: Block, layout: Layout) -> None:
    rows, widths = block.piece.rows, column_widths(block.piece.rows, layout.text_width)
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for number, row in enumerate(rows):
        for width, cell, words in zip(widths, table.add_row().cells, row, strict=True):
            cell.width = Mm(width)
            _run(cell.paragraphs[0], words, LineSpec(block.size, bold=number == 0))
            cell.paragraphs[0].alignment = ALIGN["centre" if number == 0 else "left"]
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _unsplit(table)
    document.add_paragraph()


def _foot(document: Docx, composition: Composition) -> None:
    document.add_paragraph().paragraph_format.keep_with_next = True
    left, right = _two_cells(document, composition.layout)
    write_recipients(left, composition)
    write_signature(right, composition)


def write_recipients(cell: _Cell, composition: Composition) -> None:
    unused = [cell.paragraphs[0]]
    for line in composition.recipients:
        paragraph = unused.pop() if unused else cell.add_paragraph()
        _run(paragraph, line.text, line.look)
        paragraph.alignment = ALIGN["left"]


def write_signature(cell: _Cell, composition: Composition) -> None:
    """The lines of authority and office, room to sign, the name."""
    above = tuple(line for line in composition.signature if line.look.of != "signer_name")
    write_lines(cell, above, composition.layout.columns[1])
    for line in (line for line in composition.signature if line.look.of == "signer_name"):
        for _room in range(composition.layout.room_to_sign):
            cell.add_paragraph()
        paragraph = cell.add_paragraph()
        _run(paragraph, line.text, line.look)
        paragraph.alignment = ALIGN["centre"]


def with_fixed_times(document: Docx) -> bytes:
    """The file's bytes, with one and the same time on every part inside, so that equal texts have equal digests."""
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, LONG_AGO), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
