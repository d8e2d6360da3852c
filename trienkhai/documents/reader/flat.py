"""A document whose line ends are lost: they are put back where its parts begin. Offsets stay as they are."""

import re
from functools import cache

from .grammar import any_of, fold, load
from .letters import pattern

_LONG = 250
_HEAD = re.compile(
    r"CỘNG HO?[ÒÀ]A? XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM|ĐOÀN TNCS HỒ CHÍ MINH|Độc lập\s?[-–]\s?Tự do"
)
_OPENING = pattern(
    r"\s(?=(?:-\s)?(?:Căn cứ|Thực hiện|Triển khai|Theo đề nghị|Xét|Trên cơ sở|Sau khi|Để|Nhằm)\s"
    r"|Kính gửi\s?:|(?:Thời gian qua|Trong thời gian),?\s"
    r"|Ngày\s\d|Điều 1[.:]|I\s?[.-]\s[<U>]|1\s?[.-]\s[<U>]|[<U>][<U>\s]{5,60}\sđiện\s?:)"
)
_HEAD_PARTS = pattern(
    r"\s(?=CỘNG HO?[ÒÀ]A? XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s?[-–]|Số\s?:|Số\s\d|V/v\s)"
    r"|\s?(?=ĐOÀN TNCS HỒ CHÍ MINH)|(?<=Nam)\s(?=[<U>])|(?<=phúc)\s(?=[<U>])|(?<=\snăm\s\d{4})\s"
)
_PLACE = pattern(r"\s((?:TP\.?\s|Thành phố\s)?(?:[<U>][<L>]+\s){0,3}[<U>][<L>]+,\s?ngày\s\d)")
_SIGNATURE = pattern(
    r"(?<=[.;,)])\s(?=[<U>/.]{2,}\s(?!(?:TM|KT|TL)\b)[<U>]{2,})|(?<=[<U>]{2})\s(?=[<U>][<L>]+\s[<U>][<L>]+)"
    r"|(?<=[<U>])(?<!PHÓ)(?<!QUYỀN)\s"
    r"(?=(?:KT\.|PHÓ|CHÁNH)\s|(?:CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|THỦ TƯỚNG|(?:BỘ|THỨ|CỤC) TRƯỞNG)\b)"
)
_BODY_PARTS = pattern(
    r"(?<=[.;:,/])\s(?=(?:-\s)?Căn cứ\s|Theo đề nghị\s|Xét\s|QUYẾT (?:ĐỊNH|NGHỊ)\s?:)"
    r"|(?<=[.;:/])\s(?=(?:Điều|Chương|Mục)\s[\dIVX]+\b|(?:\d{1,2}|[IVX]{1,4})\s?[.-]\s[<U>]|[a-zđ]\)\s|[-+]\s[<U>]"
    r"|Nơi nhận\s?:|(?:TM|T/M|KT|K/T|TL|T/L)\.?\s[<U>]{2})"
    r"|(?<=QUYẾT ĐỊNH:)\s|(?<=QUYẾT NGHỊ:)\s"
)


@cache
def _types() -> re.Pattern[str]:
    return re.compile(any_of([entry["name"] for entry in load("document_types")]))


def with_line_ends(text: str) -> str:
    """The text, its long lines that hold a letterhead or begin with a heading broken at the parts of a document."""
    lines = text.split("\n")
    if max(map(len, lines)) <= _LONG:
        return text
    return "\n".join(_broken(re.sub(r"\s?\*+\s?", " ", line).strip()) if _is_flat(line) else line for line in lines)


def _is_flat(line: str) -> bool:
    if len(line) <= _LONG:
        return False
    named = _types().match(fold(line.lstrip("* ")))
    return bool(_HEAD.search(line) or (named and line.lstrip("* ")[: named.end()].isupper()))


def _broken(line: str) -> str:
    opening = _OPENING.search(line)
    at = opening.start() if opening else len(line)
    named = next((m for m in _types().finditer(fold(line[:at])) if line[m.start() : m.end()].isupper()), None)
    if named:  # a title may begin like an opening: "Triển khai …"
        opening = _OPENING.search(line, named.end() + 2)
        at = opening.start() if opening else len(line)
    head = line[: max(0, named.start() - 1)] if named else line[:at]
    head = _PLACE.sub("\n\\1", _HEAD_PARTS.sub("\n", head))
    if named and line[named.end() : at].strip():
        head += f"\n{line[named.start() : named.end()]}\n{_without_speaker(line[named.end() + 1 : at], head)}"
    if at == len(line):
        return head
    body = line[at + 1 :]
    if body.startswith("Kính gửi") and (begins := _OPENING.search(body, 8)):
        body = f"{body[: begins.start()]}\n{body[begins.start() + 1 :]}"
    body, mark, end = _BODY_PARTS.sub("\n", "\n" + body).partition("\nNơi nhận")
    return head + body + mark + _SIGNATURE.sub("\n", end)


def _without_speaker(title: str, head: str) -> str:
    """The title, broken before the line that says again who decides."""
    issuer, folded = head.split("\n")[0].strip(), fold(title)
    officers = [words for words in load("header")["officers"] if " " in words]
    for words in (*officers[: officers.index("ban chấp hành")], fold(issuer), *officers):
        cut = folded.rfind(f" {words}") + 1
        if words and cut > 1 and title[cut : cut + len(words)].isupper():
            return f"{title[: cut - 1]}\n{title[cut:]}"
    return title
