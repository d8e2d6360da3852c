"""Each place where a text cites another document: what it cites and how it stands to it."""

import re
from collections.abc import Iterator
from functools import cache

from .bodies import known_names
from .clauses import mark_of
from .grammar import any_of, fold, load
from .letters import pattern
from .model import Citation
from .references import NOT_SYMBOL, SYMBOL, same_key, tidy
from .text import Block, squeeze

_DAY = re.compile(
    r",?\s?(?:ký\s)?ngày\s(?P<d>\d{1,2})(?:\stháng\s|\s?[/.-]\s?)(?P<m>\d{1,2})(?:,?\snăm\s|\s?[/.-]\s?)(?P<y>\d{4})"
)
_BY = re.compile(r",?\s(?:của|do)\s")
_TITLE_ENDS = re.compile(r"[;.](?=\s|$)|[”)]")
_NEXT_ONE = re.compile(
    r",?\s(?:và|cùng)\s(?:\S+\s){1,4}số\s?\d|,\s[^,;]{2,70}\s(?:ban hành|xây dựng)\s(?:kế|chương|đề|hướng)\s"
)
_AND_ALSO = re.compile(r"(?:và|đồng thời)\s*$")
_SENTENCE_ENDS = re.compile(r"[.;](?=\s)")
_CITED_TITLE = 300
_LOOK_BACK = 400
_WORDS_OF_A_NAME = 12
_LONGEST_ISSUER = 120


@cache
def _words() -> dict[str, dict[str, re.Pattern[str]]]:
    data = load("relations")
    return {
        key: {name: re.compile(p) for name, p in data[key].items()}
        for key in ("governs", "touches", "follows", "lists")
    }


@cache
def _issuer_ends() -> re.Pattern[str]:
    return re.compile(load("relations")["issuer_ends"])


@cache
def _title_begins() -> re.Pattern[str]:
    return re.compile(rf",?\s{load('relations')['title_begins']}")


@cache
def _law() -> re.Pattern[str]:
    """A law named with its day or year and no symbol, in the grounds."""
    return pattern(
        r"(?P<name>(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh)(?:\s(?!ngày\s\d|năm\s\d|số\s\d)[^\s;.\d]{1,15}){0,30}?)"
        r"(?=,?\s(?:ngày\s\d|năm\s\d{4}))"
    )


@cache
def _types() -> tuple[re.Pattern[str], dict[str, str]]:
    names = [entry["name"] for entry in load("document_types")]
    return re.compile(any_of([*names, "Điều lệ"])), {fold(name): name for name in names}


def citations(
    blocks: list[Block], *, own: str | None, doc_type: str | None, bases: list[str], grounds: int
) -> list[Citation]:
    """Citations in the order of the text, the document's own symbol left out.

    own, doc_type: the citing document's. bases: symbols that the căn cứ names. grounds: offset at which the preamble
    ends; before it those are `basis`.
    """
    acting = doc_type in load("relations")["acting_types"]
    mine = same_key(own) if own else None
    based = {same_key(symbol) for symbol in bases}
    found: list[Citation] = []
    carried = None
    for block in blocks:
        carried = _list_of(block.text) or (carried if mark_of(block.text)[0] != "paragraph" else None)
        for citation in (*_numbered(block, acting), *(_unnumbered(block) if block.start < grounds else ())):
            key = same_key(citation.symbol) if citation.symbol else None
            if key and key == mine:
                continue
            if key in based and block.start < grounds and block.region == "body":
                citation.relation = "basis"
            elif carried and citation.start - block.start <= mark_of(block.text)[3]:
                citation.relation = carried
            found.append(citation)
    return sorted(found, key=lambda citation: citation.start)


def _list_of(text: str) -> str | None:
    """ "Bãi bỏ các quyết định sau:": what the items below it undergo."""
    if not text.endswith(":") or SYMBOL.search(text):
        return None
    folded = fold(text[-_LOOK_BACK:])
    told = [(m.end(), relation) for relation, p in _words()["lists"].items() for m in p.finditer(folded)]
    return max(told)[1] if told else None


def _numbered(block: Block, acting: bool) -> Iterator[Citation]:
    text = block.text
    folded = fold(text)
    for m in SYMBOL.finditer(text):
        symbol = tidy(m.group())
        if NOT_SYMBOL.fullmatch(symbol):
            continue
        doc_type, begin = _type_before(text, folded, m.start())
        day = _DAY.match(folded, m.end())
        issuer, title = _issuer_and_title(text, folded, day.end() if day else m.end())
        yield Citation(
            symbol=symbol,
            doc_type=doc_type,
            date=_iso(day) if day else None,
            issuer=issuer,
            title=title,
            relation=_relation(block, folded, begin, m.end(), acting),
            start=block.start + begin,
            end=block.start + (day.end() if day else m.end()),
        )


def _unnumbered(block: Block) -> Iterator[Citation]:
    if not fold(block.text).lstrip("- ").startswith("căn cứ"):
        return
    for m in _law().finditer(block.text):
        day = _DAY.match(fold(block.text), m.end())
        end = block.start + (day.end() if day else m.end())
        kind = next(name for name in ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh") if m["name"].startswith(name))
        yield Citation(None, kind, _iso(day) if day else None, None, m["name"], "basis", block.start + m.start(), end)


def _type_before(text: str, folded: str, at: int) -> tuple[str | None, int]:
    """The kind of document named right before a symbol and where its name begins."""
    back = max(0, at - 90)
    number = re.search(r"(?:,?\s?số:?)?\s?$", folded[back:at])
    stop = back + number.start() if number else at
    finder, names = _types()
    for m in reversed(list(finder.finditer(folded, back, stop))):
        between = folded[m.end() : stop]
        if len(between.split()) <= _WORDS_OF_A_NAME and not re.search(r"[\d;:.]", between):
            return names.get(m.group()), m.start()
        break
    return None, stop + (len(folded[stop:at]) - len(folded[stop:at].lstrip(" ,")))


def _iso(day: re.Match[str]) -> str | None:
    if 1 <= int(day["d"]) <= 31 and 1 <= int(day["m"]) <= 12:
        return f"{day['y']}-{int(day['m']):02}-{int(day['d']):02}"
    return None


def _issuer_and_title(text: str, folded: str, at: int) -> tuple[str | None, str | None]:
    """ "… của Chính phủ về việc …": who issued the cited document and what it is about, where the words say so."""
    issuer = None
    by = _BY.match(folded, at)
    if by:
        limit = min(len(text), by.end() + _LONGEST_ISSUER)
        whole = known_names(folded, by.end(), limit)
        ends = _issuer_ends().finditer(folded, by.end(), limit)
        end = next((m.start() for m in ends if not any(a < m.start() < b for a, b in whole)), limit)
        issuer = squeeze(text[by.end() : end]) or None
        at = end
    begins = _title_begins().match(folded, at)
    if not begins:
        return issuer, None
    start = begins.start() + len(begins.group()) - len(begins.group().lstrip(" ,"))
    stop = _TITLE_ENDS.search(folded, start, start + _CITED_TITLE)
    end = stop.start() if stop else start + _CITED_TITLE
    further = _NEXT_ONE.search(folded, start, end)
    if further and "một số điều" not in folded[start : further.start()]:
        end = further.start()
    title = squeeze(text[start:end]).rstrip(" ,;.")
    return issuer, re.sub(r"^(?:về việc|về)\s", "", title) or None


def _relation(block: Block, folded: str, begin: int, end: int, acting: bool) -> str:
    """By the words that govern or touch the citation; "refers" where none does."""
    if folded.startswith(("“", '"')):
        return "refers"
    opens = max([m.end() for m in _SENTENCE_ENDS.finditer(folded, max(0, begin - _LOOK_BACK), begin)], default=0)
    before = folded[max(opens, begin - _LOOK_BACK) : begin].lstrip(' -–+(“"')
    told = [relation for relation, p in _words()["follows"].items() if p.search(folded[end : end + 300])]
    if told and acting and not block.is_row and not SYMBOL.search(before.upper()):
        return told[0]
    found = [
        (m.end(), relation)
        for relation, p in _words()["governs"].items()
        for m in p.finditer(before)
        if _goes_on(block, before, m, acting)
        or (not _of_another(before, m) and _does_act(block, relation, before[: m.start()], acting))
    ]
    found += [(m.start() + 1, relation) for relation, p in _words()["touches"].items() if (m := p.search(before))]
    return max(found)[1] if found else "refers"


def _goes_on(block: Block, before: str, words: re.Match[str], acting: bool) -> bool:
    """ "Quyết định này thay thế Quyết định số 5/QĐ-MH và bãi bỏ …": a further act of the same document."""
    named = SYMBOL.search(before[: words.start()].upper())
    if not named or not _AND_ALSO.search(before[: words.start()]):
        return False
    return any(
        _does_act(block, relation, before[: m.start()], acting)
        for relation, p in _words()["governs"].items()
        if relation in load("relations")["acting"]
        for m in p.finditer(before[: named.start()])
    )


def _of_another(before: str, words: re.Match[str]) -> bool:
    """ "Nghị định số 5/NĐ-MH sửa đổi …": it is the cited document that amends, not this one."""
    return bool(SYMBOL.search(before[: words.start()].upper()))


def _does_act(block: Block, relation: str, before: str, acting: bool) -> bool:
    """Whether this document itself replaces, repeals or amends, rather than asking that it be done."""
    if relation not in load("relations")["acting"]:
        return True
    if block.is_row:
        return False
    first, itself = _acts()
    return bool(itself.search(before)) or (acting and (block.region == "head" or bool(first.match(before))))


@cache
def _acts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load("relations")
    return re.compile(data["acts_first"]), re.compile(data["acts_itself"])
