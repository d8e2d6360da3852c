"""The secrecy mark of a document: MẬT, TỐI MẬT or TUYỆT MẬT standing alone in its header block.

Source: design, a networked installation refuses marked documents; the stamp stands alone under the number or at the
top of the page. Prose that speaks of secrecy ("bảo vệ bí mật nhà nước") is no mark, nor is a title broken before MẬT.
"""

import re
import unicodedata

MARKS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
HEADER_LINES = 40
PROSE_LENGTH = 160

_BODY_BEGINS = re.compile(
    r"(?:căn cứ|theo đề nghị|xét|kính gửi|thực hiện|điều\s+1\b|chương\s+i\b|phần\s|nơi nhận|[ia1]\s*[.)]\s)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:độ|mức độ|cấp độ)\s+mật\s*:\s*(.+)", re.IGNORECASE)
_MARK = r"(?:(?:TUYỆT|TỐI)\s+)?MẬT"
_GLUED = re.compile(
    rf"({_MARK})\s+(?:\S[^,]{{0,40}},\s*ngày\b.*|CỘNG H.*|ĐẢNG CỘNG SẢN.*|Độc lập\b.*|Số\b.*)"
    rf"|(?:Số\b.{{0,40}}|.*VIỆT NAM|.*Hạnh phúc|.*\bnăm \d{{4}})\s+({_MARK})"
)
_TITLE_GOES_ON = re.compile(
    r"(?:\bBÍ|\bBẢO|\bGIẢI|\bCƠ|\bĐỘ|\bGIỮ|\bTÀI LIỆU|\bHỒ SƠ|\bVĂN BẢN|,|\bVÀ|\bVỀ|\bHOẶC)$", re.IGNORECASE
)
_ORNAMENT = re.compile(r"^[^\w]+|[^\w]+$")


def secrecy_mark(text: str) -> str | None:
    """The mark, "MẬT", "TỐI MẬT" or "TUYỆT MẬT", or None.

    Looked for in the lines before the body begins, at most 40. A line, a cell of a table (`|`, tab) and a column set
    apart by blanks each count as standing alone; bold marks, brackets, ornaments and letter-spacing are seen through.
    """
    before = ""
    for line in _header_block(text):
        mark = _mark_of_line(line, before)
        if mark:
            return mark
        before = line
    return None


def _header_block(text: str) -> list[str]:
    lines: list[str] = []
    for raw in (line[:1000] for line in text[:20_000].splitlines()):
        line = unicodedata.normalize("NFC", raw.replace("*", "").replace("_", "").replace("\\", "")).strip("# \t\f")
        if _BODY_BEGINS.match(line.lstrip("-–+ ")) or (len(line) > PROSE_LENGTH and "|" not in line):
            break
        if line.strip("|- "):
            lines.append(line)
        if len(lines) == HEADER_LINES:
            break
    return lines


def _mark_of_line(line: str, before: str) -> str | None:
    for cell in [*re.split(r"[|\t]", line), *re.split(r"[|\t]|\s{2,}", line)]:
        mark = _mark_of_cell(cell)
        if mark:
            return _with_line_before(mark, line, before)
    glued = _GLUED.fullmatch(line)
    return MARKS[re.sub(r"\s", "", glued[1] or glued[2])] if glued else None


def _mark_of_cell(cell: str) -> str | None:
    cell = _ORNAMENT.sub("", cell)
    label = _LABEL.fullmatch(cell)
    letters = label[1].upper() if label else cell
    return MARKS.get(re.sub(r"\s", "", _ORNAMENT.sub("", letters)))


def _with_line_before(mark: str, line: str, before: str) -> str | None:
    """A stamp may be broken over two lines, and so may a title that ends in 'bí mật'."""
    if mark == "MẬT" and _ORNAMENT.sub("", line) == "MẬT":
        before = _ORNAMENT.sub("", before)
        if before in ("TỐI", "TUYỆT"):
            return f"{before} MẬT"
        if _TITLE_GOES_ON.search(before):
            return None
    return mark
