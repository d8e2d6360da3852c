"""From when to when a document says it is in force, and whether what it ends is only a part of another."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = r"(?:ngày\s+)?(\d{1,2})\s*(?:/|-|\.|\s+tháng\s+)\s*(\d{1,2})\s*(?:/|-|\.|\s+năm\s+)\s*(\d{4})"
_TYPES = (
    "nghị quyết|quyết định|quy định|quy chế|chỉ thị|kết luận|hướng dẫn|thông tư|nghị định|luật|kế hoạch|thông tri"
    "|chương trình|văn bản"
)
_OWN = rf"(?:{_TYPES.replace(' ', chr(92) + 's+')})\s+này"
_FROM = re.compile(
    rf"{_OWN}[^.;]{{0,200}}?có\s+hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:"
    rf"(?:kể\s+)?(?:từ\s+)?(?:{_DAY}|(?P<signed>ngày\s+(?:ký|ban\s+hành)))"
    rf"|sau\s+(?P<days>\d{{1,3}})\s+ngày,?\s+(?:kể\s+)?từ\s+ngày\s+(?:ký|ban\s+hành))",
    re.IGNORECASE,
)
_UNTIL = re.compile(rf"{_OWN}[^.;]{{0,120}}?có\s+hiệu\s+lực[^.;]{{0,80}}?đến\s+(?:hết\s+)?{_DAY}", re.IGNORECASE)
_PART = re.compile(
    r"(?:một\s+số\s+(?:điều|nội\s+dung|điểm)|một\s+phần|(?:điểm|khoản|điều|mục|chương|phụ\s+lục)\s+[\wđ.,\sà]{1,60}?)\s*"
    r"(?:của|tại|trong|ban\s+hành\s+kèm\s+theo)\s*[\s\w]{0,40}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class InForce:
    """`starts`: first day in force. `ends`: first day no longer in force. None is what the text does not say."""

    starts: date | None = None
    ends: date | None = None

    def as_dict(self) -> dict[str, str]:
        """The days in ISO form, those that are said."""
        return {name: day.isoformat() for name, day in (("starts", self.starts), ("ends", self.ends)) if day}


def days_in_force(text: str, dated: date | None) -> InForce:
    """What a document says of its own force; `dated` is its own day, meant by "kể từ ngày ký"."""
    found = _FROM.search(text)
    starts = _start(found, dated) if found else None
    until = _UNTIL.search(text)
    last = _day(until.groups()) if until else None
    if last is None or (starts and last < starts):
        return InForce(starts)
    return InForce(starts, last + timedelta(days=1))


def _start(found: re.Match[str], dated: date | None) -> date | None:
    if found["signed"]:
        return dated
    if found["days"]:
        return dated + timedelta(days=int(found["days"])) if dated else None
    return _day(found.groups()[:3])


def ends_a_part(text: str, start: int) -> bool:
    """Is only a part named of the document cited at `start`: "bãi bỏ Điều 3 của Quyết định số …"?"""
    return bool(_PART.search(text[max(0, start - 120) : start]))


def _day(parts: tuple[str, ...]) -> date | None:
    day, month, year = (int(part) for part in parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None
