"""What a document is called: the line of its type, its title, whom it addresses."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from .grammar import any_of, ascii_fold, fold, load, per_office, with_own
from .letterhead import cased
from .letters import pattern
from .references import SYMBOL, tidy
from .text import UNFINISHED, Line, is_upper, squeeze, starts_item

_SUBJECT = re.compile(r"(?:v\s?/\s?v|về việc)\b[\s:.]*", re.IGNORECASE)
_TO = re.compile(r"\s*kính (?:gửi|trình)\s*:?\s*", re.IGNORECASE)
_BODY_START = re.compile(
    r"-?\s?Căn cứ|-?\s?Xét |Kính gửi|Kính trình:|I{1,3}V?\s?[.-]|1\s?[.-]\s|Điều 1|ĐIỀU 1|Chương I|CHƯƠNG I|"
    r"Phần |PHẦN |Ngày \d|\|?\s?TT\b|Thực hiện .{160}|\(|Nơi nhận",
)
_LAW = pattern(r"(?:BỘ )?LUẬT(?=[<U>])(.*)")
_BY = pattern(r"(?:C[ỦU]A|của)\s+(.{5,90})")
_SENDS = re.compile(r"điện\s?:", re.IGNORECASE)
_SPACED = pattern(r"(?:[<U>]\s){3,}[<U>]")  # "C H Ỉ T H Ị"
_DAY_BELOW = re.compile(
    r"(?i)ngày\s(?:\d{1,2}\stháng\s\d{1,2}\snăm\s\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?=[\s,.)]*$|\scủa\s)"
)
_NUMBER_BELOW = re.compile(
    rf"(?i)\(?\s*số\s?:?\s*{SYMBOL.pattern}(?:,?\s{_DAY_BELOW.pattern[4:]})?(?:\scủa\s.{{4,80}})?[\s,.)]*"
)
# "CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 7/2001/QĐ-TTG NGÀY 2 THÁNG 3 NĂM 2001 VỀ …"
_OWN_NAME = re.compile(
    r"(?i)^của\s[^\d,;]{4,80}\ssố:?\s[^\s]{3,30},?\sngày\s\d{1,2}(?:\stháng\s|[/.-])\d{1,2}(?:\snăm\s|[/.-])\d{4}"
    r",?\s(?=về\s|ban hành\s)"
)
_REACH, _DEPTH, _TELEGRAM = 90, 60, 12
_LONGEST_TITLE, _LONGEST_LINE = 600, 180


@dataclass
class Heading:
    """The line of the type. rest: words of the title on the same line; by: the issuer named there.

    formula: the line is "QUYẾT ĐỊNH:" that opens the articles; the title, if any, stands above.
    """

    line: int
    type: dict[str, str]
    rest: str = ""
    by: str | None = None
    formula: bool = False


@per_office
def types() -> dict[str, dict[str, str]]:
    """Types by their name without marks, in which OCR errs."""
    return {ascii_fold(entry["name"]): entry for entry in with_own("document_types")}


@cache
def _types_by_length() -> list[tuple[str, dict[str, str]]]:
    return sorted(types().items(), key=lambda item: -len(item[0]))


@cache
def _words() -> dict[str, Any]:
    return load("header")


def find_heading(lines: list[Line]) -> Heading | None:
    """The first line that is nothing but a type; failing that, one that begins with a type in capitals."""
    numbered = False
    second: Heading | None = None
    for i, line in enumerate(lines[:_DEPTH]):
        text = squeeze(line.text.strip("| "))
        numbered = numbered or bool(re.search(r"(?i)\bsố\b.{0,4}\d|ngày.{1,20}năm\s?\d{4}|hạnh phúc", text))
        if not text:
            continue
        if i and _is_body(text) and numbered:
            break
        exact = _exact(i, text)
        if exact and (is_upper(text) or (numbered and line.raw.strip().startswith("**"))):
            return exact
        second = second or (_begun(i, text) if is_upper(text) or numbered else None)
    return second or _formula(lines)


def _is_body(text: str) -> bool:
    return bool(re.match(r"-?\s?Căn cứ|Kính gửi|Kính trình:", text))


def _exact(i: int, text: str) -> Heading | None:
    if _SPACED.fullmatch(text):
        closed = ascii_fold(text.replace(" ", ""))
        text = next((entry["name"].upper() for name, entry in types().items() if name.replace(" ", "") == closed), text)
    law = _LAW.match(text)
    if law:
        return Heading(i, types()["luat"], law.group(1).strip())
    plain = ascii_fold(re.sub(_additions(), "", fold(text))).strip(" .:*-")
    entry = types().get(plain)
    return Heading(i, entry) if entry and not text.endswith(":") else None


@cache
def _additions() -> re.Pattern[str]:
    return re.compile(rf"\s{_words()['heading_additions']}(?!\w)")


def _begun(i: int, text: str) -> Heading | None:
    """ "CHỈ THỊ CỦA THỦ TƯỚNG …", "QUYẾT ĐỊNHVề việc …", "KẾ HOẠCH TRIỂN KHAI …" in one line."""
    plain = ascii_fold(text)
    for name, entry in _types_by_length():
        if not plain.startswith(name) or not is_upper(text[: len(name)]):
            continue
        rest = text[len(name) :]
        by = _BY.fullmatch(rest.strip()) if is_upper(text) else None
        if by:
            return Heading(i, entry, by=cased(by.group(1)))
        glued = rest[:1].isupper() and rest[1:2].islower()
        if glued or (rest[:1] == " " and len(rest) > 12 and is_upper(text) and entry["class"] != "law"):
            return Heading(i, entry, rest.strip())
        return None
    return None


def _formula(lines: list[Line]) -> Heading | None:
    """A decision whose own heading is lost still says "QUYẾT ĐỊNH:" before its articles."""
    for i, line in enumerate(lines[:_DEPTH]):
        text = squeeze(line.text.strip("| "))
        plain = fold(text).strip(" .:")
        if plain in _words()["formulas"] and is_upper(text):
            entry = types()["nghi quyet" if plain == "quyết nghị" else ascii_fold(plain)]
            return Heading(i, entry, formula=True)
    return None


def title_above(lines: list[Line], before: int) -> tuple[str | None, int]:
    """Capital lines between the day and the căn cứ, without the issuer's own line, and the line after them."""
    taken: list[str] = []
    after = 0
    for i, line in enumerate(lines[:before]):
        text = squeeze(line.text.strip("| "))
        if re.search(r"(?i)ngày.{1,20}năm\s?\d{4}", text) and not is_upper(text):
            taken, after = [], i + 1
        elif _BODY_START.match(text):
            break
        elif is_upper(text) and after:
            if taken and fold(text).startswith(tuple(_words()["officers"])):
                break
            taken.append(text)
            after = i + 1
    return squeeze(" ".join(taken)) or None, after


def read_title(lines: list[Line], heading: Heading) -> tuple[str | None, int, str | None]:
    """Title, first line of the body, and the body a "CỦA …" line names as issuer."""
    taken = [heading.rest] if heading.rest else []
    said_by = heading.by
    i = heading.line + 1 + len(numbered_below(lines, heading))
    while i < min(len(lines), heading.line + _REACH):
        line = lines[i]
        text = squeeze(line.text.strip("|")) if taken else _OWN_NAME.sub("", squeeze(line.text.strip("|")))
        if line.rule or line.pipe or not text:
            i += 1
            if taken and not line.pipe:
                break
            continue
        by = _BY.fullmatch(text) if not taken and is_upper(text) else None
        if by:
            said_by = cased(by.group(1))
        elif taken and is_upper(" ".join(taken)) and _SENDS.match(text):
            said_by, taken = cased(squeeze(" ".join(taken))), []
            break
        elif _ends_title(lines, i, text, taken):
            break
        elif not (heading.rest and fold(text) == fold(heading.rest)):
            taken.append(text)
        i += 1
    return squeeze(" ".join(taken)) or None, i, said_by


def _ends_title(lines: list[Line], i: int, text: str, taken: list[str]) -> bool:
    if _BODY_START.match(text) and (taken or not text.startswith("Thực hiện")):
        return True
    if not taken:
        return False
    if not any(ch.isalpha() for ch in text):
        return bool(lines[i].blank_before)
    if _begins_body(text, taken[-1]):
        return True
    upper, was_upper = is_upper(text), is_upper(taken[0])
    if upper and not taken[-1].endswith(",") and _authority_line(lines, i, text):
        return True
    if was_upper and not upper:
        return bool(lines[i].blank_before) or not text[:1].islower()
    if lines[i].blank_before and not (upper and was_upper):
        return not text[:1].islower() or starts_item(text)  # each line of the title may stand apart
    return len(" ".join(taken)) > _LONGEST_TITLE


def _begins_body(text: str, above: str) -> bool:
    """A paragraph that follows the title without an empty line: it begins a sentence, or ends one."""
    if text.startswith(("- ", "+ ")) or _SENDS.search(text[-8:]):
        return True
    if is_upper(text) or not text[:1].isupper() or UNFINISHED.search(above):
        return False
    return text[-1:] in ".:;" or len(text) > _LONGEST_LINE or bool(_paragraphs().match(fold(text)))


@cache
def _paragraphs() -> re.Pattern[str]:
    return re.compile(any_of(_words()["paragraphs"]))


def _authority_line(lines: list[Line], i: int, text: str) -> bool:
    """ "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" between the title and the căn cứ."""
    follows = squeeze(lines[i + 1].text) if i + 1 < len(lines) else ""
    opens = re.match(r"-?\s?(?:Căn cứ|Xét|Thực hiện|Theo)|QUY[ẾE]T|QUY ĐỊNH|KH[ÓO]A\s[IVXLC]+|NHIỆM KỲ|\(", follows)
    return fold(text).startswith(tuple(_words()["officers"])) and bool(lines[i].blank_before or opens)


def numbered_below(lines: list[Line], heading: Heading) -> list[Line]:
    """Lines right below the heading that only tell number and day: "Số 12-CT/TU", "ngày 11 tháng 3 năm 2031"."""
    below: list[Line] = []
    for line in lines[heading.line + 1 : heading.line + 4]:
        text = squeeze(line.text.strip("| "))
        if not (_NUMBER_BELOW.fullmatch(text) or _DAY_BELOW.fullmatch(text)):
            break
        below.append(line)
    return below


def day_below(below: list[Line]) -> str | None:
    """The day those lines tell, ISO."""
    for line in below:
        if m := _DAY_BELOW.search(squeeze(line.text)):
            day, month, year = (int(part) for part in re.findall(r"\d+", m.group()))
            return f"{year}-{month:02}-{day:02}" if 1 <= day <= 31 and 1 <= month <= 12 else None
    return None


def symbol_below(below: list[Line]) -> str | None:
    return next((tidy(m.group()) for line in below if (m := SYMBOL.search(line.text))), None)


def addressee_line(lines: list[Line]) -> int | None:
    for i, line in enumerate(lines[:_DEPTH]):
        if _TO.match(line.text) or "kính gửi:" in line.text[:60].lower():
            return i
    return None


def addresses(text: str) -> bool:
    """Does the line begin to say whom the document addresses?"""
    return bool(_TO.match(text))


def read_addressees(lines: list[Line], at: int) -> tuple[list[str], int]:
    """Whom a letter addresses and the first line after them."""
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
        return not line.blank_before or not re.search(r"[.:;]$|^\d", text)
    if entries[-1].endswith(","):
        return not line.blank_before
    return not line.blank_before and not entries[-1].endswith((".", ";")) and (line.indent >= 15 or text[:1].islower())


def telegram_addressees(lines: list[Line], heading: Heading) -> list[str]:
    """Whom a telegram is sent to: "ĐIỆN: Bộ Thử nghiệm", or the dashed lines below "điện:"."""
    if heading.type["name"] != load("phrases")["telegram"]:
        return []
    for i in range(heading.line + 1, min(len(lines), heading.line + _TELEGRAM)):
        text = squeeze(lines[i].text.strip("|"))
        sent = re.match(r"(?:[^.;:]{0,80}\s)?điện\s?:\s*(.*)", text, re.IGNORECASE)
        if sent and sent.group(1):
            return [sent.group(1).strip(" .;")]
        if sent:
            return read_addressees(lines, i + 1)[0]
    return []


def read_subject(after: str) -> str | None:
    """The V/v of an official letter: what follows the symbol in the left column."""
    rows = [squeeze(row) for row in after.split("\n")]
    start = next((i for i, row in enumerate(rows) if _SUBJECT.match(row)), None)
    if start is None:
        return None
    kept = []
    for row in rows[start:]:
        if _TO.match(row) or fold(row) in load("header")["urgency"]:
            break
        if row:
            kept.append(row)
    text = squeeze(" ".join(kept))
    return re.sub(r"^v\s?/\s?v[\s:.]*", "", text, flags=re.IGNORECASE).rstrip(" .") or None


def type_named_by_itself(paragraphs: list[str], symbol: str | None) -> dict[str, str] | None:
    """A type the abbreviation allows and the prose calls its own ("Quy định này"), where no heading says it.

    QĐ is Quyết định and Quy định: the abbreviation only gives the candidates. Without a symbol, the type must be so
    called twice.
    """
    letters = re.findall(r"[^\W\d_]+", symbol or "")
    candidates = [entry for entry in with_own("document_types") if symbol is None or entry["abbr"] in letters]
    if not candidates:
        return None
    prose = fold("\n".join(paragraphs))
    counts = {entry["name"]: len(re.findall(_calls_itself(entry["name"]), prose)) for entry in candidates}
    best = max(candidates, key=lambda entry: counts[entry["name"]])
    return best if counts[best["name"]] >= (2 if symbol is None else 1) else None


def _calls_itself(name: str) -> str:
    return rf"{any_of([name])}\snày(?!\w)|(?<=ban hành ){any_of([name])}[^.;]{{0,250}}\ssau\s?:"
