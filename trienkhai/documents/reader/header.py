"""The head of a document: issuer, symbol, place and date, type, title, addressees."""

import re
from dataclasses import dataclass, field

from . import heading as headings
from .grammar import ascii_fold, fold, load
from .letterhead import is_issuer_row, issuer_of, without_union
from .references import SYMBOL, loose_symbol, tidy
from .text import Line, is_upper, squeeze

MOTTO = re.compile(
    r"c[ộo]ng\s+h(?:òa|oà|oa)\s+x[ãàa]\s?h[ộo]i\s+ch[ủu]\s+ngh[ĩi]a\s+vi[ệe]t\s+nam|"
    r"đ[ộo]c\s+l[ậa]p\s*[-–]?\s*t[ựu]\s+do\s*[-–]?\s*h[ạa]nh\s+ph[úu]c|đảng\s+cộng\s+sản\s+việt\s+nam",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:(?:bộ luật|luật|nghị quyết|chỉ thị|quyết định|kế hoạch)\s+)?s[ốo]\s{0,3}[:.]?\s*(?=[\dIlO/\-–._… ]|$)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:(?P<place>[^\d\n|,;:/\x00]{2,40}?)\s?,?\s{0,3})?ngày\s{0,12}(?:"
    r"(?P<day>\d{1,2}|[.…_]{1,12})?\s{0,12}tháng\s{0,12}(?P<month>\d{1,2}|[.…_]{1,12})?\s{0,12}năm\s{0,4}(?P<year>\d{4})"
    r"|(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4}))",
    re.IGNORECASE,
)
NUMBER_ROW = re.compile(r"\(?\s*số\s{0,3}[:.]?\s*(?:\d|[-–/._…])", re.IGNORECASE)
_BODY = re.compile(r"-?\s?(?:Căn cứ|Thực hiện)\b|(?:Điều|ĐIỀU)\s\d{1,3}[.:]")
_BLANK_SYMBOL = re.compile(r"[\s._…]*[-–/]\s?[A-ZĐ][A-Za-zĐđ]*(?:[/-][\wĐđ]+)*")
_GAP = re.compile(r"\s{3,}|\s_\s|\s?\|\s?")
_ATTACHED = re.compile(r"kèm theo\s+(?P<type>[A-ZĐ][^\d]{2,40}?)\s+số:?\s?", re.IGNORECASE)
_LONGEST_PLACE = 7  # words
_TOP = 14


@dataclass
class Head:
    kind: str | None = None
    doc_type: str | None = None
    doc_type_abbr: str | None = None
    type_class: str = "other"
    number: str | None = None
    symbol: str | None = None
    suffix: str | None = None
    issuer: str | None = None
    issuer_parent: str | None = None
    place: str | None = None
    date: str | None = None
    title: str | None = None
    addressees: list[str] = field(default_factory=list)
    urgency: str | None = None
    body: int = 0

    def set_type(self, entry: dict[str, str]) -> None:
        self.doc_type, self.doc_type_abbr, self.type_class = entry["name"], entry["abbr"], entry["class"]


def read_head(lines: list[Line]) -> Head:
    """Read the head; `Head.body` is the first line after it."""
    head = Head()
    heading, to_at = headings.find_heading(lines), headings.addressee_line(lines)
    if heading and to_at is not None and to_at < heading.line:
        heading = None
    top = heading.line if heading else to_at
    cells = _cells(lines[: _above_body(lines) if top is None else top])
    _read_top(head, cells, letter=heading is None and to_at is not None)
    if heading:
        _read_heading(head, lines, heading)
    elif to_at is not None:
        head.set_type(headings.types()["cong van"])
        head.addressees, head.body = headings.read_addressees(lines, to_at)
    return head


def _above_body(lines: list[Line]) -> int:
    """Where neither heading nor addressee is known, the letterhead ends above the grounds or the first article."""
    return next((i for i, line in enumerate(lines[:_TOP]) if _BODY.match(line.text)), _TOP)


def _read_heading(head: Head, lines: list[Line], heading: headings.Heading) -> None:
    head.set_type(heading.type)
    below = headings.numbered_below(lines, heading)
    head.date = head.date or headings.day_below(below)
    if head.symbol is None and (symbol := headings.symbol_below(below)):
        head.symbol, head.number = symbol, symbol[: len(symbol) - len(symbol.lstrip("0123456789"))] or None
    if heading.formula:
        head.title, head.body = headings.title_above(lines, heading.line)
        return
    head.title, head.body, said_by = headings.read_title(lines, heading)
    if said_by:
        head.issuer, head.issuer_parent = said_by, (head.issuer if not heading.by else None)
    head.addressees = headings.telegram_addressees(lines, heading)
    if head.body < len(lines) and headings.addresses(lines[head.body].text):
        head.addressees, head.body = headings.read_addressees(lines, head.body)


def _cells(lines: list[Line]) -> list[str]:
    """Header cells, left column first where a line holds two; a day broken over lines is one cell."""
    out: list[str] = []
    for line in lines:
        if line.pipe:
            out.append("")
            continue
        if line.rule or not line.text:
            continue
        out += [squeeze(part) for part in _GAP.split(_protect(line.text)) if part.strip(" _|")]
    return _whole_days([cell.replace("\u2007", " ") for cell in out])


def _whole_days(cells: list[str]) -> list[str]:
    """Joins "Minh" + "Họa, ngày 11 tháng 3" + "năm 2031" that stand between two lines of one bar."""
    out, start = [], 0
    for end in [*(i for i, cell in enumerate(cells) if not cell), len(cells)]:
        part = cells[start:end]
        joined = " ".join(part)
        broken = 1 < len(part) <= 4 and start and re.search(r"(?i)ngày\s[^\n]{0,25}\stháng", joined)
        out += [joined] if broken and not is_upper(joined) and "số" not in fold(joined) else part
        out += [""] if end < len(cells) else []
        start = end + 1
    return out


def _protect(text: str) -> str:
    """Blanks left for a number or day are no column gap."""
    text = re.sub(r"(?i)(số\s?:?)\s+(?=[/\-–])", r"\1 ", text)
    return re.sub(r"(?i)(ngày|tháng)\s+(?=tháng|năm|\d)", r"\1 ", text)


def _read_top(head: Head, cells: list[str], *, letter: bool) -> None:
    joined = "\n".join(cells)
    head.urgency = _alone(cells, load("header")["urgency"])
    party = bool(re.search(r"đảng\s+cộng\s+sản\s+việt\s+nam", joined, re.IGNORECASE))
    state = bool(re.search(r"(?:độc\s+lập|cộng\s+h\w+\s+xã\s+hội)", joined, re.IGNORECASE))
    joined = MOTTO.sub("\n", joined)
    joined, union = (joined, None) if party or state else without_union(joined)
    joined = _read_symbol(head, joined)
    joined = _read_date(head, joined)
    before, _, after = joined.partition("\x00")
    names = [row for row in before.split("\n") if is_issuer_row(row)] or [
        row for row in after.split("\n") if is_issuer_row(row)
    ]
    head.issuer, head.issuer_parent = issuer_of(names)
    if union and head.issuer:
        head.issuer = f"{head.issuer} {union}"
    if letter:
        head.title = headings.read_subject(after)
    if head.symbol or party or state:
        head.kind = "party" if party or union or (head.symbol and re.match(r"\d+\w?-", head.symbol)) else "state"


def _alone(cells: list[str], words: list[str]) -> str | None:
    """A mark counts only where it stands alone in its cell."""
    for cell in cells:
        for word in words:
            if fold(cell).strip(" .:-") == word and is_upper(cell):
                return word[:1].upper() + word[1:]
    return None


def _read_date(head: Head, text: str) -> str:
    found = list(_DATE.finditer(text))
    for m in sorted(found, key=_less_like_letterhead):
        place = squeeze(re.sub(r"^.*\n", "", m.group("place") or "", flags=re.DOTALL)).strip(" ,.-")
        place = SYMBOL.sub("", place).strip()
        if (not place and not m.group("place")) or len(place.split()) > _LONGEST_PLACE:
            continue
        head.place = place or None
        day, month, year = (m.group(a) or m.group(b) for a, b in (("day", "d"), ("month", "m"), ("year", "y")))
        if day and month and day.isdigit() and month.isdigit() and 1 <= int(day) <= 31 and 1 <= int(month) <= 12:
            head.date = f"{year}-{int(month):02}-{int(day):02}"
        return text[: m.start()] + "\n" + text[m.end() :]
    return text


def _less_like_letterhead(day: re.Match[str]) -> int:
    """ "Minh Họa, ngày … tháng … năm …" goes before the day of a document that the subject names."""
    named = bool(day.group("place"))
    if not day.group("year"):
        return 3
    return 0 if named and "," in day.group()[len(day.group("place")) :][:4] else 1 if named else 2


def _read_symbol(head: Head, text: str) -> str:
    """Takes the symbol out of the text and leaves a NUL at its place."""
    for m in _NUMBER.finditer(text):
        rest = re.sub(r"^\s*\n", "", text[m.end() :])
        misread = re.match(r"[IlO]{1,3}(?=\s?[/-])", rest)
        readable = (misread.group().translate(str.maketrans("IlO", "110")) + rest[misread.end() :]) if misread else rest
        found = SYMBOL.match(readable) or loose_symbol(readable)
        blank = None if found else _BLANK_SYMBOL.match(rest)
        if found:
            head.symbol = tidy(found.group())
            digits = re.match(r"\d+", head.symbol)
            head.number = digits.group() if digits else None
            return text[: m.start()] + "\x00" + readable[found.end() :]
        if blank:
            head.suffix = tidy(blank.group().strip(" ._…-–/"))
            return text[: m.start()] + "\x00" + rest[blank.end() :]
    return text


def attached_symbol(text: str, doc_type: str | None) -> tuple[str | None, str | None]:
    """Symbol and date of the document itself where only an annex says them: "(Kèm theo <type> số …, ngày …)"."""
    for m in _ATTACHED.finditer(text):
        if doc_type and ascii_fold(squeeze(m.group("type"))).startswith(ascii_fold(doc_type)):
            found = SYMBOL.match(text, m.end())
            if found:
                day = re.match(
                    r",?\s*ngày\s(\d{1,2})[/\s](?:tháng\s)?(\d{1,2})[/\s](?:năm\s)?(\d{4})",
                    text[found.end() : found.end() + 40],
                )
                date = f"{day.group(3)}-{int(day.group(2)):02}-{int(day.group(1)):02}" if day else None
                return tidy(found.group()), date
    return None, None
