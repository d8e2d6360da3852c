"""The parts of a task in its words: who co-ordinates, by when, what comes out, and how many bodies lead."""

import re
from functools import cache

from ..bodies import bodies_at, known_names, split_bodies
from ..grammar import any_of, fold, load, per_office, phrases, with_own
from ..model import Task
from ..text import squeeze

_WITH = re.compile(r"phối hợp(?:\s(?:chặt chẽ|hiệu quả|đồng bộ|thường xuyên))?(?:\s(?:với|cùng))?\s")
_LEAD_ONLY_NAMED = 2
_SHORT = 30
_LONGEST_PRODUCT = 260


def coordinating(text: str) -> list[str]:
    """Bodies after "phối hợp với …", each once, in order."""
    folded, found, at = fold(text), [], 0
    while m := _WITH.search(folded, at):
        end = bodies_at(text, m.end(), folded=folded)
        for mention in split_bodies(text[m.end() : end]):
            name = mention.text
            if name.count(")") > name.count("("):  # "(Sở Mẫu chủ trì, phối hợp với các xã)"
                name = name.rstrip(" )")
            if name not in found:
                found.append(name)
        at = max(m.end(), end)
    return found


@cache
def _deadlines() -> dict[str, re.Pattern[str]]:
    data = load("deadlines")
    return {
        key: re.compile("|".join(f"(?<!\\w)(?:{p})(?!\\w)" for p in data[key]).replace("{point}", data["point"]))
        for key in ("explicit", "opening", "anywhere")
    }


def deadline(text: str, *, after: int = 0) -> str | None:
    """The words that set the deadline, as written. `after` is where the duty begins (behind the lead)."""
    folded = fold(text)
    patterns = _deadlines()
    found = patterns["explicit"].search(folded)
    if not found:
        here = after
        while here < len(text) and not text[here].isalnum():
            here += 1
        found = patterns["opening"].match(folded, here) or patterns["opening"].match(folded)
    found = found or patterns["anywhere"].search(folded)
    if not found:
        return None
    start, end = found.span("words") if "words" in found.re.groupindex and found.group("words") else found.span()
    words = squeeze(text[start:end]).rstrip(" ,;.")
    return re.split(r"\s(?:để|nhằm)\s", words)[0] if len(words) > _SHORT else words


def is_dated(words: str | None) -> bool:
    """The words name a day, month, quarter or year, or count from one; "hằng năm" does not."""
    return bool(words and re.search(r"\d|quý\s[ivx]", fold(words)))


@per_office
def _products() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What begins a product, what ends one, and what in a list goes on with it."""
    data = with_own("products")
    makers, nouns = any_of(data["makers"]), any_of(data["nouns"])
    begin = rf"{makers}(?:,\s{makers}|{data['and_carry_out']})?\s(?P<noun>{nouns})"
    after_comma, after_blank = any_of([*data["ends"], *data["ends_behind_commas"]]), any_of(data["ends"])
    ends = rf"[;.:](?=\s|$)|,\s{after_comma}|{data['unless']}\s{after_blank}"
    return re.compile(begin), re.compile(ends), re.compile(nouns)


def product(text: str) -> str | None:
    """The thing to be made, where the words name one."""
    folded = fold(text)
    begin, stop, nouns = _products()
    named = known_names(folded, 0, len(folded))  # the "Xây dựng" of "Bộ Xây dựng" makes nothing
    made = (m for m in begin.finditer(folded) if not any(a <= m.start() < b for a, b in named))
    m = next(made, None)
    if not m:
        return None
    end = stop.search(folded, m.end())
    last = end.start() if end else len(text)
    told = int(bool(phrases().verbs.match(folded, m.end() + 1)))  # "Đề án rà soát, xây dựng …": its own verbs
    for comma in list(re.finditer(r",\s", folded[m.end() : last]))[told:]:
        here = m.end() + comma.end()
        if phrases().verbs.match(folded, here) and not nouns.match(folded, here):
            last = m.end() + comma.start()
            break
    words = squeeze(text[m.start("noun") : last]).rstrip(" ,;.")
    if words.count("(") > words.count(")"):
        words = words.rpartition("(")[0].rstrip()
    return words if 3 < len(words) <= _LONGEST_PRODUCT else None


def settle(task: Task) -> Task:
    """Sets mode and flags from the bodies the lead names."""
    mentions = split_bodies(task.lead) if task.lead else []
    groups = [mention for mention in mentions if mention.group]
    named = len(mentions) - len(groups)
    task.mode = "each" if groups else "joint"
    if not mentions:
        task.flags.append("no_lead")
    elif groups and named:
        task.flags.append("mixed_lead")
    elif groups:
        task.flags.append("group_lead")
    elif named >= _LEAD_ONLY_NAMED:
        task.flags.append("several_leads")
    return task
