"""The words of the genre, as data: `*.yaml` beside this file, read once.

An entry is a word or phrase of official Vietnamese; how they combine is in the modules that use them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from .own import OwnPhrases, per_office, present, using

__all__ = ["OwnPhrases", "any_of", "ascii_fold", "fold", "load", "per_office", "phrases", "using", "with_own"]
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@cache
def load(name: str) -> Any:
    return yaml.safe_load(resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))


def with_own(name: str) -> Any:
    """The words of one file and those of the office for which a document is being read; for `per_office` functions."""
    return present().added_to(name, load(name))


def fold(text: str) -> str:
    """Lower case with tone marks placed the modern way; as long as the text itself, so offsets hold."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _OLD_PAIR.sub(lambda m: _NEW_PAIR[m.group()], low)


def _spelling_pairs() -> dict[str, str]:
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONES:
            old = first + unicodedata.normalize("NFC", second + tone)
            pairs[old] = unicodedata.normalize("NFC", first + tone) + second
    return pairs


_NEW_PAIR = _spelling_pairs()
_OLD_PAIR = re.compile("(?<!q)(?:" + "|".join(_NEW_PAIR) + r")(?![a-zđ])")


def ascii_fold(text: str) -> str:
    """Letters without marks, for comparing words that OCR has read wrong."""
    plain = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def any_of(words: list[str]) -> str:
    """A pattern of whole words and phrases, longest first, over folded text."""
    folded = sorted({fold(word) for word in words}, key=len, reverse=True)
    return r"(?<!\w)(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in folded) + r")(?!\w)"


@dataclass(frozen=True)
class Roles:
    """Which role a column heading or a label has: task, lead, coordinating, deadline, product, other."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def role(self, words: str) -> str | None:
        words = fold(words)
        return next((role for role, pattern in self.patterns if pattern.search(words)), None)


@dataclass(frozen=True)
class Phrases:
    """Compiled phrase lists of `phrases.yaml`; every pattern is for folded text."""

    columns: Roles
    labels: tuple[tuple[str, re.Pattern[str]], ...]
    verbs: re.Pattern[str]
    weak: re.Pattern[str]
    skip_sections: re.Pattern[str]
    duty_sections: re.Pattern[str]
    other_openings: re.Pattern[str]
    clause_openings: re.Pattern[str]
    task_sections: re.Pattern[str]
    not_tasks: re.Pattern[str]
    shared_deadline: re.Pattern[str]
    carrying_out: re.Pattern[str]
    give: re.Pattern[str]
    stop: re.Pattern[str]


@per_office
def phrases() -> Phrases:
    data = with_own("phrases")
    columns = tuple((role, re.compile(any_of(words))) for role, words in data["columns"].items())
    labels = tuple((role, re.compile("|".join(patterns))) for role, patterns in data["labels"].items())
    return Phrases(
        columns=Roles(columns),
        labels=labels,
        verbs=re.compile(any_of(data["verbs"])),
        weak=re.compile(any_of(data["weak"])),
        skip_sections=re.compile(any_of(data["skip_sections"])),
        duty_sections=re.compile(any_of(data["duty_sections"])),
        other_openings=re.compile(any_of(data["other_openings"])),
        clause_openings=re.compile(any_of(data["clause_openings"])),
        task_sections=re.compile(any_of(data["task_sections"])),
        not_tasks=re.compile("|".join(data["not_tasks"])),
        shared_deadline=re.compile("|".join(data["shared_deadline"])),
        carrying_out=re.compile(any_of(data["carrying_out"])),
        give=re.compile(any_of(data["give"])),
        stop=re.compile(any_of(data["stop"])),
    )
