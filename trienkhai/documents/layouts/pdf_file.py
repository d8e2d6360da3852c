"""A composition printed as PDF by typst, with the typeface that stands beside this module."""

import json
from pathlib import Path
from typing import Any

import typst

from trienkhai.documents.layouts.composing import Block, Composition, Line
from trienkhai.documents.layouts.tables import column_widths, is_tall

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
CHART = (HERE / "chart.typ").read_bytes()
TEMPLATE = CHART + (HERE / "paper.typ").read_bytes()


def write_pdf(composition: Composition) -> bytes:
    """The file's bytes; the same composition always gives the same bytes. A page takes some ten milliseconds."""
    values = json.dumps(_values(composition), ensure_ascii=False)
    options: dict[str, Any] = {"font_paths": [FONTS], "ignore_system_fonts": True, "sys_inputs": {"paper": values}}
    made = typst.compile(TEMPLATE, **options)
    assert isinstance(made, bytes)
    return made


def _values(composition: Composition) -> dict[str, Any]:
    layout, paper = composition.layout, composition.paper
    signature = composition.signature
    return {
        "title": f"{composition.symbol} {paper.title}".strip(),
        "author": paper.issuer,
        "page": layout.page,
        "margins": layout.margins,
        "body": layout.body,
        "page_number_size": layout.page_number_size,
        "columns": layout.columns,
        "note": composition.note,
        "left": [_line(line) for line in composition.left],
        "right": [_line(line) for line in composition.right],
        "heading": [_line(line) for line in composition.title],
        "addressees": composition.addressees,
        "addressee_size": layout.addressees["size"],
        "blocks": [_block(block, composition) for block in composition.blocks],
        "recipients": [_line(line) for line in composition.recipients],
        "authority": [_line(line) for line in signature if line.look.of != "signer_name"],
        "signer": [_line(line) for line in signature if line.look.of == "signer_name"],
        "room_to_sign": layout.room_to_sign,
    }


def _line(line: Line) -> dict[str, Any]:
    look = line.look
    return {
        "text": line.text,
        "size": look.size,
        "bold": look.bold,
        "italic": look.italic,
        "underline": look.underline,
        "boxed": look.boxed,
        "rule": look.rule,
    }


def _block(block: Block, composition: Composition) -> dict[str, Any]:
    rows = block.piece.rows if block.piece.kind == "table" else ()
    widths = column_widths(rows, composition.layout.text_width) if rows else []
    return {
        "words": block.words,
        "bold": block.bold,
        "italic": block.italic,
        "align": block.align,
        "indent": block.indent,
        "size": block.size,
        "last": block is composition.blocks[-1],
        "chart": chart_values(block) if block.piece.kind == "chart" else None,
        "rows": rows,
        "tall": [is_tall(row, widths) for row in rows],
        "widths": widths,
    }


def chart_values(block: Block) -> dict[str, Any]:
    """What `chart.typ` draws."""
    return {"title": block.words, "size": block.size, "rows": block.piece.rows}
