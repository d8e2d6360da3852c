"""Symbols of documents: 12-NQ/ĐUMH, 34/2031/NĐ-CP, 5/BC-VP …, with the blanks that printing leaves in them."""

import re

from .grammar import load

_KIND = r"[A-ZĐ][A-Za-zĐđ]{0,9}(?:(?:\.|\s?&)[A-ZĐ][A-ZĐa-z]{1,6})?\d{0,3}"
_DASH = r"(?:\s[-–]|[-–]\s|[-–])"
_LETTERS = sorted({entry["abbr"] for entry in load("document_types")}, key=len, reverse=True)
_WIDE = rf"(?:{'|'.join(_LETTERS)})\s[-–]\s(?=[A-ZĐ]{{2}})"  # "QĐ - UBND"
_OFFICE = r"(?!(?:BAN|DO|CHO|THEO|KHI|TRONG|SANG)\b)(?:TTg|[A-ZĐ]{2,8}\d{0,2})"
_UNDASHED = rf"(?:{'|'.join(_LETTERS)})\s{_OFFICE}(?:\s[A-Z]\d{{1,2}}|[-–]{_KIND}){{0,2}}(?![\w/])"  # "QĐ UBND"
_TAIL = rf"(?:{_WIDE})?{_KIND}(?:(?:[-–]|{_DASH}(?=[A-ZĐ]{{2}}|[A-ZĐ]\b|[A-ZĐ][A-Za-z]?[A-ZĐ])){_KIND}){{0,4}}"
SYMBOL = re.compile(
    rf"(?:(?<![\w/.,–-])|(?<=số))(?:"  # "số31-QĐ/TW"
    rf"\d{{1,6}}[a-zA-Z]?\s?/\s?(?:\d{{4}}\s?/\s?)?(?:{_UNDASHED}|{_TAIL}(?:/{_KIND})?)"
    rf"|\d{{1,5}}[a-z]?\s(?:{'|'.join(_LETTERS)})/{_OFFICE}"
    rf"|\d{{1,5}}[a-z]?{_DASH}{_KIND}\s?/\s?{_KIND}(?:[-–]{_KIND}){{0,3}}"
    rf"|\d{{1,3}}[A-Z]?:20\d\d/[A-Z]{{2,6}}"
    rf"|(?<=TCVN )\d{{3,6}}:\d{{4}}"
    rf"|(?<=số )\d{{1,4}}/(?:19|20)\d\d(?![/\d])"
    rf"|\d{{1,4}}-(?:19|20)\d\d/{_KIND}(?:[-–]{_KIND}){{0,3}}"  # before 2003: "18-2001/CT-TTg"
    rf"|\d{{1,4}}-(?:TTg|CP|HĐBT)(?!-)"
    rf")(?![\w/])"
)
_LOST_DASH = re.compile(
    rf"(?<=\w)\s+(?=(?:{'|'.join(_LETTERS)})/[A-ZĐ])|(?<=/)({'|'.join(_LETTERS)})\s+(?=[A-ZĐ])|(?<=[A-ZĐ])\s+(?=[A-Z]\d)"
)
NOT_SYMBOL = re.compile(r"\d+/(?!CP$)[A-Za-zĐ]{1,2}$|\d+[-–](?:NĐ|K|M)/?$")
_BASE = re.compile(r"[-\s]*(?:Căn cứ)\b")
_CARRIES_OUT_TOO = re.compile(r"[-\s]*(?:Thực hiện|Triển khai|Thi hành)\s[^,;.]{0,40}?số\s\d")
_CARRIES_OUT = re.compile(r"[-\s]*(?:Thực hiện|Triển khai|Thi hành|Thực hiện chỉ đạo|Theo|Ngày \d)\b")
_TOLD_IN = re.compile(
    r"[-\s]*(?:(?:Thực hiện|Triển khai|Thi hành)\s(?:sự\s|ý kiến\s|các\s|những\s){0,2}"
    r"(?:chỉ đạo|kết luận|yêu cầu|đề nghị)\s|Căn cứ\s(?:ý kiến|kết luận|chỉ đạo)\s)"
    r"[^;]{0,300}?\stại\s[^;]{0,30}?(?=số\s\d)"
)
_ASIDE = re.compile(
    r"(?:\btheo|\btại|\bquy định tại|thay thế|\bđến hết|\bđã ban hành|\bđã có)\s(?:[^,;.]{0,40}\s)?(?:số\s)?$",
    re.IGNORECASE,
)


_LOOSE = re.compile(
    r"\d{1,5}[a-z]?\s?[-–/]\s?[a-zđ]{2,6}\s?[-/]\s?[a-zđ]{2,8}(?:-[a-zđ]{1,8})?(?![\w/])", re.IGNORECASE
)


def loose_symbol(text: str) -> re.Match[str] | None:
    """A symbol at the start of the text whatever the case of its letters; only behind "số" is that safe."""
    return _LOOSE.match(text)


def tidy(symbol: str) -> str:
    """Blanks out, save where one stands for the dash that a conversion has lost: "9/QĐ UBMH" is "9/QĐ-UBMH"."""
    return re.sub(r"\s+", "", _LOST_DASH.sub(lambda m: f"{m.group(1) or ''}-", symbol))


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
    carried = [p for p in preamble if _CARRIES_OUT.match(p)][:2]
    grounds += [p for p in carried if not grounds or _CARRIES_OUT_TOO.match(p) or _TOLD_IN.match(p)]
    told = [found for p in grounds if (found := _told_in(p))]
    text = "\n".join(grounds)
    aside = [symbol for symbol in symbols(text) if symbol not in told and _only_aside(text, symbol)]
    return [symbol for symbol in references(grounds, own=own) if symbol not in aside]


def _told_in(paragraph: str) -> str | None:
    """ "Thực hiện chỉ đạo của … tại Thông báo số …": the document in which it was told."""
    told = _TOLD_IN.match(paragraph)
    found = SYMBOL.search(paragraph, told.end()) if told else None
    return tidy(found.group()) if found else None


def _only_aside(text: str, symbol: str) -> bool:
    """Cited only inside the title of another base: "… theo Thông báo số …"."""
    at = [m.start() for m in SYMBOL.finditer(text) if tidy(m.group()) == symbol]
    before = [text[max(0, start - 110) : start] for start in at]
    return all(_ASIDE.search(words) and "sửa đổi" not in words for words in before)
