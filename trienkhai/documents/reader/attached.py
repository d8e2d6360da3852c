"""Where documents attached to the first one begin: a regulation behind its decision, a form behind its letter."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from .front import begins_motto
from .grammar import any_of, fold, load
from .header import MOTTO, NUMBER_ROW
from .letterhead import begins_body_name
from .text import Line, is_upper, squeeze

_SAID = re.compile(r"\(?\s*(?:(?:được\s)?ban hành\s)?kèm(?:\stheo)?\s(?:\S+\s){1,12}?(?:số|này|ngày)\b", re.IGNORECASE)
_DAY = re.compile(r"(?i)[^\d\n]{0,40}ngày\s.{0,12}tháng.{0,12}năm\s?[\d.…]{0,8}[. ]*")
_BLANK = re.compile(r"[\W_]*")
_FREEDOM = re.compile(r"Độc lập\b", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\b")
_TO = re.compile(r"Kính gửi\s?:")
_REACH = 9
_LONGEST = 200


@dataclass(frozen=True)
class Attached:
    """lines[first:body] are letterhead and title of an attached document. own: it has a letterhead of its own."""

    first: int
    body: int
    own: bool


def attached_parts(lines: list[Line], start: int) -> list[Attached]:
    """The documents attached behind line `start`."""
    found: list[Attached] = []
    for i in range(start, len(lines)):
        if _SAID.match(_text(lines[i])):
            title, end = _title_above(lines, i, start), i + 1
            top = title
        elif _has_motto(lines, i):
            title, end = _title_below(lines, i)
            top = i
        else:
            continue
        if title is None or top is None:
            continue
        first = _letterhead_above(lines, top, start)
        if found and first < found[-1].body:
            found[-1] = replace(found[-1], body=max(end, found[-1].body))
        elif first > start:
            found.append(Attached(first, end, first < title))
    return found


def _text(line: Line) -> str:
    return squeeze(line.text.strip("|* "))


def _has_motto(lines: list[Line], at: int) -> bool:
    """The motto of a letterhead, alone or beside the issuer's name; no sentence that speaks of the Republic."""
    motto = begins_motto(lines, at)
    if not motto:
        return False
    before = lines[at].text.partition(motto)[0] if motto in lines[at].text else ""
    beside = is_upper(before) or not any(map(str.isalpha, before))
    return beside and (is_upper(motto) or bool(_FREEDOM.match(motto)))


def _title_above(lines: list[Line], at: int, start: int) -> int | None:
    """The heading whose title ends above "(Kèm theo Quyết định số …)"."""
    for i in range(at - 1, max(start, at - _REACH), -1):
        text = _text(lines[i])
        if _is_heading(text):
            return i
        if len(text) > _LONGEST or text.endswith((";", ".", ":")):
            return None
    return None


def _title_below(lines: list[Line], at: int) -> tuple[int | None, int]:
    """The heading of a second letterhead, or its "Kính gửi", and the line behind it."""
    rows = [i for i in range(at + 1, min(len(lines), at + 4 * _REACH)) if not _BLANK.fullmatch(lines[i].text)]
    for i in rows[: 2 * _REACH]:
        if _is_heading(_text(lines[i])) or _TO.match(_text(lines[i])):
            return i, i + 1
        if len(lines[i].text) > _LONGEST:
            break
    return None, at


def _letterhead_above(lines: list[Line], at: int, start: int) -> int:
    """The highest line of the letterhead that reaches down to `at`; `at` where nothing of one stands above it."""
    first = at
    for i in range(at - 1, max(start, at - 2 * _REACH), -1):
        text = squeeze(lines[i].text.strip("| "))
        row = MOTTO.search(text) or NUMBER_ROW.match(text) or _DAY.fullmatch(text)
        if row or (is_upper(text) and begins_body_name(text)):
            first = i
        elif not (_BLANK.fullmatch(text) or is_upper(text)) or _AUTHORITY.match(text):
            break
    return first


def attached_type(text: str) -> dict[str, Any] | None:
    """The type a heading in capitals names; a letter has none but "Kính gửi"."""
    if _TO.match(text):
        return next(entry for entry in load("document_types") if entry["name"] == load("phrases")["letter"])
    found = _types().match(fold(text)) if is_upper(text) and len(text) < _LONGEST else None
    return next(entry for entry in load("document_types") if fold(entry["name"]) == found.group()) if found else None


def _is_heading(text: str) -> bool:
    return attached_type(text) is not None


@cache
def _types() -> re.Pattern[str]:
    names = [entry["name"] for entry in load("document_types")]
    return re.compile(rf"{any_of(names)}(?=\s|$|:)")
