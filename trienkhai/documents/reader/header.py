"""The head of a document: issuer, symbol, place and date, type, title, addressees."""

import itertools
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .grammar import any_of, ascii_fold, fold, load, per_office, with_own
from .letters import pattern
from .references import SYMBOL, tidy
from .text import Line, is_upper, squeeze

_MOTTO = re.compile(
    r"c[ộo]ng\s+h(?:òa|oà|oa)\s+x[ãa]\s+h[ộo]i\s+ch[ủu]\s+ngh[ĩi]a\s+vi[ệe]t\s+nam|"
    r"đ[ộo]c\s+l[ậa]p\s*[-–]\s*t[ựu]\s+do\s*[-–]\s*h[ạa]nh\s+ph[úu]c|đảng\s+cộng\s+sản\s+việt\s+nam",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:luật\s+|bộ luật\s+)?s[ốo]\s{0,3}[:.]?\s*(?=[\dIlO/\-–._… ]|$)", re.IGNORECASE)
_DATE = re.compile(
    r"(?:(?P<place>[^\d\n|,;:/\x00]{2,40}?)\s?,?\s{0,3})?ngày\s{0,12}(?P<day>\d{1,2}|[.…_]{1,12})?\s{0,12}tháng\s{0,12}(?P<month>\d{1,2}|[.…_]{1,12})?\s{0,12}năm\s{0,4}(?P<year>\d{4})",
    re.IGNORECASE,
)
_BLANK_SYMBOL = re.compile(r"[\s._…]*[-–/]\s?[A-ZĐ][A-Za-zĐđ]*(?:[/-][\wĐđ]+)*")
_SUBJECT = re.compile(r"(?:v\s?/\s?v|về việc)\b[\s:.]*", re.IGNORECASE)
_TO = re.compile(r"\s*kính gửi\s*:?\s*", re.IGNORECASE)
_GAP = re.compile(r"\s{3,}|\s_\s|\s?\|\s?")
_BODY_START = re.compile(
    r"-?\s?Căn cứ|-?\s?Xét |Kính gửi|I{1,3}V?\s?[.-]|1\s?[.-]\s|Điều 1|ĐIỀU 1|Chương I|CHƯƠNG I|"
    r"Phần |PHẦN |Ngày \d|\|?\s?TT\b|Thực hiện .{160}|\(|Nơi nhận",
)
_ATTACHED = re.compile(r"kèm theo\s+(?P<type>[A-ZĐ][^\d]{2,40}?)\s+số:?\s?", re.IGNORECASE)
_SENDER = pattern(r"(?P<who>(?:[<U>]+ ){2,7}?)điện\s?:")
_REACH = 90


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
    secrecy: str | None = None
    urgency: str | None = None
    body: int = 0


@per_office
def _types() -> dict[str, dict[str, str]]:
    return {ascii_fold(entry["name"]): entry for entry in with_own("document_types")}


@cache
def _words() -> dict[str, Any]:
    return load("header")


def read_head(lines: list[Line]) -> Head:
    """Read the head; `Head.body` is the first line after it."""
    head = Head()
    type_at = _type_line(lines)
    to_at = next(
        (i for i, line in enumerate(lines[:45]) if _TO.match(line.text) or "kính gửi:" in line.text[:60].lower()), None
    )
    if to_at is not None and (type_at is None or to_at < type_at):
        type_at = None
    top = type_at if type_at is not None else to_at
    found = top is not None
    top = top if found else min(len(lines), 14)
    cells = _cells(lines[:top])
    _read_top(head, cells, official_letter=type_at is None and to_at is not None)
    if type_at is not None:
        _set_type(head, lines[type_at].text)
        head.title, head.body, said_by = _title(lines, type_at, head.issuer)
        if said_by:
            head.issuer, head.issuer_parent = said_by, head.issuer
    elif to_at is not None:
        _set_type(head, "Công văn")
        head.body = to_at
        head.addressees, head.body = _addressees(lines, to_at)
    if not found and not head.symbol:
        head.body = 0
    return head


def _cells(lines: list[Line]) -> list[str]:
    """Header cells, left column first where a line holds two."""
    out: list[str] = []
    for line in lines:
        if line.pipe:
            out.append("")
            continue
        if line.rule or not line.text:
            continue
        out += [squeeze(part) for part in _GAP.split(_protect(line.text)) if part.strip(" _|")]
    return [cell.replace("\u2007", " ") for cell in out]


def _protect(text: str) -> str:
    """Blanks left for a number or day are no column gap."""
    text = re.sub(r"(?i)(số\s?:?)\s+(?=[/\-–])", r"\1 ", text)
    return re.sub(r"(?i)(ngày|tháng)\s+(?=tháng|năm|\d)", r"\1 ", text)


def _type_line(lines: list[Line]) -> int | None:
    for i, line in enumerate(lines[:45]):
        text = squeeze(line.text.strip("| "))
        if not text or not is_upper(text):
            continue
        if ascii_fold(text).strip(" .:") in _types():
            return i
        if pattern(r"(?:BỘ )?LUẬT(?=[<U>])").match(text):
            return i
    return None


def _set_type(head: Head, text: str) -> None:
    key = ascii_fold(squeeze(text.strip("| "))).strip(" .:")
    entry = _types().get(key) or (_types()["luat"] if key.startswith("luat") else None)
    if entry:
        head.doc_type, head.doc_type_abbr, head.type_class = entry["name"], entry["abbr"], entry["class"]


def _read_top(head: Head, cells: list[str], *, official_letter: bool) -> None:
    joined = "\n".join(cells)
    head.secrecy = _alone(cells, _words()["secrecy"])
    head.urgency = _alone(cells, _words()["urgency"])
    party = bool(re.search(r"đảng\s+cộng\s+sản\s+việt\s+nam", joined, re.IGNORECASE))
    state = bool(re.search(r"(?:độc\s+lập|cộng\s+h\w+\s+xã\s+hội)", joined, re.IGNORECASE))
    joined = _MOTTO.sub("\n", joined)
    joined = _read_symbol(head, joined)
    joined = _read_date(head, joined)
    before, _, after = joined.partition("\x00")
    names = [row for row in before.split("\n") if _is_issuer_row(row)] or [
        row for row in after.split("\n") if _is_issuer_row(row)
    ]
    head.issuer, head.issuer_parent = _issuer(names)
    if official_letter:
        head.title = _subject(after)
    if head.symbol or party or state:
        head.kind = "party" if party or (head.symbol and re.match(r"\d+\w?-", head.symbol)) else "state"


def _alone(cells: list[str], words: list[str]) -> str | None:
    """A mark counts only where it stands alone in its cell."""
    for cell in cells:
        for word in words:
            if fold(cell).strip(" .:-") == word and is_upper(cell):
                return word[:1].upper() + word[1:]
    return None


def _read_date(head: Head, text: str) -> str:
    for m in _DATE.finditer(text):
        place = squeeze(re.sub(r"^.*\n", "", m.group("place") or "", flags=re.DOTALL)).strip(" ,.-")
        place = SYMBOL.sub("", place).strip()
        if not place and not m.group("place"):
            continue
        head.place = place or None
        day, month = m.group("day"), m.group("month")
        if day and month and day.isdigit() and month.isdigit() and 1 <= int(day) <= 31 and 1 <= int(month) <= 12:
            head.date = f"{m.group('year')}-{int(month):02}-{int(day):02}"
        return text[: m.start()] + "\n" + text[m.end() :]
    return text


def _read_symbol(head: Head, text: str) -> str:
    """Takes the symbol out of the text and leaves a NUL at its place."""
    for m in _NUMBER.finditer(text):
        rest = re.sub(r"^\s*\n", "", text[m.end() :])
        misread = re.match(r"[IlO]{1,3}(?=\s?[/-])", rest)
        readable = (misread.group().translate(str.maketrans("IlO", "110")) + rest[misread.end() :]) if misread else rest
        found = SYMBOL.match(readable)
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


def _is_issuer_row(row: str) -> bool:
    row = row.strip(" *-_|")
    folded = fold(row)
    if len(row) < 3 or not is_upper(row) or any(ch.isdigit() for ch in row[:2]):
        return False
    return not any(folded.startswith(word) for word in _words()["not_issuer"])


def _issuer(rows: list[str]) -> tuple[str | None, str | None]:
    """The issuing body and the one above it, from the capital lines of the left column."""
    names: list[str] = []
    heads = re.compile(any_of(_words()["heads"]))
    for row in rows:
        row = squeeze(row.strip(" *-_|"))
        opens = heads.match(fold(row))
        if names and (not opens or (fold(names[-1]) in _words()["open_ended"] and len(names) == 1)):
            names[-1] = f"{names[-1]} {row}"
        elif not names or fold(row) != fold(names[-1]):
            names.append(row)
    if not names:
        return None, None
    parent = _cased(names[-2]) if len(names) > 1 else None
    return _full_name(names[-1], names[-2] if len(names) > 1 else None), parent


def _full_name(name: str, parent: str | None) -> str:
    """ "Văn phòng", "Ban Tổ chức" and the like are named with the body they belong to."""
    folded = fold(name)
    if parent is None or folded not in (
        "văn phòng",
        "ban tổ chức",
        "ban tuyên giáo",
        "ban dân vận",
        "ủy ban kiểm tra",
        "ban nội chính",
    ):
        return _cased(name)
    above = _cased(parent)
    if fold(parent).startswith(_words()["central_committee"]):
        above = "Trung ương"
    if folded == "văn phòng":
        above = re.sub(r"^UBND\b", "Ủy ban nhân dân", above)
    return f"{_cased(name)} {above}"


def _cased(name: str) -> str:
    """Capitals to official mixed case by a rough rule: heads and proper names keep a capital."""
    if not is_upper(name):
        return name
    words = [w if w in ("UBND", "HĐND", "MTTQ", "TW") else w.lower() for w in name.split()]
    out = [words[0] if words[0].isupper() else words[0][:1].upper() + words[0][1:]]
    place = False
    for before, word in itertools.pairwise(words):
        place = place or before in ("tỉnh", "phố", "xã", "phường", "huyện", "quận")
        proper = place and word not in ("ủy", "uỷ")
        out.append(word if word.isupper() else (word[:1].upper() + word[1:] if proper else word))
    return _proper(" ".join(out))


def _proper(text: str) -> str:
    """Known names and the heads of bodies within a name get their capitals."""
    names = [*load("bodies")["fields"], *load("bodies")["names"], *_words()["central_bodies"]]
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", name, text, flags=re.IGNORECASE)
    text = re.sub(
        r"(?<=\s)(?:sở|bộ|khối|đảng|ủy ban|văn phòng)(?!\w)", lambda m: m.group()[:1].upper() + m.group()[1:], text
    )
    return text[:1].upper() + text[1:]


def _subject(after: str) -> str | None:
    """The V/v of an official letter: what follows the symbol in the left column."""
    rows = [squeeze(row) for row in after.split("\n")]
    start = next((i for i, row in enumerate(rows) if _SUBJECT.match(row)), None)
    if start is None:
        return None
    kept = []
    for row in rows[start:]:
        if _TO.match(row):
            break
        if row:
            kept.append(row)
    text = squeeze(" ".join(kept))
    return re.sub(r"^v\s?/\s?v[\s:.]*", "", text, flags=re.IGNORECASE).rstrip(" .") or None


def _title(lines: list[Line], at: int, issuer: str | None) -> tuple[str | None, int, str | None]:
    """Title, first line of the body, and the body a "CỦA …" line names as issuer."""
    taken: list[str] = []
    said_by = None
    glued = pattern(r"(?:BỘ )?LUẬT(?=[<U>])(.*)").match(squeeze(lines[at].text))
    if glued:
        taken.append(glued.group(1).strip())
    i = at + 1
    while i < min(len(lines), at + _REACH):
        line = lines[i]
        text = squeeze(line.text.strip("|"))
        if line.rule or line.pipe or not text:
            if taken and not line.pipe:
                i += 1
                break
            i += 1
            continue
        if taken and glued and fold(text) == fold(taken[0]):
            i += 1
            continue
        by = re.match(r"C[ỦU]A\s+(.{5,60})$", text) if not taken and is_upper(text) else None
        if by:
            said_by = _cased(by.group(1))
            i += 1
            continue
        if _ends_title(lines, i, text, taken):
            break
        taken.append(text)
        i += 1
    title = squeeze(" ".join(taken)) or None
    return title, i, said_by


def _ends_title(lines: list[Line], i: int, text: str, taken: list[str]) -> bool:
    if _BODY_START.match(text) and (taken or not text.startswith("Thực hiện")):
        return True
    if not taken:
        return False
    upper, was_upper = is_upper(text), is_upper(taken[-1])
    follows = squeeze(lines[i + 1].text) if i + 1 < len(lines) else ""
    authority = upper and fold(text).startswith(tuple(_words()["officers"]))
    if authority and (
        lines[i].blank_before or re.match(r"-?\s?(?:Căn cứ|Xét|Thực hiện|Theo)|QUY[ẾE]T|QUY ĐỊNH", follows)
    ):
        return True
    if was_upper and not upper:
        return bool(lines[i].blank_before) or not text[:1].islower()
    if lines[i].blank_before and not (upper and was_upper):
        return True
    return len(" ".join(taken)) > 600


def _addressees(lines: list[Line], at: int) -> tuple[list[str], int]:
    entries: list[str] = []
    i = at
    while i < min(len(lines), at + 20):
        line = lines[i]
        text = squeeze(line.text.strip("|"))
        if i > at and (line.pipe or not re.match(r"[-–+]", text)) and not _wraps(entries, line, text):
            break
        text = _TO.sub("", text) if i == at else text
        if i == at and "kính gửi" in text.lower():
            text = re.split(r"(?i)kính gửi\s*:?", text)[-1].strip()
        if re.match(r"[-–+]", text) or (text and not entries):
            entries.append(text.lstrip("-–+ "))
        elif text and entries:
            entries[-1] += f" {text}"
        i += 1
    return [re.sub(r"[;,.\s|]+$", "", squeeze(e)) for e in entries if e.strip()], max(i, at + 1)


def _wraps(entries: list[str], line: Line, text: str) -> bool:
    if not text:
        return True
    if not entries:
        return not line.blank_before
    return not line.blank_before and not entries[-1].endswith((".", ";")) and (line.indent >= 15 or text[:1].islower())


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


def sender(text: str) -> str | None:
    """Who sends a telegram: "THỦ TƯỚNG CHÍNH PHỦ điện:"."""
    m = _SENDER.search(text[:600])
    return _cased(squeeze(m.group("who"))) if m else None
