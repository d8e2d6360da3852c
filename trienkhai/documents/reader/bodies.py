"""Names of bodies in running text: where a list of them ends, and which bodies it holds.

A known name (grammar/bodies.yaml) is whole whatever commas and "và" it holds. An unknown one is read by its
words: a piece after a comma or "và" that does not begin like a body belongs to the piece before it.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from .grammar import any_of, fold, load, phrases

_SEPARATOR = re.compile(r"\s*[;,]\s*(?:và\s+|cùng\s+)?|\s+(?:và|cùng)\s+")
_EDGE = " ,;:.-–"
_LONGEST = 420
_MOST_LISTED = 20
_LONGEST_KIND = 12  # "thành phố" and the blank before it


@dataclass(frozen=True)
class Mention:
    """A body or group as written: words[start:end], save that a shared head is repeated in `text`."""

    text: str
    start: int
    end: int
    group: bool


@dataclass(frozen=True)
class _Words:
    known: re.Pattern[str]
    heads: re.Pattern[str]
    low_heads: re.Pattern[str]
    group_start: re.Pattern[str]
    plural: re.Pattern[str]
    not_bodies: re.Pattern[str]
    noun_phrases: re.Pattern[str]
    compounds: re.Pattern[str]
    field: re.Pattern[str]
    joined: re.Pattern[str]
    fields: frozenset[str]
    one_body: tuple[str, ...]
    alone: re.Pattern[str]
    never: re.Pattern[str]


@cache
def _words() -> _Words:
    data, text = load("bodies"), load("phrases")
    fielded = [f"{head} {field}" for head in data["field_heads"] for field in data["fields"]]
    nouns, plurals = any_of(data["nouns"]), any_of(data["plurals"])
    heads = sorted({fold(head) for head in data["heads"]}, key=len, reverse=True)
    return _Words(
        known=re.compile(any_of(data["names"] + fielded)),
        heads=re.compile(any_of(data["heads"])),
        low_heads=re.compile("|".join(re.escape(head) for head in heads)),
        group_start=re.compile(rf"(?:{plurals}\s)?{nouns}"),
        plural=re.compile(plurals),
        not_bodies=re.compile(rf"(?:{plurals}\s)?{any_of(data['not_bodies'])}"),
        noun_phrases=re.compile(any_of(text["noun_phrases"])),
        compounds=re.compile(any_of(text["compounds"])),
        field=re.compile(any_of(data["fields"])),
        joined=re.compile(any_of(data["joined"] + data["fields"])),
        fields=frozenset(fold(field) for field in data["fields"]),
        one_body=tuple(fold(name) for name in data["one_body"]),
        alone=re.compile(any_of(data["never_alone"])),
        never=re.compile(any_of(data["never_inside"]) + r"|(?<!\w)(?:năm \d{4}|tháng \d|ngày \d|điều \d)"),
    )


def known_names(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where known names of bodies stand in folded text."""
    return [m.span() for m in _words().known.finditer(folded, start, end)]


def _pieces(words: str, folded: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, known) between separators, with known names kept whole."""
    known = [m.span() for m in _words().known.finditer(folded) if words[m.start()].isupper()]
    whole = known + [m.span() for m in _words().joined.finditer(folded)]
    cuts = [m for m in _SEPARATOR.finditer(folded) if not any(a <= m.start() and m.end() <= b for a, b in whole)]
    depth, bounds = 0, []
    marks = {m.start(): m.end() for m in cuts}
    start = 0
    for i, char in enumerate(words):
        depth += (char == "(") - (char == ")")
        if i in marks and depth <= 0 and i >= start:
            bounds.append((start, i))
            start = marks[i]
    bounds.append((start, len(words)))
    for a, b in bounds:
        yield from _unglued(words, known, a, b)


def _unglued(words: str, known: list[tuple[int, int]], a: int, b: int) -> Iterator[tuple[int, int, bool]]:
    """Cuts before a known name that stands after another one without any separator."""
    inside = [span for span in known if a <= span[0] and span[1] <= b]
    for before, here in itertools.pairwise(inside):
        if words[before[1] : here[0]].strip() == "":
            yield a, before[1], True
            a = here[0]
    if words[a:b].strip():
        yield a, b, any(span[0] == a for span in inside)


def _starts_body(words: str, folded: str, at: int) -> bool:
    if words[at : at + 1].isupper() and (_words().heads.match(folded, at) or _words().known.match(folded, at)):
        return True
    return bool(_words().plural.match(folded, at))


_GROUPED = re.compile(
    r"\s(?:các|mỗi|từng)\s(?:sở|bộ|ban|ngành|xã|phường|tỉnh|đơn vị|cơ quan|đảng ủy|huyện|chi bộ|phòng)(?!\w)|"
    r"(?<!\w)(?:xã, phường|phường, xã|xã, thị trấn|tỉnh, thành phố|huyện, quận)|"
    r"^(?:thủ trưởng|người đứng đầu|lãnh đạo|giám đốc|bí thư)\s(?:các\s)?(?:cơ quan|đơn vị|sở, |ban, |cấp ủy|tổ chức)|"
    r"^(?:bộ trưởng|thủ trưởng|địa phương|chính quyền)(?:$|\s(?:được|có|cấp|các))"
)


def is_group(words: str) -> bool:
    """Says a kind of bodies, not one: "các sở", "UBND các xã", "cơ quan liên quan"."""
    folded = fold(words.strip())
    if _words().known.fullmatch(folded) or (words[:1].isupper() and folded.startswith(_words().one_body)):
        return False
    if words[:1].islower() or _words().plural.match(folded):
        return not re.match(r"[A-ZĐ]", words.strip()[4:5]) or bool(_words().plural.match(folded))
    if _GROUPED.search(folded):
        return True
    if re.search(r"\s(?:các|mỗi|từng)\s(?=[a-zđ])", words) or re.search(r"\scấp (?:xã|huyện|tỉnh|cơ sở)\b", words):
        return True
    return bool(
        re.match(r"(?:bộ|sở|ban|cơ quan|đơn vị|tập đoàn|cấp ủy|tỉnh|địa phương)(?:$|,| và | có | liên quan)", folded)
    )


def split_bodies(words: str) -> list[Mention]:
    """The bodies and groups of bodies in a phrase such as the "lead" of a task, in order.

    "các Sở: A, B và C" gives one mention for each, its head repeated. Nothing is dropped: a piece that names no
    known body is a mention too.
    """
    folded = fold(words)
    mentions: list[tuple[int, int, bool]] = []
    for a, b, known in _pieces(words, folded):
        if mentions and not _begins_new(words, folded, a, known, mentions[-1]):
            mentions[-1] = (mentions[-1][0], b, mentions[-1][2])
        else:
            mentions.append((a, b, known))
    out: list[Mention] = []
    for a, b, _ in mentions:
        out += [_with_head(mention, out) for mention in _listed(words, a, b)]
    return out


def _with_head(mention: Mention, before: list[Mention]) -> Mention:
    """ "Bộ Tài chính, Xây dựng": a bare field takes the head of the body before it."""
    if before and fold(mention.text) in _words().fields:
        head = next((h for h in load("bodies")["field_heads"] if before[-1].text.startswith(h + " ")), None)
        return replace(mention, text=f"{head} {mention.text}", group=False) if head else mention
    return mention


def _begins_new(words: str, folded: str, at: int, known: bool, before: tuple[int, int, bool]) -> bool:
    if known or _starts_body(words, folded, at):
        return True
    start, end, known_before = before
    previous = words[start : min(end, start + _LONGEST)]
    if _UNIT_END.search(words[max(start, end - _LONGEST_KIND) : end]) and _UNIT_START.match(folded, at):
        return False
    if ":" in previous and _LIST_HEAD.match(previous):
        return False
    low = words[at : at + 1].islower()
    if low and _words().group_start.match(folded, at):
        return not is_group(previous)
    return known_before and not low and not is_group(previous) and _tail_of_field(folded, at)


_UNIT_END = re.compile(r"(?<!\w)(?:xã|phường|tỉnh|huyện|quận|thị xã|thành phố|đặc khu)$", re.IGNORECASE)
_UNIT_START = re.compile(
    r"(?:xã|phường|thành phố|huyện|quận|thị xã|đặc khu|thị trấn)(?!\s(?:hà|hồ|đà|hải|cần|huế)\w*)(?!\w)"
)


def _tail_of_field(folded: str, at: int) -> bool:
    """ "Bộ Tài chính, Xây dựng": the second piece is a field of its own that shares the head."""
    return any(folded.startswith(field, at) for field in _words().fields)


_LIST_HEAD = re.compile(
    r"(?i:các|những)\s([^:,;]{2,40}):\s*|((?i:ubnd|ủy ban nhân dân|chủ tịch ubnd|đảng ủy)) các ([^:,;]{2,20}):\s*"
    r"|((?i:ubnd|ủy ban nhân dân)) các (tỉnh|xã|phường|huyện|thành phố)\s(?=[A-ZĐ])"
)


def _listed(words: str, a: int, b: int) -> Iterator[Mention]:
    while b > a and words[b - 1] in _EDGE:
        b -= 1
    while a < b and words[a] in _EDGE:
        a += 1
    text = words[a:b]
    head = _LIST_HEAD.match(text)
    if not text:
        return
    if not head or head.end() == len(text):
        yield Mention(text, a, b, is_group(text))
        return
    shared = head.group(1) or f"{head.group(2) or head.group(4)} {head.group(3) or head.group(5)}"
    shared = shared[:1].upper() + shared[1:]
    for start, end in _fields_of(text, head.end()):
        yield Mention(f"{shared} {text[start:end]}", a + start, a + end, False)


def _fields_of(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Pieces of "A, B và C, D" where known fields such as "B và C" stay whole."""
    folded = fold(text)
    field = re.compile(any_of(load("bodies")["fields"]))
    whole = [m.span() for m in field.finditer(folded, at)]
    start = at
    for m in _SEPARATOR.finditer(folded, at):
        if any(x <= m.start() and m.end() <= y for x, y in whole):
            continue
        if text[start : m.start()].strip():
            yield start, m.start()
        start = m.end()
    if text[start:].strip(_EDGE):
        yield start, len(text.rstrip(_EDGE))


def bodies_at(text: str, at: int = 0, *, folded: str | None = None) -> int:
    """Where the list of bodies that begins at `at` ends; `at` itself when none begins there.

    The end is before the first verb, stop phrase or sentence mark outside a name.
    """
    folded = fold(text) if folded is None else folded
    if not _opens(text, folded, at):
        return at
    limit = min(len(text), at + _LONGEST)
    end = _duty(text, folded, at, limit)
    run = re.sub(r"(?:[\s,:;(–-]|\s(?:và|hoặc))+$", "", text[at:end])
    return at + len(run) if _plausible(run) else at


def _acts(folded: str, at: int) -> bool:
    """ "Tổ chức hội nghị", "Lãnh đạo, chỉ đạo", "Thanh tra việc …": a verb, though bodies begin with the same word."""
    for word, body in _verbs_or_bodies():
        if folded.startswith(word, at) and not folded[at + len(word) : at + len(word) + 1].isalnum():
            return not body.match(folded, at + len(word) + 1)
    return False


@cache
def _verbs_or_bodies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((fold(word), re.compile(any_of(after))) for word, after in load("bodies")["verbs_or_bodies"].items())


def _opens(text: str, folded: str, at: int) -> bool:
    if _words().not_bodies.match(folded, at) or _acts(folded, at):
        return False
    if text[at : at + 1].isupper() and (_words().heads.match(folded, at) or _words().known.match(folded, at)):
        return True
    return bool(_words().group_start.match(folded, at))


_TOLD_IN_NAME = re.compile(
    r"\s(?:chưa|chậm)\s$"  # "các đơn vị chưa báo cáo khẩn trương …"
    r"|(?:ban chỉ đạo|tổ chỉ đạo|tổ công tác|hội đồng|ủy ban)\s[^,;.]{0,50}\svề\s(?:\w+\s\w+,\s(?:và\s)?)?$"
)
_LIST_BEFORE = re.compile(r"(?:các|những)\s[^:,;]{2,25}:$", re.IGNORECASE)
_ENDS = re.compile(r"[.;:](?=\s|$)|\.\.\.|…|\s-\s(?=[a-zđ])|/\.")


def _duty(text: str, folded: str, at: int, limit: int) -> int:
    end = limit
    for number, m in enumerate(_ENDS.finditer(folded, at, limit)):
        if (
            folded[m.start()] == ":"
            and _LIST_BEFORE.search(text, at, m.end())
            and text[m.end() : m.end() + 2].strip()[:1].isupper()
            and not phrases().verbs.match(folded, m.end() + 1)
        ):
            continue
        if "-" in m.group() and not (text[m.end()].islower() and not folded.startswith("xã hội", m.end())):
            continue
        if folded[m.start()] == ";" and number < _MOST_LISTED and _opens(text, folded, m.end() + 1):
            continue
        end = m.start()
        break
    masked: list[tuple[int, int]] | None = None
    told: int | None = None
    for pattern in (phrases().verbs, phrases().stop):
        for m in pattern.finditer(folded, at, end):
            masked = _names(text, folded, at, limit) if masked is None else masked
            if (
                m.start() > at
                and text[m.start()].islower()
                and not _inside(m, masked)
                and not _cut_from_compound(m, folded)
                and not _is_noun(text, folded, m)
            ):
                if _told_in_name(folded, at, m.start()):
                    told = told or m.start()
                    continue
                end = m.start()
                break
    return end if told is None or phrases().verbs.match(folded, end) else told


def _told_in_name(folded: str, at: int, verb: int) -> bool:
    """The verb tells what a group has not done, or what "Ban Chỉ đạo về …" is for: it belongs to the name."""
    return bool(_TOLD_IN_NAME.search(folded[max(at, verb - 90) : verb]))


def _names(text: str, folded: str, at: int, limit: int) -> list[tuple[int, int]]:
    """Where names stand that hold words which alone would be verbs."""
    return [
        m.span()
        for pattern in (_words().known, _words().noun_phrases, _words().field)
        for m in pattern.finditer(folded, at, limit)
        if pattern is _words().noun_phrases
        or (text[m.start()].isupper() and not _builds(text, folded, m))  # "cơ sở xây dựng" names no Sở Xây dựng
    ]


def _builds(text: str, folded: str, m: re.Match[str]) -> bool:
    """ "Văn phòng Bộ xây dựng phần mềm": the small letter of the verb, with something to be made behind it."""
    verb = m.start() + m.group().find(" ") + 1
    behind = folded[m.end() :].lstrip(" ")[:1]
    return (
        text[verb].islower()
        and behind.isalpha()
        and bool(phrases().verbs.match(folded, verb))
        and not phrases().verbs.match(folded, m.end() + 1)
    )


def _cut_from_compound(m: re.Match[str], folded: str) -> bool:
    """ "trình" of "công trình" is no verb."""
    near = max(0, m.start() - 8)
    return any(
        c.start() < m.start() < c.end() or (c.start() == m.start() and c.end() > m.end())
        for c in _words().compounds.finditer(folded, near, min(len(folded), m.end() + 8))
    )


def _inside(m: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(a <= m.start() and m.end() <= b for a, b in spans)


@cache
def _organisation() -> tuple[tuple[str, ...], tuple[str, ...], re.Pattern[str]]:
    data = load("phrases")
    before, always = (tuple(fold(w) for w in data[key]) for key in ("organisation_before", "organisation_always"))
    return before, always, re.compile(any_of(data["organisation_after"]))


def _is_noun(text: str, folded: str, m: re.Match[str]) -> bool:
    """Words that are verbs or kinds of body, by what stands before and after them."""
    word, before = m.group(), folded[max(0, m.start() - 12) : m.start()].rstrip()
    if word == "tổ chức":
        starts, always, after = _organisation()
        if before.endswith(always):
            return True
        return before.endswith(starts) and (
            folded[m.end() : m.end() + 1] == "," or bool(after.match(folded, m.end() + 1))
        )
    if word == "lãnh đạo" and folded.startswith((", chỉ đạo", " và chỉ đạo"), m.end()):
        return False
    if word in ("lãnh đạo", "thanh tra", "giám sát", "quản lý"):
        return before.endswith((",", ";", " và", "các"))
    return word == "cùng"


def _plausible(run: str) -> bool:
    """Reads like names of bodies only: every piece begins as one or carries on a name."""
    folded = fold(run)
    if len(run) < 3 or len(run.split()) > 75 or _words().never.search(_words().known.sub("", folded)):
        return False
    if _words().alone.fullmatch(folded):
        return False
    for a, b, known in _pieces(run, folded):
        piece = run[a:b].strip()
        if known or _starts_body(run, folded, a) or _words().group_start.match(folded, a) or piece[:1].isupper():
            continue
        return False
    return True
