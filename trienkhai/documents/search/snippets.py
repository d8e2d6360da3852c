"""Where the hits stand in the text a person reads: with its accents, its own spelling, its own offsets.

The text is flattened letter by letter, each to exactly one, so an offset in the flat text is an offset of the text
itself and nothing has to be counted back.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from itertools import islice

from trienkhai.common.folding import fold, nfc
from trienkhai.documents.search.asking import Asked, Term
from trienkhai.documents.search.words import words_of

LENGTH = 240
BEFORE = 60
MOST_HITS = 80
_BLANKS = re.compile(r"\s+")
_FLAT = {code: plain for code in range(0x41, 0x2000) if chr(code).isalpha() and len(plain := fold(chr(code))) == 1}


@dataclass(frozen=True)
class Hit:
    """A term in the text: from `start` to before `end`; `exact` with the accents asked for."""

    start: int
    end: int
    term: tuple[str, ...]
    exact: bool


@dataclass(frozen=True)
class Piece:
    """A stretch of the text, found or not."""

    words: str
    found: bool


def flat(text: str) -> str:
    """The text without accents and in lower case, letter for letter."""
    return text.translate(_FLAT)


def hits_in(text: str, asked: Asked) -> list[Hit]:
    """The terms in an NFC text, in order. Those without the accents asked for count only where none has them."""
    plain = flat(text)
    found = merge(*(islice(_hits(text, plain, term), MOST_HITS) for term in asked.terms), key=lambda hit: hit.start)
    hits = list(_apart(found))
    exact = [hit for hit in hits if hit.exact]
    return exact if exact and asked.accented else hits


def _hits(text: str, plain: str, term: Term) -> Iterator[Hit]:
    first, at = term.folded[0], 0
    while (start := plain.find(first, at)) >= 0:
        at = start + 1
        end = _end_of_term(plain, start, term.folded)
        if end:
            yield Hit(start, end, term.folded, _exact(text[start:end]) == term.exact)


@lru_cache(maxsize=5_000)
def _exact(words: str) -> tuple[str, ...]:
    return tuple(exact for exact, _folded in words_of(words))


def _end_of_term(plain: str, start: int, words: tuple[str, ...]) -> int:
    """Where the words, one after another, end; 0 where they do not stand there as whole words."""
    at = start
    for number, word in enumerate(words):
        while number and at < len(plain) and not plain[at].isalnum():
            at += 1
        same = str.isdecimal if word.isdecimal() else str.isalpha
        if not plain.startswith(word, at) or (at and same(plain[at - 1])):
            return 0
        at += len(word)
        if at < len(plain) and same(plain[at]):
            return 0
    return at


def _apart(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Of hits that overlap the first one, the longer of two that begin together."""
    last: Hit | None = None
    for hit in hits:
        if last and hit.start < last.end:
            if hit.start == last.start and hit.end > last.end:
                last = hit
            continue
        if last:
            yield last
        last = hit
    if last:
        yield last


def marked(text: str, asked: Asked) -> list[Piece]:
    """The whole text in pieces, hits apart."""
    text = nfc(text)
    return list(_cut(text, hits_in(text, asked), 0, len(text)))


def snippet(text: str, asked: Asked) -> list[Piece]:
    """About 240 letters around the best place: where the most different terms stand together. Empty without a hit."""
    text = nfc(text)
    hits = hits_in(text, asked)
    if not hits:
        return []
    best = _best(hits)
    start = _word_start(text, max(best.start - BEFORE, 0))
    end = _word_end(text, max(min(start + LENGTH, len(text)), best.end))
    pieces = [Piece(_BLANKS.sub(" ", piece.words), piece.found) for piece in _cut(text, hits, start, end)]
    before = [Piece("… ", False)] if start else []
    return [*before, *pieces, *([Piece(" …", False)] if end < len(text) else [])]


def _best(hits: list[Hit]) -> Hit:
    """The hit from which the most different terms stand close together; a phrase counts for its words."""
    best, most = hits[0], 0
    for number, first in enumerate(hits):
        reach = first.start + LENGTH - BEFORE
        within = set()
        for hit in islice(hits, number, None):
            if hit.end > reach:
                break
            within.add(hit.term)
        worth = sum(len(term) for term in within)
        if worth > most:
            best, most = first, worth
    return best


def _cut(text: str, hits: Iterable[Hit], start: int, end: int) -> Iterator[Piece]:
    """Hits parted by nothing but blanks become one."""
    spans: list[list[int]] = []
    for hit in hits:
        if hit.start < start or hit.end > end:
            continue
        if spans and not text[spans[-1][1] : hit.start].strip():
            spans[-1][1] = hit.end
        else:
            spans.append([hit.start, hit.end])
    done = start
    for first, last in spans:
        if first > done:
            yield Piece(text[done:first], False)
        yield Piece(text[first:last], True)
        done = last
    if end > done:
        yield Piece(text[done:end], False)


def _word_start(text: str, at: int) -> int:
    """The beginning of the word at an offset."""
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at
