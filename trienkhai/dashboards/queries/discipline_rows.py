"""The rows behind a figure of discipline, in words, for whom they are in sight."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from trienkhai.common.clock import day_of
from trienkhai.dissemination.rules import visible_receipts
from trienkhai.meetings.rules import visible_meetings
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.reports.rules import visible_reports
from trienkhai.tasks.rules import visible_assignments
from trienkhai.tasks.rules_coordinating import visible_opinions
from trienkhai.tasks.rules_programme import visible_items
from trienkhai.urging.models import Silence


@dataclass(frozen=True)
class Shown:
    """A row: what it is, whose, the day it was due, the day it was done, where it opens."""

    title: str
    unit: Unit
    due_on: date
    done_on: date | None
    url: str


@dataclass(frozen=True)
class Way:
    """How rows of a fact are read: the rule of sight, what is fetched with them, the order, the words."""

    seen: Callable[[Account, date], QuerySet[Any]]
    joined: tuple[str, ...]
    order: str
    show: Callable[[Any], Shown]


def _receipt(row: Any) -> Shown:
    sending = row.sending
    done = day_of(row.acknowledged_at) if row.acknowledged_at else None
    url = reverse("documents:detail", args=[sending.document_id])
    return Shown(str(sending.document), row.unit, sending.acknowledge_by, done, url)


def _report(row: Any) -> Shown:
    url = reverse("reports:report", args=[row.pk])
    return Shown(row.period.form.title, row.held_by, row.period.due_on, row.submitted_on, url)


def _meeting(row: Any) -> Shown:
    url = reverse("meetings:meeting", args=[row.pk])
    held_on = day_of(row.began_at) if row.was_held and row.began_at else None
    return Shown(row.get_kind_display(), row.unit, row.day, held_on, url)


def _minutes(row: Any) -> Shown:
    """A title only once the minutes went up: units above do not read it before."""
    url = reverse("meetings:meeting", args=[row.pk])
    title = str(row) if row.sent_on else row.get_kind_display()
    return Shown(title, row.unit, row.minutes_due_on, row.sent_on, url)


def _opinion(row: Any) -> Shown:
    url = reverse("tasks:opinion", args=[row.pk])
    return Shown(row.subject, row.asked, row.due_on, row.answered_on, url)


def _silence(row: Any) -> Shown:
    url = reverse("tasks:assignment", args=[row.assignment_id])
    return Shown(row.assignment.task.title, row.assignment.held_by, row.told_on, None, url)


def _item(row: Any) -> Shown:
    url = reverse("tasks:programme", args=[row.programme_id])
    return Shown(row.title, row.programme.unit, row.due_on, None, url)


def _silences(account: Account, on: date) -> QuerySet[Silence]:
    return Silence.objects.filter(assignment__in=visible_assignments(account, on))


MEETING = Way(visible_meetings, ("unit__present",), "starts_at", _meeting)
WAYS = {
    "tiep-nhan": Way(visible_receipts, ("sending__document", "unit__present"), "sending__acknowledge_by", _receipt),
    "bao-cao": Way(visible_reports, ("period__form", "held_by__present"), "period__due_on", _report),
    "bien-ban": Way(visible_meetings, ("unit__present",), "minutes_due_on", _minutes),
    "y-kien": Way(visible_opinions, ("asked__present",), "due_on", _opinion),
    "cap-nhat": Way(_silences, ("assignment__task", "assignment__held_by__present"), "told_on", _silence),
    "cuoc-hop": MEETING,
    "dung-ngay": MEETING,
    "thoi-luong": MEETING,
    "chuyen-de": MEETING,
    "chuong-trinh": Way(visible_items, ("programme__unit__present",), "due_on", _item),
}


def seen_rows(key: str, rows: QuerySet[Any], account: Account, on: date) -> QuerySet[Any]:
    """Those of the rows that the person sees, by their day."""
    way = WAYS[key]
    seen = rows.filter(pk__in=way.seen(account, on).order_by().values("pk"))
    return seen.select_related(*way.joined).order_by(way.order, "pk")
