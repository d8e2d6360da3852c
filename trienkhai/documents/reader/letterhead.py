"""Who issues a document: the capital lines above its number, their names in official letter case."""

import itertools
import re
from functools import cache
from typing import Any

from .bodies import bodies_at
from .grammar import any_of, fold, load
from .letters import pattern
from .text import is_upper, squeeze, starts_item

_SENDER = pattern(r"(?P<who>(?:[<U>]+ ){2,7}?)(?:điện|ĐIỆN)\s?:")

_ON_BEHALF = re.compile(r"(?:TM|T/M)\b\.?\s*")


@cache
def _words() -> dict[str, Any]:
    return load("header")


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(any_of(_words()["heads"]))


def is_issuer_row(row: str) -> bool:
    row = row.strip(" *-_|")
    folded = fold(row)
    if len(row) < 2 or not is_upper(row) or any(ch.isdigit() for ch in row[:2]):
        return False
    if starts_item(row) or _ON_BEHALF.match(row):
        return False  # an excerpt begins with a heading of its own: "IV. TỔ CHỨC THỰC HIỆN"
    return folded not in _words()["posts"] and not any(folded.startswith(word) for word in _words()["not_issuer"])


def begins_body_name(row: str) -> bool:
    """The row begins as the name of a body does: "SỞ …", "ỦY BAN …"."""
    return bool(_heads().match(fold(row.strip(" *-_|"))))


def without_union(text: str) -> tuple[str, str | None]:
    """The rows of a letterhead without the union's name where that stands in place of the motto, and that name."""
    for name, written in _words()["unions"].items():
        rows = "|".join(re.escape(words).replace(r"\ ", r"\s") for words in written)
        found = re.search(rf"(?<=\n)(?:{rows})(?=\n|$)", fold(text))
        if found and any(is_issuer_row(row) for row in text[: found.start()].split("\n")):
            return text[: found.start()] + text[found.end() :], name
    return text, None


def issuer_of(rows: list[str]) -> tuple[str | None, str | None]:
    """The issuing body and the one above it, from the capital lines of the left column."""
    names: list[str] = []
    for row in rows:
        row = squeeze(row.strip(" *-_|"))
        opens = _heads().match(fold(row))
        if names and (not opens or (_broken_off(names[-1]) and len(names) == 1)):
            names[-1] = f"{names[-1]} {row}"
        elif not names or fold(row) != fold(names[-1]):
            names.append(row)
    if not names:
        return None, None
    parent = cased(names[-2]) if len(names) > 1 else None
    return _full_name(names[-1], names[-2] if len(names) > 1 else None), parent


def _broken_off(name: str) -> bool:
    """ "ỦY", "SỞ", "THƯỜNG TRỰC": the name goes on in the next line, whatever that begins with."""
    return " " not in name or fold(name) in _words()["broken_off"]


def completed(name: str, lines: list[str]) -> str:
    """A name that does not say of whom, as the first line that does has it: "ỦY BAN NHÂN DÂN TỈNH MINH HỌA"."""
    if fold(name) not in _words()["of_whom"]:
        return name
    start = fold(name) + " "
    for cell in (cell for line in lines for cell in line.split("|")):
        line = squeeze(re.sub(r"^(?:T/?M|KT|TL)\b\.?\s*", "", cell.strip()))
        at = fold(line).find(start) if is_upper(line) else (0 if fold(line).startswith(start) else -1)
        if at < 0:
            continue
        end = len(line) if is_upper(line) else bodies_at(line)
        if end > at + len(start) and end - at < _LONGEST:
            return cased(line[at:end])
    return name


_LONGEST = 90


def _full_name(name: str, parent: str | None) -> str:
    """ "Văn phòng", "Ban Tổ chức" and the like are named with the body they belong to."""
    folded = fold(name)
    of_company = (
        folded in _words()["party_cells"] and parent and not fold(parent).startswith(tuple(_words()["party_words"]))
    )
    if parent is None or not (of_company or folded in _words()["named_with_parent"]):
        return cased(name)
    above = cased(parent)
    if fold(parent).startswith(_words()["central_committee"]):
        above = "Trung ương"
    if folded == "văn phòng":
        above = re.sub(r"^UBND\b", "Ủy ban nhân dân", above)
    return f"{cased(name)} {above}"


def cased(name: str) -> str:
    """Capitals to official mixed case by a rough rule: heads and proper names keep a capital."""
    if not is_upper(name):
        return name
    words = [w if w in _words()["kept_capital"] else w.lower() for w in name.split()]
    out = [words[0] if words[0].isupper() else words[0][:1].upper() + words[0][1:]]
    place = False
    for before, word in itertools.pairwise(words):
        if before in _words()["before_places"]:
            place = word not in _words()["no_places"]
        place = place or (before in ("ủy", "uỷ") and fold(" ".join(out)).endswith(tuple(_words()["named_committees"])))
        proper = place and word not in ("ủy", "uỷ")
        proper = proper or (len(out) == 1 and before in _words()["before_capital"])
        out.append(word if word.isupper() else (word[:1].upper() + word[1:] if proper else word))
    return _proper(" ".join(out))


def _proper(text: str) -> str:
    """Known names and the heads of bodies within a name get their capitals."""
    names = [*load("bodies")["fields"], *load("bodies")["names"], *_words()["central_bodies"]]
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", name, text, flags=re.IGNORECASE)
    text = re.sub(
        r"(?<=\s)(?:(?<!cơ )sở|(?<![đĐ]ảng )bộ|khối|đảng|(?:tỉnh|thành|huyện|quận) (?:ủy|uỷ)"
        r"|ủy ban|văn phòng|chính phủ)(?!\w)",
        lambda m: m.group()[:1].upper() + m.group()[1:],
        text,
    )
    return text[:1].upper() + text[1:]


def sender(text: str) -> str | None:
    """Who sends a telegram: "THỦ TƯỚNG CHÍNH PHỦ điện:"."""
    m = _SENDER.search(text[:600])
    return cased(squeeze(m.group("who"))) if m else None


def behind(authority: str | None) -> str | None:
    """On whose behalf a document without letterhead is signed: "T/M BAN THƯỜNG VỤ"."""
    m = _ON_BEHALF.match(authority or "")
    return cased(squeeze(authority[m.end() :])) if m and authority else None


def speaker(paragraphs: list[str]) -> str | None:
    """Who speaks in a document without letterhead: "…, Sở Thử nghiệm ban hành Kế hoạch như sau"."""
    for text in paragraphs[:12]:
        folded = fold(text)
        for m in re.finditer(r"(?:^|[,.;]\s)(?=\S)", folded):
            end = bodies_at(text, m.end(), folded=folded)
            if end > m.end() and _speaks().match(folded, end) and end - m.end() < _LONGEST:
                return text[m.end() : end]
    return None


@cache
def _speaks() -> re.Pattern[str]:
    return re.compile(_words()["speaks"])
