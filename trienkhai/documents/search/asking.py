"""What a person types, turned into questions for the index. Whatever is typed, there is an answer or a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trienkhai.common.folding import nfc
from trienkhai.documents.search.words import pairs, symbol_key, words_of

MOST_WORDS = 16
LONGEST = 200
SHORTEST, TELLING = 2, 4
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
PART = re.compile(r'(?<!\S)(-?)(?:"([^"]*)"?|(\S+))')
NUMBERED = re.compile(r"^\s*(?:số|so)\b[\s:.]*(?=\d)", re.IGNORECASE)
STOP_WORDS = frozenset(resources.files(__package__).joinpath("stop_words.txt").read_text(encoding="utf-8").split())
STOP_FOLDED = frozenset(folded for word in STOP_WORDS for _exact, folded in words_of(word))


@dataclass(frozen=True)
class Term:
    """One word, or several that stand together: in quotes, or written as one (“101-QĐ/TW”)."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]

    @property
    def accented(self) -> bool:
        return self.exact != self.folded

    @property
    def is_stop_word(self) -> bool:
        """An accented word is one only as it stands; a bare one whenever it may be."""
        return len(self.exact) == 1 and self.exact[0] in (STOP_WORDS if self.accented else STOP_FOLDED)

    def tokens(self, *, exact: bool) -> tuple[str, ...]:
        words = [f"={word}" for word in self.exact] if exact else self.folded
        return (*words, *pairs(self.folded))

    def in_head(self, *, exact: bool) -> tuple[str, ...]:
        words = [f"^={word}" for word in self.exact] if exact else [f"^{word}" for word in self.folded]
        return (*words, *pairs(self.folded))


@dataclass(frozen=True)
class Stage:
    """One question: all `tokens`, and one that begins with `beginning`; not all tokens of any group of `without`."""

    tokens: tuple[str, ...]
    beginning: str = ""
    without: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Asked:
    """`terms` to find, `stages` the best first, `nearly` for a word not yet typed to its end.

    sentence: what to tell the person, where the words cannot be looked for as they are; without stages the words limit
    nothing.
    """

    terms: tuple[Term, ...] = ()
    stages: tuple[Stage, ...] = ()
    nearly: tuple[Stage, ...] = ()
    sentence: str | Promise = field(default="", compare=False)

    @property
    def accented(self) -> bool:
        return any(term.accented for term in self.terms)


def asked(line: str) -> Asked:
    """The questions of a line of text: words with or without accents, “phrases”, -words, symbols in any spelling."""
    line = nfc(line.replace("\x00", " ")).translate(QUOTES)
    if not line.strip():
        return Asked()
    wanted, unwanted = _terms(line[:LONGEST])
    telling = [term for term in wanted if not term.is_stop_word]
    if not wanted:
        minus = _("Add a word to look for: a word with “-” before it only takes documents away.")
        return Asked(sentence=minus if unwanted else _("Type letters or figures to look for."))
    if not telling:
        return Asked(sentence=_("These words stand in nearly every document; add one that says more."))
    if len(telling) == 1 and len("".join(telling[0].exact)) < SHORTEST and not telling[0].exact[0].isdecimal():
        return Asked(sentence=_("Type at least two letters."))
    cut = len(line) > LONGEST or len(telling) > MOST_WORDS
    terms, without = tuple(telling[:MOST_WORDS]), tuple(term.tokens(exact=term.accented) for term in unwanted)
    return Asked(
        terms,
        tuple(_stages(line, terms, without[:MOST_WORDS])),
        tuple(_nearly(line, terms, without[:MOST_WORDS])),
        _("Only the first words of this long line were looked for.") if cut else "",
    )


def _terms(line: str) -> tuple[list[Term], list[Term]]:
    """Wanted and unwanted. After a number a hyphen is that of a symbol (“101 -QĐ/TW”)."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    line = NUMBERED.sub("", line)
    for minus, quoted, plain in PART.findall(line):
        words = words_of(quoted or plain)
        if not words:
            continue
        term = Term(tuple(exact for exact, _folded in words), tuple(folded for _exact, folded in words))
        after_number = bool(wanted) and wanted[-1].folded[-1].isdecimal()
        (unwanted if minus and not after_number else wanted).append(term)
    return wanted, unwanted


def _stages(line: str, terms: tuple[Term, ...], without: tuple[tuple[str, ...], ...]) -> Iterator[Stage]:
    """Own symbol; exactly in the head, exactly anywhere; in the head, anywhere; a symbol cited as it is typed."""
    key = symbol_key(NUMBERED.sub("", line)) if terms[0].folded[0].isdecimal() else ""
    if key and not without:
        yield Stage((f"#{key}",)) if key.isdecimal() else Stage((), beginning=f"#{key}")
    for exact in (True, False) if any(term.accented for term in terms) else (False,):
        yield Stage(_joined(term.in_head(exact=exact) for term in terms), without=without)
        yield Stage(_joined(term.tokens(exact=exact) for term in terms), without=without)
    if key and not key.isdecimal() and not without:
        yield Stage((f"@{key}",))


def _nearly(line: str, terms: tuple[Term, ...], without: tuple[tuple[str, ...], ...]) -> Iterator[Stage]:
    """The last word is taken for the beginning of one in the head; from four letters on, of one anywhere.

    Of a shorter beginning too many words would have to be put together.
    """
    last = terms[-1]
    if len(last.folded) > 1 or line[-1].isspace() or line.rstrip().endswith('"') or last.folded[0].isdecimal():
        return
    tokens = _joined(term.tokens(exact=False) for term in terms[:-1])
    if len(last.folded[0]) >= SHORTEST:
        yield Stage(tokens, beginning=f"^{last.folded[0]}", without=without)
    if len(last.folded[0]) >= TELLING:
        yield Stage(tokens, beginning=last.folded[0], without=without)
    elif tokens and len(last.folded[0]) < SHORTEST:
        yield Stage(tokens, without=without)


def _joined(groups: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token for group in groups for token in group))
