"""Symbols of documents: 12-NQ/ĐUMH, 34/2031/NĐ-CP, 5/BC-VP …, with the blanks that printing leaves in them."""

import re

from .grammar import load

_KIND = r"[A-ZĐ][A-Za-zĐđ]{0,9}(?:[.&][A-ZĐ][A-ZĐa-z]{1,6})?\d{0,3}"
_DASH = r"(?:\s[-–]|[-–]\s|[-–])"
_LETTERS = sorted({entry["abbr"] for entry in load("document_types")}, key=len, reverse=True)
_WIDE = rf"(?:{'|'.join(_LETTERS)})\s[-–]\s(?=[A-ZĐ]{{2}})"  # "QĐ - UBND"
_TAIL = rf"(?:{_WIDE})?{_KIND}(?:(?:[-–]|{_DASH}(?=[A-ZĐ]{{2}}|[A-ZĐ]\b|[A-ZĐ][A-Za-z]?[A-ZĐ])){_KIND}){{0,4}}"
SYMBOL = re.compile(
    rf"(?<![\w/.,–-])(?:"
    rf"\d{{1,5}}[a-zA-Z]?\s?/\s?(?:\d{{4}}\s?/\s?)?{_TAIL}(?:/{_KIND})?"
    rf"|\d{{1,5}}[a-z]?{_DASH}{_KIND}\s?/\s?{_KIND}(?:[-–]{_KIND}){{0,3}}"
    rf"|\d{{1,3}}[A-Z]?:20\d\d/[A-Z]{{2,6}}"
    rf"|(?<=TCVN )\d{{3,6}}:\d{{4}}"
    rf"|(?<=số )\d{{1,4}}/(?:19|20)\d\d(?![/\d])"
    rf")(?![\w/])"
)
NOT_SYMBOL = re.compile(r"\d+/[A-Za-zĐ]{1,2}$|\d+[-–](?:NĐ|K|M)/?$")
_BASE = re.compile(r"[-\s]*(?:Căn cứ)\b")
_CARRIES_OUT = re.compile(r"[-\s]*(?:Thực hiện|Triển khai|Thi hành|Thực hiện chỉ đạo|Theo|Ngày \d)\b")
_ASIDE = re.compile(r"(?:\btheo|\btại|\bquy định tại|thay thế|\bđến hết)\s(?:[^,;.]{0,40}\s)?(?:số\s)?$", re.IGNORECASE)


_LOOSE = re.compile(r"\d{1,5}[a-z]?\s?[-/]\s?[a-zđ]{2,6}\s?[-/]\s?[a-zđ]{2,8}(?:-[a-zđ]{1,8})?(?![\w/])", re.IGNORECASE)


def loose_symbol(text: str) -> re.Match[str] | None:
    """A symbol at the start of the text whatever the case of its letters; only behind "số" is that safe."""
    return _LOOSE.match(text)


def tidy(symbol: str) -> str:
    return re.sub(r"\s+", "", symbol)


def symbols(text: str) -> list[str]:
    """Every symbol in the text, each once, in order."""
    found: dict[str, None] = {}
    for m in SYMBOL.finditer(text):
        symbol = tidy(m.group())
        if not NOT_SYMBOL.fullmatch(symbol):
            found.setdefault(symbol)
    return list(found)


def references(paragraphs: list[str], *, own: str | None) -> list[str]:
    """Symbols the text cites, the document's own left out."""
    mine = same_key(own) if own else None
    found: dict[str, str] = {}
    for symbol in symbols("\n".join(paragraphs)):
        found.setdefault(same_key(symbol), symbol)
    return [symbol for key, symbol in found.items() if key != mine]


def same_key(symbol: str) -> str:
    return tidy(symbol).replace("–", "-").casefold()


def bases(preamble: list[str], *, own: str | None) -> list[str]:
    """Symbols of the căn cứ; where there is none, of what the document carries out."""
    grounds = [p for p in preamble if _BASE.match(p)]
    if not grounds:
        grounds = [p for p in preamble if _CARRIES_OUT.match(p)][:2]
    text = "\n".join(grounds)
    return [symbol for symbol in references(grounds, own=own) if not _only_aside(text, symbol)]


def _only_aside(text: str, symbol: str) -> bool:
    """Cited only inside the title of another base: "… theo Thông báo số …"."""
    at = [m.start() for m in SYMBOL.finditer(text) if tidy(m.group()) == symbol]
    before = [text[max(0, start - 110) : start] for start in at]
    return all(_ASIDE.search(words) and "sửa đổi" not in words for words in before)
