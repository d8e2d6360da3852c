"""A chart as a picture, for the writers that cannot draw one themselves."""

import json
from typing import Any

import typst

from trienkhai.documents.layouts.composing import Block
from trienkhai.documents.layouts.pdf_file import CHART, FONTS, chart_values

RESOLUTION = 200
PAGE = b"""
#set page(width: sys.inputs.width, height: auto, margin: (x: 0pt, y: 2mm))
#set text(font: "Tinos", lang: "vi")
#chart(json(bytes(sys.inputs.chart)))
"""


def draw_chart(block: Block, width: float) -> bytes:
    """A PNG as wide as the text, in millimetres; the same chart always gives the same bytes."""
    values = json.dumps(chart_values(block), ensure_ascii=False)
    page = PAGE.replace(b"sys.inputs.width", f"{width:.1f}mm".encode())
    options: dict[str, Any] = {"font_paths": [FONTS], "ignore_system_fonts": True, "sys_inputs": {"chart": values}}
    made = typst.compile(CHART + page, format="png", ppi=RESOLUTION, **options)
    assert isinstance(made, bytes)
    return made
