"""The end of a document: Nơi nhận, the lines of authority and role, the signer's name."""

import re
from dataclasses import dataclass, field

from .grammar import fold, load
from .letters import pattern
from .model import Signer
from .text import Line, is_upper, squeeze

_RECIPIENTS = re.compile(r"n[ơo]i nh[ậâa]n\s*[:;.]?\s*", re.IGNORECASE)
_AS_ABOVE = re.compile(r"[-–]\s?như (?:trên|điều \d|kính gửi)", re.IGNORECASE)
_AUTHORITY = pattern(r"(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L|TH)\b\.?\s?[<U>]")
_GLUED = pattern(
    r"(?<=[<U>])(?=(?:TM|KT|TL)\.\s?[<U>]|(?:PHÓ|CHÁNH) [<U>]|CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|THỦ TƯỚNG|(?:BỘ|CỤC|VỤ) TRƯỞNG)"
    r"|(?<=[<U>])(?=[<U>][<L>])"
)
_AUTHORITY_BEHIND = pattern(r"(?<=[.;,])\s+(?=(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\b\.?\s(?!(?:TM|KT|TL)\b)[<U>]{2})")
_NAME = pattern(r"[<U>][<L>]+(?:\s?[<U>][<L>]*\.?){0,3}\s?[<U>][<L>]+\.?\s?")
_NAME_TITLES = re.compile(r"^(?:(?:GS|PGS|TSKH|TS|ThS|BS|Ths|LS|CN|KS)\b\.?\s?)+")
_PLAIN_ENTRY = re.compile(r"^Như |[;,]$")
_SIGNED = re.compile(r"[\[(]?\s*(?:đã ký|da ky|ký tên[^)\]]*)\s*[\])]?", re.IGNORECASE)
_GAP = re.compile(r"\s{3,}")
_REACH = 60


@dataclass
class Ending:
    """recipients and signer; lines[first:last] hold them.

    `first` is the line of Nơi nhận or the authority line above it.
    """

    recipients: list[str] = field(default_factory=list)
    signer: Signer | None = None
    first: int = 0
    last: int = 0


def read_ending(lines: list[Line], start: int) -> Ending:
    """Nơi nhận and signature of the main document: the first such block after `start`."""
    at = next((i for i in range(start, len(lines)) if _RECIPIENTS.match(squeeze(lines[i].text.strip("| ")))), None)
    if at is None:
        at = next((i for i in range(start, len(lines)) if _AS_ABOVE.match(squeeze(lines[i].text))), None)
    if at is None:
        return _signature_alone(lines, start)
    before = _authority_above(lines, at, start)
    entries, right, last = _columns(lines, at)
    below = right or []
    if before < at:
        below = [squeeze(line.text) for line in lines[before:at] if line.text] + below
    signer, taken = _signer(below)
    return Ending(_tidy(entries), signer, before, last) if taken else Ending(_tidy(entries), None, at, last)


def _authority_above(lines: list[Line], at: int, start: int) -> int:
    """Party papers now and then print the signature above Nơi nhận."""
    for i in range(max(start, at - 8), at):
        if _AUTHORITY.match(lines[i].text) and is_upper(lines[i].text):
            return i
    return at


def _columns(lines: list[Line], at: int) -> tuple[list[str], list[str], int]:
    """Recipient entries, what stands beside or below them, and the line after the block."""
    entries: list[str] = []
    right: list[str] = []
    closed, plain, i = False, False, at  # plain: entries stand one a line without dashes
    for i in range(at, min(len(lines), at + _REACH)):
        line = lines[i]
        if line.pipe or line.rule:
            closed = closed or (line.pipe and bool(entries))
            continue
        apart = (line.blank_before >= 6 and not _name_of(line.text)) or line.heading
        if (i > at and _next_part(line)) or (apart and entries and i > at + 1):
            return entries, right, i
        cells = [cell for cell in (c.strip() for c in _cells(line)) if cell]
        for n, cell in enumerate(cells):
            if i == at and n == 0:
                cell = _RECIPIENTS.sub("", cell, count=1)
                if not cell:
                    continue
            if n == 0 and not closed and _is_entry(cell, entries, line, right):
                dashed = re.match(r"[-–+]", cell)
                plain = plain or bool(_PLAIN_ENTRY.search(cell) and not (dashed or entries or i == at))
                if dashed or i == at or plain:
                    entries += _entries(cell)
                elif entries:
                    entries[-1] = f"{entries[-1]} {squeeze(cell)}"
            else:
                right += [squeeze(part) for part in _GLUED.split(cell)]
                if _name_of(right[-1]) and len(right) >= 2 and (closed or not _more_entries(lines, i)):
                    return entries, right, i + 1
    return entries, right, min(len(lines), i + 1)


def _cells(line: Line) -> list[str]:
    if "|" in line.text:
        return line.text.split("|")
    if _AUTHORITY_BEHIND.search(line.text):
        return _AUTHORITY_BEHIND.split(line.text)
    return _GAP.split(line.text) if not line.indent > 30 else ["", line.text][-1:]


def _is_entry(cell: str, entries: list[str], line: Line, right: list[str]) -> bool:
    if line.indent > 30 and not cell.startswith("-"):
        return False
    if re.match(r"[-–+~]\s?\S", cell):
        return True
    if not entries:
        return not is_upper(cell) and not _name_of(cell)
    if is_upper(_GLUED.split(cell)[0]) and fold(cell).startswith(tuple(load("header")["officers"])):
        return False  # "PHÓ CỤC TRƯỞNGLê Văn Mẫu"
    open_entry = not entries[-1].endswith((";", ".", ",")) or cell[:1].islower()
    wraps = open_entry or (entries[-1].endswith((",", ";")) and not _name_of(cell))
    return (
        wraps
        and not (cell[:1].isupper() and is_upper(cell))
        and not _AUTHORITY.match(cell)
        and not (right and _name_of(cell))
        and not line.blank_before
    )


def _entries(cell: str) -> list[str]:
    """One or, flattened on a line, many: "- A;- B; - C"."""
    parts = re.split(r"(?:(?<=[;,.])|^)\s*[-–+~]\s*", cell)
    return [squeeze(part) for part in parts if part.strip()]


def _more_entries(lines: list[Line], i: int) -> bool:
    return any(re.match(r"-\s?\S", line.text.strip("| ")) for line in lines[i + 1 : i + 5])


def _next_part(line: Line) -> bool:
    return bool(
        re.match(
            r"(?:PHỤ LỤC|Phụ lục|DANH MỤC|CHƯƠNG TRÌNH|KẾ HOẠCH|QUY CHẾ|QUY ĐỊNH|ĐỀ ÁN|BIỂU|\[\.\.\.\])", line.text
        )
    )


def _tidy(entries: list[str]) -> list[str]:
    tidied = (re.sub(r"[\s;,.]+$", "", entry).strip() for entry in entries)
    return [entry for entry in tidied if any(c.isalpha() for c in entry)]


def _signature_alone(lines: list[Line], start: int) -> Ending:
    for i in range(len(lines) - 1, max(start, len(lines) - 25), -1):
        post = _post(lines[i].text)
        if is_upper(post) and (_AUTHORITY.match(post) or fold(post).startswith(tuple(load("header")["officers"]))):
            first = i
            while first > start and is_upper(lines[first - 1].text) and lines[first - 1].text:
                first -= 1
            signer, taken = _signer([squeeze(line.text) for line in lines[first:] if line.text])
            if taken and signer and signer.name:
                return Ending([], signer, first, len(lines))
    return Ending([], None, len(lines), len(lines))


def _post(text: str) -> str:
    """The post, without the name that may stand beside it: "CHỦ TỊCH     Nguyễn Văn Mẫu"."""
    post, *beside = _GAP.split(text)
    return post if len(beside) == 1 and _name_of(beside[0]) else text


def _name_of(text: str) -> str | None:
    text = _NAME_TITLES.sub("", squeeze(text))
    return text if _NAME.fullmatch(text) and not is_upper(text) else None


def _signer(parts: list[str]) -> tuple[Signer | None, bool]:
    """From "TM. …", "KT. …", role and name lines; the roles' last line is the signer's own post."""
    authority: list[str] = []
    roles: list[str] = []
    name = None
    for part in _merged(parts):
        part = _SIGNED.sub("", part).strip(" ,")
        role_and_name = pattern(r"(.*[<U>]{2})\s+((?:[<U>][<L>]+\s?){2,5})$").match(part)
        if role_and_name and is_upper(role_and_name.group(1)):
            part, name = role_and_name.group(1), role_and_name.group(2).strip()
        if _AUTHORITY.match(part):
            authority.append(part)
        elif is_upper(part) and len(part) < 90:
            roles.append(part)
        elif _name_of(part) and name is None:
            name = _name_of(part)
        if name:
            break
    if not (authority or roles):
        return None, False
    role = _sentence_case(roles[-1]) if roles else None
    return Signer(name, role, " ".join(authority) or None), True


def _merged(parts: list[str]) -> list[str]:
    """Joins an authority line broken by the width of its column: "TM. ỦY BAN NHÂN" + "DÂN"."""
    out: list[str] = []
    for part in parts:
        broken = out and _AUTHORITY.match(out[-1]) and is_upper(part) and not _AUTHORITY.match(part)
        if (broken and not fold(part).startswith(tuple(load("header")["officers"]))) or (
            out and is_upper(out[-1]) and out[-1].endswith(",") and is_upper(part)
        ):
            out[-1] = f"{out[-1]} {part}"
        else:
            out.append(part)
    return out


def _sentence_case(text: str) -> str:
    """ "PHÓ CHỦ TỊCH" → "Phó Chủ tịch"."""
    low = re.sub(r"(?<!\w)(?:ubnd|hđnd|mttq)(?!\w)", lambda m: m.group().upper(), text.lower())
    for prefix in ("phó ", "chánh ", "phó chánh ", "quyền ", "tổng "):
        if low.startswith(prefix):
            low = prefix + low[len(prefix) :][:1].upper() + low[len(prefix) + 1 :]
    return low[:1].upper() + low[1:]
