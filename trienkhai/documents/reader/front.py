"""Where a document's own letterhead begins, below what a website printed above it."""

import re

from .header import MOTTO, NUMBER_ROW
from .letterhead import begins_body_name, is_issuer_row
from .text import Line, is_upper, squeeze

_DEPTH = 60
_ABOVE = 25
_DAY = re.compile(r"(?i)[^\d\n]{0,40}ngày\s.{0,12}tháng.{0,12}năm\s?\d{4}[. ]*")
_BODY = re.compile(r"-?\s?Căn cứ\s|Kính gửi|Điều 1\b|-?\s?Thực hiện\s")


def first_line(lines: list[Line]) -> int:
    """The first line of the letterhead; 0 where nothing foreign stands above it, or no letterhead is known.

    A page of the web repeats number, title and signer above the document: what is said there is no letterhead.
    """
    motto = next((i for i in range(min(len(lines), _DEPTH)) if begins_motto(lines, i)), None)
    if motto is None or any(_BODY.match(line.text) for line in lines[:motto]):
        return 0
    first = _named_above(lines, motto)
    named = any(begins_body_name(line.text) for line in lines[first:motto])  # no mark of urgency alone
    if not named and not _shares_its_line(lines[motto]):
        near = range(motto - 1, max(-1, motto - _ABOVE), -1)
        found = next((i for i in near if is_upper(lines[i].text) and begins_body_name(lines[i].text)), None)
        first = _named_above(lines, found) if found is not None else 0
    return first


def begins_motto(lines: list[Line], at: int) -> str | None:
    """The motto as the line begins it, its second half from the next line where a narrow column has broken it."""
    words = lines[at].text
    found = MOTTO.search(f"{words} {lines[at + 1].text}" if at + 1 < len(lines) else words)
    return found.group() if found and found.start() < len(words) else None


def _named_above(lines: list[Line], at: int) -> int:
    """The highest line that still belongs to the issuer's names standing right above `at`."""
    first = at
    for i in range(at - 1, -1, -1):
        line = lines[i]
        text = squeeze(line.text.strip("| "))
        if line.rule or line.pipe or NUMBER_ROW.match(text) or _DAY.fullmatch(text):
            continue
        if not is_upper(text):
            break
        first = i
    return first


def _shares_its_line(line: Line) -> bool:
    """The issuer stands beside the motto: "BỘ THỬ NGHIỆM | CỘNG HÒA …"."""
    rest = MOTTO.sub(" ", line.text).strip(" |-–*_")
    return is_issuer_row(rest)
