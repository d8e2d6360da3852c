"""What changed in a report since the person who decides on it last saw the work."""

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from trienkhai.people.models import Account
from trienkhai.tasks.models import Assignment, Evidence, ProgressReport, Seen

PIECES = (re.compile(r"\s+|\S+"), re.compile(r"\s*\S+|\s+"), re.compile(r"[^\n]*\n|[^\n]+"))
"""Words and what stands between them; words with the blanks before them; lines."""
MOST_PAIRS = 1_000_000
"""At most so many pairs of the same piece are looked at; beyond them coarser pieces are compared."""


@dataclass(frozen=True)
class Difference:
    """Between the report that now awaits a decision and the one last seen.

    `new`: nothing of the work was seen yet. `since`: when the person last saw it. `percent`, `due`: before and now,
    None when the same. `reworded`: the words are others; `words`: them piece by piece, each (“=”, “-” or “+”, text).
    """

    new: bool = False
    since: datetime | None = None
    percent: tuple[int, int] | None = None
    due: tuple[date, date] | None = None
    added: list[Evidence] = field(default_factory=list)
    removed: list[Evidence] = field(default_factory=list)
    reworded: bool = False
    words: list[tuple[str, str]] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.percent or self.due or self.added or self.removed or self.reworded)


@dataclass(frozen=True)
class _Look:
    report: ProgressReport
    due_on: date | None
    at: datetime


def differences(account: Account, rows: Sequence[Assignment], *, in_words: bool = False) -> dict[int, Difference]:
    """Assignment → what changed for this person in the report that awaits a decision. At most five queries.

    Who decided on an earlier report has seen that one. in_words: the words too, piece by piece.
    """
    ids = [row.pk for row in rows]
    waiting = ProgressReport.objects.filter(assignment__in=ids, state="submitted").prefetch_related("evidence__file")
    reports = {report.assignment_id: report for report in waiting}
    looks = _looks(account, ids)
    return {row.pk: _difference(row, reports[row.pk], looks.get(row.pk), in_words) for row in rows if row.pk in reports}


def _looks(account: Account, ids: Sequence[int]) -> dict[int, _Look]:
    decided = ProgressReport.objects.filter(assignment__in=ids, decided_by=account, decided_at__isnull=False)
    found = {
        report.assignment_id: _Look(report, None, report.decided_at)
        for report in decided.prefetch_related("evidence__file").order_by("at", "pk")
        if report.decided_at
    }
    seen: QuerySet[Seen] = Seen.objects.filter(account=account, assignment__in=ids).select_related("report")
    for look in seen.prefetch_related("report__evidence__file"):
        earlier = found.get(look.assignment_id)
        if earlier is None or (look.report.at, look.report_id) >= (earlier.report.at, earlier.report.pk):
            found[look.assignment_id] = _Look(look.report, look.due_on, look.at)
    return found


def _difference(row: Assignment, now: ProgressReport, look: _Look | None, in_words: bool) -> Difference:
    if look is None:
        return Difference(new=True)
    before = look.report
    due = (look.due_on, row.due_on) if look.due_on and look.due_on != row.due_on else None
    if before.pk == now.pk:
        return Difference(since=look.at, due=due)
    old, new = ({one.file.sha256: one for one in report.evidence.all()} for report in (before, now))
    reworded = _words(before) != _words(now)
    return Difference(
        since=look.at,
        percent=(before.percent, now.percent) if before.percent != now.percent else None,
        due=due,
        added=[one for key, one in new.items() if key not in old],
        removed=[one for key, one in old.items() if key not in new],
        reworded=reworded,
        words=word_diff(_words(before), _words(now)) if in_words and reworded else [],
    )


def _words(report: ProgressReport) -> str:
    return "\n\n".join(part for part in (report.text, report.bottleneck, report.proposal) if part)


def _pairs(before: list[str], after: list[str]) -> int:
    known = Counter(after)
    return sum(count * known[piece] for piece, count in Counter(before).items())


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """The pieces of both texts in their order: “=” stays, “-” is gone, “+” has come.

    Long texts are compared by coarser pieces, the longest as a whole, so that a page never waits for seconds.
    """
    ways = ((shape.findall(old), shape.findall(new)) for shape in PIECES)
    before, after = next((way for way in ways if _pairs(*way) <= MOST_PAIRS), ([old], [new]))
    found: list[tuple[str, str]] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("=", "".join(before[i:j])))
            continue
        found += [(sign, "".join(words)) for sign, words in (("-", before[i:j]), ("+", after[k:m])) if words]
    return found
