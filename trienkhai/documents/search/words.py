"""The tokens of a document. The same on both databases, which therefore answer alike.

A word is a run of letters or a run of figures: “101-QĐ/TW” is 101, qđ, tw. Of each word the index holds the folded form
and the exact one; of each two neighbours the pair, so that a phrase is found without positions. The kinds differ by
their first sign and cannot be taken for each other:

    duong    a word, folded          =đường   the same, exact
    ^duong   in the head, folded     ^=đường  in the head, exact
    ~con~duong   two neighbours, folded
    #101qdtw #101   the key of the document's own symbol, and its number
    @101qdtw        the key of a symbol cited in the text
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from trienkhai.common.folding import fold, modern_tones, nfc

VERSION = 1
"""Renewed when the tokens of a text change; `trienkhai check` then asks for a new index."""
SIGNS = "=^~#@"
WORD = re.compile(r"[^\W\d_]+|\d+")
CITED = re.compile(r"\b\d{1,5}(?:/\d{4})?(?:[-–/][^\W\d_]{1,12}){1,4}")
LONGEST_WORD = 40
MOST_WORDS = 60_000
MOST_BYTES = 900_000
"""PostgreSQL holds a little over a million in one row of its index."""


@lru_cache(maxsize=50_000)
def forms(word: str) -> tuple[str, str]:
    """The exact and the folded form of a word: ("đường", "duong")."""
    exact = modern_tones(word.replace("ð", "đ").replace("Ð", "Đ")).lower()
    return exact[:LONGEST_WORD], fold(word)[:LONGEST_WORD]


def words_of(text: str) -> list[tuple[str, str]]:
    """Exact and folded form of every word, in order."""
    return [forms(word) for word in WORD.findall(nfc(text))]


def pair(first: str, second: str) -> str:
    return f"~{first}~{second}"


def pairs(folded: Iterable[str]) -> Iterator[str]:
    """The pairs of neighbours among folded words in order."""
    before = ""
    for word in folded:
        if before:
            yield pair(before, word)
        before = word


def symbol_key(symbol: str) -> str:
    """One key for all ways to write a symbol: “05-HD/VPTW”, “5 HD VPTW” and “05hdvptw” are 5hdvptw."""
    words = [folded for _exact, folded in words_of(symbol)]
    if words and words[0].isdecimal():
        words[0] = words[0].lstrip("0") or "0"
    return "".join(words)[:LONGEST_WORD]


def tokens_of(symbol: str, number: str, head: Iterable[str], text: str) -> list[str]:
    """The tokens of a document, each once, the head's first. What is past the limits of size is left out.

    head: type, subject, issuer, signer.
    """
    fields = [words_of(field) for field in (symbol, *head)]
    body = words_of(text[: MOST_WORDS * 20])[:MOST_WORDS]
    found: dict[str, None] = {}
    for key in (symbol_key(symbol), symbol_key(number)):
        if key:
            found[f"#{key}"] = None
    for words in fields:
        found.update(dict.fromkeys(f"^{folded}" for _exact, folded in words))
        found.update(dict.fromkeys(f"^={exact}" for exact, _folded in words))
    for words in (*fields, body):
        found.update(dict.fromkeys(folded for _exact, folded in words))
        found.update(dict.fromkeys(f"={exact}" for exact, _folded in words))
        found.update(dict.fromkeys(pairs(folded for _exact, folded in words)))
    glued = "".join(folded for _exact, folded in fields[0] if not folded.isdecimal())
    if glued:
        found.update(dict.fromkeys((glued, f"^{glued}")))
    found.update(dict.fromkeys(f"@{symbol_key(cited)}" for cited in CITED.findall(nfc(text[: MOST_WORDS * 20]))))
    return list(_within(found, MOST_BYTES))


def _within(tokens: Iterable[str], limit: int) -> Iterator[str]:
    for token in tokens:
        limit -= len(token.encode()) + 4
        if limit < 0:
            return
        yield token
