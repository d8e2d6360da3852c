"""What an approval queue is narrowed to; the same in the list, in one act for many and in a job in the background."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from trienkhai.common import paths
from trienkhai.common.folding import fold
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks import rules
from trienkhai.tasks.models import Assignment, ProgressReport

TIMING = ("in_time", "late")


@dataclass(frozen=True)
class Filter:
    """What the queue is narrowed to; the same in the list and in a bulk act.

    unit: the branch of that unit. without: ids whose tick was taken away by hand.
    """

    document: int | None = None
    unit: int | None = None
    timing: str = ""
    words: str = ""
    without: tuple[int, ...] = ()

    @classmethod
    def read(cls, given: Any) -> "Filter":
        timing = given.get("kip", "")
        ticked = set(given.getlist("chon"))
        unticked = [pk for pk in given.get("co", "").split(",") if pk not in ticked]
        without = {_number(pk) for pk in [*given.getlist("tru"), *unticked]}
        return cls(
            document=_number(given.get("van-ban")),
            unit=_number(given.get("don-vi")),
            timing=timing if timing in TIMING else "",
            words=fold(given.get("q", ""))[:100],
            without=tuple(sorted(pk for pk in without if pk)),
        )

    def apply(self, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
        if self.document:
            rows = rows.filter(task__document=self.document)
        if self.unit:
            branch = Unit.objects.filter(pk=self.unit, path__isnull=False).first()
            rows = rows.filter(paths.within(branch.path or "", "held_by__path")) if branch else rows.none()
        if self.timing:
            in_time = Q(submitted_on__lte=F("due_on"))
            rows = rows.filter(in_time if self.timing == "in_time" else ~in_time)
        for word in self.words.split():
            rows = rows.filter(task__search_text__contains=word)
        return rows.exclude(pk__in=self.without) if self.without else rows

    def hidden(self) -> list[tuple[str, Any]]:
        """The filter as form fields, for the page that confirms a bulk act."""
        pairs = [("van-ban", self.document), ("don-vi", self.unit), ("kip", self.timing), ("q", self.words)]
        return [(name, value) for name, value in pairs if value] + [("tru", pk) for pk in self.without]

    def kept(self) -> list[list[Any]]:
        """The filter as a job keeps it; `restored` reads it."""
        return [[name, value] for name, value in self.hidden()]

    @classmethod
    def restored(cls, kept: list[list[Any]]) -> "Filter":
        pairs = {name: value for name, value in kept if name != "tru"}
        return cls(
            document=pairs.get("van-ban"),
            unit=pairs.get("don-vi"),
            timing=pairs.get("kip", ""),
            words=pairs.get("q", ""),
            without=tuple(value for name, value in kept if name == "tru"),
        )

    def described(self) -> str:
        """The selection as the act keeps it."""
        parts = ["awaiting decision", *(f"{name}={value}" for name, value in self.hidden() if name != "tru")]
        return "; ".join(parts) + (f"; without {len(self.without)}" if self.without else "")


def _number(text: Any) -> int | None:
    return int(text) if str(text or "").isdigit() and len(str(text)) < 19 else None


def waiting_for(account: Account, verb: str, narrowed: Filter, seen_at: datetime, on: date) -> QuerySet[Assignment]:
    """What the person may decide today of what it saw at `seen_at`: a report that came later is not decided unseen."""
    seen = ProgressReport.objects.filter(assignment=OuterRef("pk"), state="submitted", at__lte=seen_at)
    return narrowed.apply(rules.awaiting_decision(account, on, verb)).filter(Exists(seen))
