"""How a due day follows from a document's words.

Source: design, *Due words*. Trước ngày D is D−1 (an office may set D); đến, chậm nhất ngày D is D; a month, quarter,
half-year or year is its last day; a range its end; two dates or a period recur; "n ngày kể từ ngày ký" counts from the
document's date. The words are kept beside the day; where no day follows from them the answer is None: a person decides.
"""

import re
from calendar import monthrange
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from trienkhai.common.days import OPEN_END, DaysOff, add_working_days, next_working_day

from .time_words import Piece, fold, grammar, number, pieces_of

Kind = Literal["day", "period", "recurring", "open", "relative"]
RECURRENCES = {1: "month", 3: "quarter", 6: "half", 12: "year"}
MONTHS = {name: months for months, name in RECURRENCES.items()}
DATED = ("day", "day_of_period", "days_of_month", "months", "quarter", "month", "year", "years")
DAYS = ("day", "day_of_period")
WEEKENDS = DaysOff()
LONGEST_WORDS = 600


@dataclass(frozen=True, order=True)
class Mark:
    """A day inside a period: its month counted from 1, its day (31: the last), what is added to it (−1 for "trước")."""

    month: int
    day: int = 31
    shift: int = 0


@dataclass(frozen=True)
class DueRule:
    """What the words of a deadline mean.

    due_on: the last day in time, of the first occurrence when it recurs; None for open.
    recurrence: '', month, quarter, half, year, due at `marks` of each period, between from_on and until;
    kind "recurring" without a recurrence means the few `dates` named.
    days: how many are counted from the document's date, in `unit` (day, working day, month).
    """

    kind: Kind
    words: str
    due_on: date | None = None
    recurrence: str = ""
    marks: tuple[Mark, ...] = ()
    dates: tuple[date, ...] = ()
    days: int = 0
    unit: str = ""
    from_on: date | None = None
    until: date | None = None

    @property
    def due_day(self) -> int:
        """Day of the period an occurrence is due on, counted from 1 in its first period; 0 for its last day."""
        if not self.recurrence or self.marks[0] == Mark(MONTHS[self.recurrence]):
            return 0
        due = _day_at(self.marks[0], 2025, 1)
        return max((due - date(2025, 1, 1)).days + 1, 1)


def due_rule(words: str, *, origin: date, before_means_day: bool = False) -> DueRule | None:
    """The rule the words express, read on a document dated `origin`; None when no day can follow from them.

    before_means_day: the office's own habit that "trước ngày D" allows D itself.
    A day or month without a year is the first one from `origin` on.
    """
    text = fold(words[:LONGEST_WORDS])
    cut = grammar().patterns["cut"].search(text)
    text = text[: cut.start()] if cut else text
    pieces = _outside_brackets(text, pieces_of(text))
    return _Reading(words, pieces, text, origin, 0 if before_means_day else -1).rule()


def first_due(rule: DueRule, *, origin: date, days_off: Container[date] = WEEKENDS) -> date | None:
    """The first due day of a task issued by a document of `origin`; 9999-12-31 for a task without deadline.

    days_off: a period counted in days that ends on one of them ends on the next worked day; a day the words name stays.
    """
    if rule.kind == "open":
        return OPEN_END
    if rule.kind == "relative":
        return _counted(origin, rule.days, rule.unit, days_off)
    if rule.kind == "recurring":
        return next_due(rule, after=max(origin, rule.from_on or origin) - timedelta(days=1))
    return rule.due_on


def next_due(rule: DueRule, *, after: date) -> date | None:
    """The due day of the first occurrence later than `after`; None when none is left or the rule does not recur."""
    return next((day for day in _occurrences(rule, after.year - 1) if day > after), None)


@dataclass(frozen=True)
class _Reading:
    """One deadline being read. shift: what "trước" adds to the day named."""

    words: str
    pieces: list[Piece]
    text: str
    origin: date
    shift: int

    def rule(self) -> DueRule | None:
        relative = self._of("relative")
        if relative:
            return self._relative(relative[0])
        dated = self._of(*DATED)
        if any(_impossible(piece) for piece in dated):
            return None
        if self._of("every", "onwards") or any(p.kind == "day_of_period" and "place" in p.values for p in dated):
            return self._recurring(dated)
        dated = [piece for piece in dated if piece.leading != "since"]
        elsewhere = self._of("elsewhere")
        if dated and not (elsewhere and elsewhere[-1].start > dated[-1].start):
            return self._dated(dated)
        if self._of("current") and not elsewhere:
            return self._current(self._of("current")[-1])
        return DueRule("open", self.words) if self._of("open") else None

    def _of(self, *kinds: str) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind in kinds]

    def _relative(self, piece: Piece) -> DueRule:
        count, unit = number(piece.values["n"]), piece.values["unit"]
        times, name = {"ngày": (1, "day"), "tuần": (7, "day"), "tháng": (1, "month"), "năm": (12, "month")}.get(
            unit, (1, "working day")
        )
        due_on = _counted(self.origin, count * times, name, WEEKENDS)
        return DueRule("relative", self.words, due_on, days=count * times, unit=name)

    def _current(self, piece: Piece) -> DueRule:
        length = {"tháng": 1, "quý": 3, "năm": 12}[piece.values["unit"]]
        last = (self.origin.month - 1) // length * length + length * (2 if "next" in piece.values else 1)
        return DueRule("period", self.words, _day_at(Mark(last), self.origin.year, 1))

    def _dated(self, dated: list[Piece]) -> DueRule | None:
        kept = self._without_wider(self._without_range_starts(dated))
        if len(kept) > 1 and not any("y" in piece.values for piece in kept) and all(p.kind != "year" for p in kept):
            return self._recurring(kept)
        days = sorted({self._due(piece, self._year(piece, kept)) for piece in kept})
        if len(days) == 1:
            return DueRule("day" if kept[-1].kind in DAYS else "period", self.words, days[0])
        first = next((day for day in days if day >= self.origin), days[-1])
        return DueRule("recurring", self.words, first, dates=tuple(days))

    def _without_range_starts(self, dated: list[Piece]) -> list[Piece]:
        """Of "tháng 6 - tháng 9" and of "năm 2025, 2026", which follow on each other, only the end counts."""
        kept = dated[-1:]
        for piece, following in zip(reversed(dated[:-1]), reversed(dated[1:]), strict=True):
            if following.leading == "towards":
                continue
            year, after = self._year(piece, dated), self._year(following, dated)
            end = _span(piece, year)[1] + timedelta(days=1)
            if piece.kind == following.kind != "day" and end == _span(following, after)[0] and not following.leading:
                continue
            kept.insert(0, piece)
        return kept

    def _without_wider(self, dated: list[Piece]) -> list[Piece]:
        """ "Trong năm 2025, chậm nhất 30/11/2025": a period gives way to a later day inside it."""
        days = [piece for piece in dated if piece.kind == "day"]

        def narrowed(piece: Piece) -> bool:
            first, last = _span(piece, self._year(piece, dated)) if piece.kind not in DAYS else (date.max, date.min)
            return any(
                day.start > piece.start and first <= _span(day, self._year(day, dated))[0] <= last for day in days
            )

        return [piece for piece in dated if not narrowed(piece)]

    def _year(self, piece: Piece, dated: list[Piece]) -> int:
        """Its own year, else the year of a later piece, else the first year in which it is not yet past."""
        own = self._named_year(piece)
        if own:
            return own
        later = [self._named_year(other) for other in dated if other.start > piece.start]
        named = next((year for year in later if year), 0)
        if named:
            return named
        year = self.origin.year
        return year if self._due(piece, year) >= self.origin else year + 1

    def _named_year(self, piece: Piece) -> int:
        year = piece.values.get("y", "")
        if year.isdigit():
            return int(year) if len(year) == 4 else 2000 + int(year)
        return self.origin.year + (year in ("sau", "tới")) if year else 0

    def _due(self, piece: Piece, year: int) -> date:
        if piece.kind == "day_of_period":
            return self._next_such_day(int(piece.values["d"]), self._shift(piece))
        first, last = _span(piece, year)
        if piece.leading != "before" or piece.text.startswith(("cuối", "hết")):
            return last
        return first + timedelta(days=self.shift if piece.kind == "day" else -1)

    def _shift(self, piece: Piece) -> int:
        return self.shift if piece.leading == "before" else 0

    def _next_such_day(self, day: int, shift: int) -> date:
        """ "Trước ngày 25" and no more: of this month, or of the next when it is past."""
        due = _day_at(Mark(self.origin.month, day, shift), self.origin.year, 1)
        return due if due >= self.origin else _day_at(Mark(self.origin.month + 1, day, shift), self.origin.year, 1)

    def _recurring(self, dated: list[Piece]) -> DueRule | None:
        months = self._period(dated)
        if months not in RECURRENCES:
            return None
        placed = [piece for piece in dated if piece.kind not in ("year", "years") and piece.leading != "since"]
        marks = sorted({mark for piece in placed if (mark := self._mark(piece, months))})
        if marks and any(piece.kind != "day_of_period" for piece in placed):
            months, marks = _regular(marks) if months >= 6 else (months, [Mark(months)])
        from_on, until = self._bounds(dated, months)
        rule = DueRule(
            "recurring",
            self.words,
            None,
            RECURRENCES[months],
            tuple(marks or [Mark(months)]),
            from_on=from_on,
            until=until,
        )
        return replace(rule, due_on=first_due(rule, origin=self.origin))

    def _period(self, dated: list[Piece]) -> int:
        """Length of the period in months, the shortest named; 0 when it is none of ours (a week, two years)."""
        lengths = [_length(piece) for piece in self._of("every")]
        lengths += [
            {"tháng": 1, "quý": 3, "năm": 12}[p.values["unit"].split()[-1]] for p in dated if "unit" in p.values
        ]
        lengths += [3 for piece in dated if "quý" in piece.text and piece.kind == "day_of_period"]
        lengths += [
            1 for p in dated if p.values.get("place") in ("sau", "kế tiếp", "tiếp theo", "liền kề") and not lengths
        ]
        return min(lengths, default=12)

    def _mark(self, piece: Piece, months: int) -> Mark | None:
        if piece.kind == "day_of_period":
            return _mark_in_period(piece, months, self._shift(piece))
        if piece.leading == "towards" and "y" in piece.values:
            return None
        first, last = _span(piece, 2025)
        if piece.leading == "before":
            return Mark(first.month, first.day, self.shift if piece.kind == "day" else -1)
        return Mark(last.month, last.day if piece.kind in ("day", "days_of_month") else 31)

    def _bounds(self, dated: list[Piece], months: int) -> tuple[date | None, date | None]:
        from_on = until = None
        for piece in dated:
            year = self._named_year(piece)
            if year and piece.leading == "towards":
                until = self._due(piece, year)
            elif year:
                if piece.kind != "day":
                    from_on = from_on or date(int(piece.values.get("first", year)), 1, 1)
                if not self._of("onwards") and (piece.kind == "years" or (piece.kind == "year" and months < 12)):
                    until = date(year, 12, 31) if piece.leading != "since" else None
        return from_on, until


def _outside_brackets(text: str, pieces: list[Piece]) -> list[Piece]:
    """Days in brackets explain; they count only when none stands outside, or when they say how late in a period."""
    inside = [found.span() for found in re.finditer(r"\([^()]*\)", text)]
    outside = [p for p in pieces if not any(start <= p.start and p.end <= end for start, end in inside)]
    if any(piece.kind in DAYS for piece in outside):
        return outside
    limits = [p for p in pieces if p in outside or (p.kind == "day" and p.leading in ("before", "latest"))]
    return limits if any(piece.kind in DATED for piece in outside) else pieces


def _impossible(piece: Piece) -> bool:
    """30/02, 31/4, 29/02/2017."""
    if piece.kind != "day":
        return False
    year = piece.values.get("y", "2024")
    known = int(year) if len(year) == 4 and year.isdigit() else 2024
    return int(piece.values["d"]) > monthrange(known, int(piece.values["m"]))[1]


def _span(piece: Piece, year: int) -> tuple[date, date]:
    """First and last day of what a piece names in a year."""
    values = piece.values
    if piece.kind == "day":
        last = _day_at(Mark(int(values["m"]), int(values["d"])), year, 1)
        return last, last
    if piece.kind == "days_of_month":
        begins, ends = _part_of_month(values)
        return _day_at(Mark(int(values["m"]), begins), year, 1), _day_at(Mark(int(values["m"]), ends), year, 1)
    if piece.kind == "months":
        count = number(values["n"]) if "n" in values else 6
        begin, end = (1, count) if values["edge"] == "đầu" else (13 - count, 12)
    elif piece.kind == "quarter":
        end = 3 * number(values["q"])
        begin = end - 2
    elif piece.kind == "month":
        begin = end = int(values["m"])
    else:
        begin, end = 1, 12
    return date(int(values.get("first", year)), max(begin, 1), 1), _day_at(Mark(min(end, 12)), year, 1)


def _part_of_month(values: dict[str, str]) -> tuple[int, int]:
    """First and last day of "tuần đầu", "trung tuần", "10 ngày cuối" of a month."""
    if "n" not in values:
        return grammar().parts[values["part"]]
    count = max(min(number(values["n"]), 31), 1)
    return (1, count) if values["part"] == "đầu" else (32 - count, 31)


def _day_at(mark: Mark, year: int, month: int) -> date:
    """The day of a mark in the period that begins in `month`; a day the month lacks is its last."""
    year, month = year + (month + mark.month - 2) // 12, (month + mark.month - 2) % 12 + 1
    return date(year, month, min(mark.day, monthrange(year, month)[1])) + timedelta(days=mark.shift)


def _counted(origin: date, count: int, unit: str, days_off: Container[date]) -> date:
    if unit == "month":
        return _day_at(Mark(origin.month + count, origin.day), origin.year, 1)
    if unit == "working day":
        return add_working_days(origin, count, days_off)
    return next_working_day(origin + timedelta(days=count), days_off)


def _occurrences(rule: DueRule, year: int) -> Iterator[date]:
    """Due days in order from the periods of `year` on, for a few years."""
    if rule.kind != "recurring":
        return
    if not rule.recurrence:
        yield from rule.dates
        return
    months = MONTHS[rule.recurrence]
    for start in range(12 * year, min(12 * (year + 6), 12 * 9999), months):
        for mark in rule.marks:
            day = _day_at(mark, start // 12, start % 12 + 1)
            if (rule.until is None or day <= rule.until) and (rule.from_on is None or day >= rule.from_on):
                yield day


def _length(piece: Piece) -> int:
    """Months between two occurrences of "hằng quý", "6 tháng một lần", "2 lần/năm"; 0 for a length not kept."""
    lengths = []
    for found in re.finditer(r"(?:([^\s,;/]+)(?:\s\([^()]+\))?\s)?(tuần|tháng|quý|năm)\b", piece.values["unit"]):
        count = number(found[1] or "") or (6 if found[1] == "nửa" else 1)
        lengths.append(6 if found[1] == "nửa" else count * {"tuần": 0, "tháng": 1, "quý": 3, "năm": 12}[found[2]])
    times = number(piece.values.get("times", "1"))
    shortest = min(lengths)
    return shortest // times if times and shortest % times == 0 else 0


def _mark_in_period(piece: Piece, months: int, shift: int) -> Mark:
    place = piece.values.get("place", "")
    if "d" not in piece.values:
        return Mark(months, 31, shift)
    day = int(piece.values["d"])
    if place in ("sau", "kế tiếp", "tiếp theo", "liền kề", "liền sau"):
        return Mark(months + 1, day, shift)
    within = {"đầu": 1, "đầu tiên": 1, "thứ nhất": 1, "thứ hai": 2, "giữa": 2}.get(place, months)
    return Mark(within + (months if "later" in piece.values else 0), day, shift)


def _regular(marks: list[Mark]) -> tuple[int, list[Mark]]:
    """Marks of a year as the marks of its half or quarter, when they come round alike in each."""
    for months in (3, 6):
        within = {Mark((mark.month - 1) % months + 1, mark.day, mark.shift) for mark in marks}
        if len(within) * (12 // months) == len(marks):
            return months, sorted(within)
    return 12, marks
