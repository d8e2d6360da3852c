"""From a file's raw text to lines, and from lines to paragraphs.

A line keeps what layout tells (indent, columns, rules); a block is a paragraph or a table row of the normalised
text, with its offsets. Markdown marks, page numbers and hard wraps are gone from blocks.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from .bodies import bodies_at
from .grammar import fold, phrases
from .letters import pattern

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\x00"))
_CHARACTERS = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\t": "    ", "ð": "đ", "Ð": "Đ", "⁄": "/"})
_TABBED_HEADER = re.compile(r"\s*(?:S?TT|Số TT)\t[^\t]+\t[^\t]+", re.IGNORECASE)
_RULE_CHARACTERS = frozenset("-_=*~.·—–… \t")
_PAGE_MARK = re.compile(r"=+ ?Trang \d+ ?=+|\S{1,20}\.DOC\b.{0,8}|```\w*", re.IGNORECASE)
_HEADING_MARK = re.compile(r"\s{0,8}#{1,6}\s+")
_BULLET = re.compile(r"^\s*(?:[*•●○▪►·]|[–—~])\s+(?=\S)")
_ESCAPE = re.compile(r"\\([-\\`*_{}\[\]()#+.!|~>])")
_MARKS = re.compile(r"\*{1,3}(?!\))|__+")
_GLUED_PLACE = pattern(r"(?<=[<U>]{3})(?=[<U>][<L>]{2,}[ ,])")  # "Số: 8/QĐ-UBMHMinh Họa, ngày …"
_BROKEN_GREETING = re.compile(r"(?m)^(\W{0,8}Kính) *\n *(gửi *:)")
_SPACES = re.compile(r"[ \u3000]+")
_ITEM = pattern(
    r"(?:[IVXL]{1,5}\s?[.\-)](?:\s|$)|\d{1,3}(?:\.\d{1,3}){0,3}\s?[.)](?:\s|$)|\d{1,2}(?:\.\d{1,2}){0,3}[-–]\s?(?=[<U>(])(?![<U>][<U><L>]{0,8}\s?/)|\d{1,2}(?:\.\d{1,2}){1,3}\s|"
    r"[a-zđ]{1,2}\)|[A-E]\.\s|[-+]\s|[-+](?=[<U>])|"
    r"(?:Điều|ĐIỀU)\s\d{1,3}\s?[a-z]?\s?[.:]|(?:Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN)\s(?:[IVXL]+|\d+|thứ)\b|"
    r"(?:PHỤ LỤC|BIỂU)\b|(?:Phụ lục|Biểu)(?:\s(?:số\s)?[\dIVX]{1,4})?\s?(?:[:.]|$)|"
    r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Kính gửi|Nơi nhận)\b)"
)
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,2}\s?[.)]|Điều\s\d{1,3}\s?[.:])\s+"
    r"(?:Giao\s|(?P<of>(?:Trách nhiệm|Nhiệm vụ)(?:[^.;:]{0,30}?\scủa)?\s))?"
)
_LONGEST_HEADING = 250
_HEADING_PARTS = 5  # three lines and what joins them
_BARE_MARK = re.compile(
    r"(?:[-+]|\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]\)|[IVXL]{1,5}[.-]|(?:Điều|ĐIỀU)\s\d{1,3}[a-z]?[.:])$"
)
# No sentence ends with one of these: a line that does goes on.
UNFINISHED = re.compile(
    r"(?<!\w)(?:ngày|tháng|năm|số|của|và|các|những|cho|với|tại|theo|về|trong|là|đến|từ|bởi|do|bằng|Căn cứ)$"
)


@dataclass
class Line:
    """One source line without its marks. blank_before counts the empty lines above it."""

    text: str
    indent: int = 0
    blank_before: int = 0
    rule: bool = False
    pipe: bool = False
    heading: bool = False
    open_bold: bool = False
    raw: str = ""


@dataclass
class Block:
    """A paragraph or a table row: text[start:end] of the normalised text.

    region: head, body or ending of the first document; apart: letterhead, title and ending of one attached to it.
    """

    text: str
    start: int = 0
    end: int = 0
    cells: list[str] = field(default_factory=list)
    region: str = "body"

    @property
    def is_row(self) -> bool:
        return bool(self.cells)


def clean(text: str) -> str:
    """NFC, one kind of line end, no invisible characters, đ written as đ."""
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    text = _barred(text.replace("\r\n", "\n").replace("\r", "\n")).translate(_CHARACTERS)
    return _BROKEN_GREETING.sub(r"\1 \2", text)


def _barred(text: str) -> str:
    """Rows whose cells stand between tabs, from a header "STT\t…" down, written with bars as other tables are."""
    if "\t" not in text:
        return text
    lines, tabs = text.split("\n"), 0
    for i, line in enumerate(lines):
        if _TABBED_HEADER.match(line):
            tabs = line.count("\t")
        elif not 1 <= line.count("\t") <= tabs:
            tabs = 0
        if tabs:
            lines[i] = f"| {line.replace(chr(9), ' | ')} |"
    return "\n".join(lines)


def squeeze(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def is_upper(text: str) -> bool:
    """Written in capitals: most letters are, and there are at least two."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def starts_item(text: str) -> bool:
    return bool(_ITEM.match(text))


def source_lines(text: str) -> list[Line]:
    """Lines of the cleaned text; empty ones, page numbers and page marks left out."""
    lines: list[Line] = []
    blanks, bold = 0, False
    for raw in text.replace("\f", "\n\f\n").split("\n"):
        if "\f" in raw or not raw.strip():
            blanks += 1
            continue
        line = _line(raw)
        if line is None:
            blanks += 1
            continue
        bold = (bold and not blanks) != bool(raw.count("**") % 2)
        line.blank_before, line.open_bold, blanks = blanks, bold, 0
        lines.append(line)
    return _closed_up(_without_page_numbers(lines))


def _closed_up(lines: list[Line]) -> list[Line]:
    """Hard-wrapped text in which an empty line stands between any two: one of each gap is no gap."""
    gaps = sum(line.blank_before > 0 for line in lines[1:])
    if gaps >= 0.8 * (len(lines) - 1) and _wrap_width(lines):
        for line in lines:
            line.blank_before = max(0, line.blank_before - 1)
    return lines


def _line(raw: str) -> Line | None:
    stripped = raw.strip()
    if _PAGE_MARK.fullmatch(stripped):
        return None
    indent = len(raw) - len(raw.lstrip())
    if stripped == "|":
        return Line("", indent, pipe=True, raw=raw)
    text = _ESCAPE.sub(r"\1", raw)
    heading = bool(_HEADING_MARK.match(text))
    text = _HEADING_MARK.sub("", text)
    if stripped != "-" and _RULE_CHARACTERS.issuperset(stripped):
        return Line("", indent, rule=True, raw=raw)
    if stripped[:2].lower() == "số" and "ngày" in stripped:
        text = _GLUED_PLACE.sub("   ", text, count=1)
    text = _BULLET.sub("- ", text, count=1)
    text = _MARKS.sub("", text).rstrip()
    if not text.strip():
        return None
    return Line(text.strip(), indent, heading=heading, raw=raw)


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    """Numbers alone on a line that climb through the document, far from each other and outside tables."""
    drop, last, where, row = set(), 0, -12, 0  # row: the next row's number in a table of one cell a line
    for i, line in enumerate(lines):
        row = 1 if line.text.upper() in ("TT", "STT") else row
        if row and line.text == str(row):
            row += 1
            continue
        if not (line.text.isdecimal() and len(line.text) <= 3):
            continue
        near_pipe = any(lines[j].pipe for j in (i - 1, i + 1) if 0 <= j < len(lines))
        alone = line.blank_before or line.indent > 20 or (i + 1 < len(lines) and lines[i + 1].blank_before)
        value = int(line.text)
        anew = value == 2 and i - where >= 20 and line.indent > 20  # the attached document counts its own pages
        if (
            alone
            and not near_pipe
            and i - where >= 12
            and (anew or (last < value <= last + 12 and (last or value <= 4)))
        ):
            drop.add(i)
            last, where = value, i
    for i in drop:
        if i + 1 < len(lines):
            lines[i + 1].blank_before += lines[i].blank_before + 1
    return [line for i, line in enumerate(lines) if i not in drop]


@dataclass(frozen=True)
class Layout:
    """width: where prose was hard-wrapped, 0 when each line is a paragraph. spaced: paragraphs stand between blanks."""

    width: int = 0
    spaced: bool = False


def layout_of(lines: list[Line]) -> Layout:
    width = _wrap_width(lines)
    if not width:
        return Layout()
    prose = [line for line in lines if not (line.rule or line.pipe)]
    blanks = sum(line.blank_before > 0 for line in prose)
    return Layout(width, blanks >= 0.15 * len(prose))


def _wrap_width(lines: list[Line]) -> int:
    """Where prose was hard-wrapped: few lines are longer, and many end in mid-sentence; else 0."""
    prose = [line for line in lines if not (line.rule or line.pipe)]
    lengths = sorted(len(line.text) for line in prose)
    if len(lengths) < 12 or lengths[int(len(lengths) * 0.97)] > 135:
        return 0
    width = lengths[int(len(lengths) * 0.85)]
    long = [line.text for line in prose if len(line.text) >= 0.6 * width]
    return width if sum(text[-1] not in ".;:!?”" for text in long) >= 0.35 * len(long) else 0


def joined(lines: list[Line], layout: Layout) -> list[str]:
    """Paragraphs of a run of prose lines."""
    paragraphs: list[list[str]] = []
    previous: Line | None = None
    for line in lines:
        if line.rule or line.pipe:
            previous = None
            continue
        text = squeeze(line.text)
        alone = paragraphs[-1][0] if paragraphs and len(paragraphs[-1]) == 1 else ""
        if (
            previous is not None
            and paragraphs
            and _continues(alone, previous, line, text, layout)
            and not _names_who(paragraphs[-1], text)
        ):
            paragraphs[-1] += [_between(previous.text, text), text]
        else:
            paragraphs.append([text])
        previous = line
    return ["".join(parts) for parts in paragraphs]


def _names_who(parts: list[str], text: str) -> bool:
    """ "8. Các sở, ban, ngành có liên quan" above "Phối hợp …": a heading, though it fills its line."""
    if len(parts) > _HEADING_PARTS or not text[:1].isupper():
        return False
    above = "".join(parts)
    mark = _NUMBERED.match(above)
    if not mark or len(above) > _LONGEST_HEADING or above.endswith(","):
        return False
    if not mark["of"] and not phrases().verbs.match(fold(text)):
        return False
    return bodies_at(above, mark.end()) >= len(above.rstrip(" :;,"))


def _between(left: str, right: str) -> str:
    """Nothing inside a symbol that the line end broke, else a blank."""
    broken = re.search(r"\d\s?[-/]$", left.rstrip()[-6:]) and re.match(r"[A-ZĐ]", right)
    return "" if broken else " "


def _continues(alone: str, previous: Line, line: Line, text: str, layout: Layout) -> bool:
    above = squeeze(previous.text)
    if _BARE_MARK.fullmatch(alone) or re.search(r"\d\s?[-–]$", above):
        return True
    if line.heading or previous.heading:
        return False
    if previous.open_bold and not line.blank_before:
        return True
    width = layout.width
    ended = above[-1:] in '.;:!?…”"'
    low = text[:1].islower() and not starts_item(text)
    wrapped_dash = bool(re.match(r"- [a-zđ0-9]", text)) and not ended and not line.blank_before
    if starts_item(text) and not (wrapped_dash and len(above) > 0.7 * width > 0):
        return False
    if UNFINISHED.search(above) and not line.blank_before and not is_upper(above):
        return True
    if low and not ended and (len(above) >= 40 or not line.blank_before):
        return True
    if line.blank_before or not width:
        return False
    if is_upper(above) != is_upper(text) and (is_upper(above) or is_upper(text)):
        return False
    if ended and line.indent > previous.indent + 2:
        return False
    if layout.spaced:
        return True
    if ended:
        return len(above) >= 0.93 * width and line.indent <= previous.indent
    return len(above) >= 0.55 * width or text[:1].islower()


def assemble(parts: list[Block]) -> str:
    """The normalised text of the blocks, one a line; sets each block's offsets."""
    pieces, at = [], 0
    for block in parts:
        block.start, block.end = at, at + len(block.text)
        pieces.append(block.text)
        at = block.end + 1
    return "\n".join(pieces)
