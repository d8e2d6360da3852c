"""Scans for tests: an invented paper printed, photographed, and put into a PDF that holds nothing but the pictures."""

from io import BytesIO

import pypdfium2
import typst
from PIL import Image

from trienkhai.documents.layouts.pdf_file import FONTS

DPI = 200
PAPER = """#set page(paper: "a4", margin: (left: 30mm, right: 20mm, y: 20mm))
#set text(font: "Tinos", size: 14pt, lang: "vi")
#set par(justify: true, spacing: 10pt)
#grid(columns: (7fr, 10fr), align: center,
  [#text(size: 13pt)[ĐẢNG BỘ KHỐI MINH HỌA] \\ *ĐẢNG ỦY* \\ \\* \\ Số 12-NQ/ĐUMH],
  [*ĐẢNG CỘNG SẢN VIỆT NAM* \\ \\ #text(style: "italic")[Minh Họa, ngày 05 tháng 02 năm 2017]])
#v(6mm)
MARK
#align(center)[#text(size: 16pt)[*NGHỊ QUYẾT*] \\ *về công tác bảo vệ môi trường* \\ -----]

VĂN BẢN MINH HỌA, KHÔNG CÓ GIÁ TRỊ

Căn cứ Kế hoạch số 07-KH/ĐUMH ngày 10/01/2017 của Đảng ủy Khối Minh Họa, Ban Chấp hành quyết nghị:

*I- MỤC TIÊU*

Hoàn thành công tác bảo vệ môi trường ở tất cả các cơ quan, đơn vị trong năm 2017.

*II- NHIỆM VỤ*

1. Các đảng ủy trực thuộc xây dựng kế hoạch, hoàn thành trước ngày 31/3/2017.

2. Ban Tổ chức chủ trì hướng dẫn trong quý I năm 2017.

3. Văn phòng Đảng ủy theo dõi, đôn đốc, tổng hợp kết quả và báo cáo Ban Thường vụ.

#grid(columns: (1fr, 1fr), align: center, [],
  [*T/M BAN CHẤP HÀNH* \\ BÍ THƯ #v(20mm) *Trần Minh Thử*])
"""


def printed(mark: str = "", *, stamped: bool = False) -> bytes:
    """The paper as a PDF with letters. mark: stands alone above its title, as written or in the frame of a stamp."""
    words = f"#text(size: 14pt)[*{mark}*]"
    framed = f"#box(stroke: 1.5pt + red, inset: 6pt)[#text(fill: red)[{words}]]"
    source = PAPER.replace("MARK", (framed if stamped else words) if mark else "")
    made = typst.compile(source.encode(), font_paths=[FONTS], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def scanned(mark: str = "", *, stamped: bool = False, pages: int = 1) -> bytes:
    """The same as pictures of `pages` pages."""
    paper = pypdfium2.PdfDocument(printed(mark, stamped=stamped))
    picture = paper[0].render(scale=DPI / 72).to_pil().convert("L")
    paper.close()
    buffer = BytesIO()
    picture.save(buffer, "PDF", resolution=DPI, save_all=True, append_images=[picture] * (pages - 1))
    return buffer.getvalue()


def words_printed() -> list[str]:
    """Every word that stands on the paper."""
    paper = pypdfium2.PdfDocument(printed())
    words = paper[0].get_textpage().get_text_range().split()
    paper.close()
    return words


def blank_scan(*, damaged: bool = False) -> bytes:
    """A PDF of one picture on which nothing stands. damaged: the picture's own bytes are spoilt."""
    buffer = BytesIO()
    Image.new("L", (800, 1100), 255).save(buffer, "PDF", resolution=100)
    content = buffer.getvalue()
    if damaged:
        start = content.index(b"\xff\xd8\xff")
        content = content[: start + 20] + bytes(400) + content[start + 420 :]
    return content
