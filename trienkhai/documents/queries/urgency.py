"""The hours of urgent papers: until when one must be handed over or handled, computed at reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.folding import fold
from trienkhai.documents.models import Book, Document, RegisterEntry
from trienkhai.documents.rules import REGISTRARS
from trienkhai.norms.queries import any_day
from trienkhai.orgs.rules import reach_of
from trienkhai.people.models import Account

HAND_OVER, HANDLE = "hand_over", "handle"
HOUR, DAY = 60, 24 * 60


@dataclass(frozen=True)
class UrgentClock:
    """`step`: hand_over, then handle. `left` is negative once the time is over."""

    mark: str
    step: str
    until: datetime
    left: timedelta

    @property
    def is_over(self) -> bool:
        return self.left < timedelta(0)

    @property
    def is_short(self) -> bool:
        """Less than a quarter of an hour is left."""
        return not self.is_over and self.left < timedelta(minutes=15)

    @property
    def words(self) -> str:
        minutes = int(abs(self.left).total_seconds() // 60)
        spans = {
            "days": minutes // DAY,
            "hours": minutes % DAY // HOUR,
            "minutes": minutes % HOUR,
        }
        if minutes >= DAY:
            return _("%(days)d d %(hours)d h") % spans
        return _("%(hours)d h %(minutes)d min") % spans if minutes >= HOUR else _("%(minutes)d min") % spans


def urgent_clocks(entries: Iterable[RegisterEntry], now: datetime) -> dict[int, UrgentClock]:
    """By entry id, for those whose time runs; needs `document` and `unit` selected. One query, none without a mark."""
    running = [entry for entry in entries if _runs(entry)]
    if not running:
        return {}
    hours_on = any_day("urgency.hours")
    found = {}
    for entry in running:
        hours = _hours(
            hours_on(entry.on, entry.unit.path or "") or {}, entry.document.urgency if entry.document else ""
        )
        if hours:
            found[entry.pk] = _clock(entry, hours, now)
    return found


def _runs(entry: RegisterEntry) -> bool:
    document = entry.document
    if document is None or not document.urgency or document.withdrawn_at or entry.cancelled_at or entry.handled_at:
        return False
    return entry.book != Book.OUT or entry.handed_over_at is None


def _hours(marks: dict[str, Any], mark: str) -> dict[str, Any] | None:
    """The row of a mark, written in either tone habit."""
    return next((row for name, row in marks.items() if fold(name) == fold(mark)), None)


def _clock(entry: RegisterEntry, hours: dict[str, Any], now: datetime) -> UrgentClock:
    step = HAND_OVER if entry.handed_over_at is None else HANDLE
    until = entry.clock_from + timedelta(hours=hours[step])
    if hours.get("own_time") and entry.deliver_by and step == HAND_OVER:
        until = entry.deliver_by
    return UrgentClock(entry.document.urgency.upper() if entry.document else "", step, until, until - now)


def urgent_waiting(account: Account, now: datetime) -> QuerySet[RegisterEntry]:
    """Urgent papers in the books the person keeps that are not yet handed over or handled, the oldest first."""
    return urgent_of(_kept_units(account, day_of(now)))


def urgent_of(units: Iterable[int]) -> QuerySet[RegisterEntry]:
    open_now = Q(handed_over_at=None) | ~Q(book=Book.OUT)
    urgent = Document.objects.filter(~Q(urgency=""), withdrawn_at=None)  # few, by an index of their own
    rows = RegisterEntry.objects.in_force().filter(
        open_now, document__in=urgent.values("pk"), unit__in=list(units), handled_at=None
    )
    return rows.select_related("document", "unit__present", "series__term").order_by("entered_at", "pk")


def _kept_units(account: Account, on: date) -> list[int]:
    return sorted({grant.unit_id for grant in reach_of(account, on).of(*REGISTRARS).grants})
