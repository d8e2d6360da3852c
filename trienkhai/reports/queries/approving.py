"""What the queue of period reports is narrowed to; the same in the list, in one act for many and in the background."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from trienkhai.common import paths
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.reports import rules
from trienkhai.reports.models import PeriodReportQuerySet

TIMING = ("in_time", "late")


@dataclass(frozen=True)
class Filter:
    """period: its id. unit: the branch of that unit. timing: sent in time or late."""

    period: int | None = None
    unit: int | None = None
    timing: str = ""

    @classmethod
    def read(cls, given: Any) -> "Filter":
        timing = str(given.get("kip") or "")
        return cls(
            period=_number(given.get("ky")),
            unit=_number(given.get("don-vi")),
            timing=timing if timing in TIMING else "",
        )

    @classmethod
    def restored(cls, kept: Iterable[list[Any]]) -> "Filter":
        return cls.read({name: value for name, value in kept})

    def kept(self) -> list[list[Any]]:
        """The filter as form fields, as a job keeps it and as an address says it; `restored` reads it."""
        pairs: list[list[Any]] = [["ky", self.period], ["don-vi", self.unit], ["kip", self.timing]]
        return [[name, value] for name, value in pairs if value]

    def described(self) -> str:
        """The selection as the act keeps it."""
        return "; ".join(["awaiting decision", *(f"{name}={value}" for name, value in self.kept())])

    def apply(self, rows: PeriodReportQuerySet) -> PeriodReportQuerySet:
        if self.period:
            rows = rows.filter(period=self.period)
        if self.unit:
            branch = Unit.objects.filter(pk=self.unit, path__isnull=False).first()
            rows = rows.filter(paths.within(branch.path or "-", "held_by__path")) if branch else rows.none()
        if self.timing:
            in_time = Q(submitted_on__lte=F("period__due_on"))
            rows = rows.filter(in_time if self.timing == "in_time" else ~in_time)
        return rows


def _number(text: Any) -> int | None:
    return int(text) if str(text or "").isdecimal() and len(str(text)) < 18 else None


def waiting_for(account: Account, narrowed: Filter, seen_at: datetime, on: date) -> PeriodReportQuerySet:
    """What the person may decide of what it saw at `seen_at`, the oldest first: what came later is unseen."""
    rows = narrowed.apply(rules.awaiting_decision(account, on)).filter(submitted_at__lte=seen_at)
    return rows.order_by("submitted_at", "pk")
