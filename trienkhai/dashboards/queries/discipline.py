"""Facts of discipline in a quarter: what was due and done in its time, each fact with the rows that it counts.

No score and no sum of different things. Only what fell due before the day of reading is counted.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from trienkhai.common.clock import moment
from trienkhai.dissemination.models import Receipt
from trienkhai.meetings.models import Kind, Meeting, MeetingState
from trienkhai.norms.queries import stretches
from trienkhai.orgs.models import Relation, Unit
from trienkhai.orgs.places import Places
from trienkhai.reports.models import PeriodReport
from trienkhai.tasks.models import Opinion, Programme, ProgrammeItem, Standing
from trienkhai.urging.models import Silence


@dataclass(frozen=True)
class Quarter:
    """`last`: its last day, or the day before that of reading."""

    first: date
    end: date
    last: date

    @property
    def number(self) -> int:
        return (self.first.month + 2) // 3

    @property
    def begun(self) -> bool:
        return self.last >= self.first

    @property
    def key(self) -> str:
        return f"{self.first.year}-{self.number}"

    def of_days(self, name: str) -> Q:
        return Q(**{f"{name}__gte": self.first, f"{name}__lte": self.last})

    def of_moments(self, name: str) -> Q:
        after = moment(self.last + timedelta(days=1), 0)
        return Q(**{f"{name}__gte": moment(self.first, 0), f"{name}__lt": after})


def quarter_of(year: int, number: int, on: date) -> Quarter:
    first = date(year, number * 3 - 2, 1)
    after = date(year + (number == 4), number * 3 % 12 + 1, 1)
    end = after - timedelta(days=1)
    return Quarter(first, end, min(end, on - timedelta(days=1)))


@dataclass(frozen=True)
class Counted:
    """Rows and the name of their unit. `good`: those in their time; None where each row is something left undone."""

    rows: QuerySet[Any]
    unit: str
    good: Q | None = None

    def left(self) -> QuerySet[Any]:
        """The rows that are not good."""
        return self.rows if self.good is None else self.rows.exclude(pk__in=self.rows.filter(self.good).values("pk"))


@dataclass(frozen=True)
class Fact:
    """One column of the sheet. `read(quarter, place)`: what it counts; None where no norm says."""

    key: str
    label: str | Promise
    read: Callable[[Quarter, str], Counted | None]


def _receipts(span: Quarter, place: str) -> Counted:
    rows = Receipt.objects.current().filter(span.of_days("sending__acknowledge_by"))
    return Counted(rows, "unit", Q(acknowledged_at__date__lte=F("sending__acknowledge_by")))


def _reports(span: Quarter, place: str) -> Counted:
    rows = PeriodReport.objects.filter(pk__in=PeriodReport.objects.counted().values("pk"))
    good = Q(submitted_on__lte=F("period__due_on"))
    return Counted(rows.filter(span.of_days("period__due_on")), "held_by", good)


def _minutes(span: Quarter, place: str) -> Counted:
    rows = Meeting.objects.held().filter(span.of_days("minutes_due_on"))
    return Counted(rows, "unit", Q(sent_on__lte=F("minutes_due_on")))


def _updates(span: Quarter, place: str) -> Counted:
    return Counted(Silence.objects.filter(span.of_days("told_on")), "assignment__held_by")


def _answers(span: Quarter, place: str) -> Counted:
    rows = Opinion.objects.filter(span.of_days("due_on"), withdrawn_on=None)
    return Counted(rows, "asked", Q(answered_on__lte=F("due_on")))


def _held(span: Quarter, place: str) -> Counted:
    good = Q(state__in=(MeetingState.OPEN, MeetingState.CLOSED))
    return Counted(_planned(span), "unit", good)


def _planned(span: Quarter) -> QuerySet[Meeting]:
    """Without those cancelled for a reason, as in the calendar of the units below."""
    return Meeting.objects.filter(span.of_moments("starts_at")).exclude(state=MeetingState.CANCELLED)


def _on_day(span: Quarter, place: str) -> Counted | None:
    """Each meeting by the norm of its own day, as on its page; of days without one none is counted."""
    norms = stretches("meetings.regular_day", span.first, max(span.first, span.last), place)
    if not norms:
        return None
    told, good = Q(pk__in=[]), Q(pk__in=[])
    for first, last, day in norms:
        told |= _began(first, last)
        good |= _began(first, last) & Q(starts_at__day=int(day))
    rows = Meeting.objects.held().filter(told, span.of_moments("starts_at"), kind=Kind.REGULAR)
    return Counted(rows, "unit", good)


def _began(first: date, last: date) -> Q:
    return Q(starts_at__gte=moment(first, 0), starts_at__lt=moment(last + timedelta(days=1), 0))


def _length(span: Quarter, place: str) -> Counted | None:
    """As `_on_day`, each by the norm of its own day."""
    norms = stretches("meetings.least_minutes", span.first, max(span.first, span.last), place)
    if not norms:
        return None
    told, good = Q(pk__in=[]), Q(pk__in=[])
    for first, last, value in norms:
        for body, kinds in value.items():
            for kind, least in kinds.items():
                such = _began(first, last) & Q(body=body, kind=kind)
                told |= such
                good |= such & Q(lasted__gte=timedelta(minutes=least))
    lasted = ExpressionWrapper(F("ended_at") - F("began_at"), output_field=DurationField())
    rows = Meeting.objects.filter(told, span.of_moments("starts_at"), state=MeetingState.CLOSED)
    return Counted(rows.annotate(lasted=lasted), "unit", good)


def _thematic(span: Quarter, place: str) -> Counted:
    rows = _planned(span).filter(kind=Kind.THEMATIC)
    good = Q(state__in=(MeetingState.OPEN, MeetingState.CLOSED))
    return Counted(rows, "unit", good)


def _programme(span: Quarter, place: str) -> Counted:
    items = ProgrammeItem.objects.filter(span.of_days("due_on"), programme__state=Programme.State.IN_FORCE)
    left = items.standing().filter(Q(standing=Standing.PLANNED))
    return Counted(ProgrammeItem.objects.filter(pk__in=left.values("pk")), "programme__unit")


FACTS = (
    Fact("tiep-nhan", gettext_lazy("Receipts in time"), _receipts),
    Fact("bao-cao", gettext_lazy("Reports in time"), _reports),
    Fact("bien-ban", gettext_lazy("Minutes sent in time"), _minutes),
    Fact("y-kien", gettext_lazy("Answers in time"), _answers),
    Fact("cap-nhat", gettext_lazy("Tasks told as not updated"), _updates),
    Fact("cuoc-hop", gettext_lazy("Meetings held of those planned"), _held),
    Fact("dung-ngay", gettext_lazy("Regular meetings on the regular day"), _on_day),
    Fact("thoi-luong", gettext_lazy("Meetings long enough"), _length),
    Fact("chuyen-de", gettext_lazy("Thematic meetings held"), _thematic),
    Fact("chuong-trinh", gettext_lazy("Programme items past their day, no reason given"), _programme),
)

UNDONE = ("cap-nhat", "chuong-trinh")
"""Facts of which each row is something left undone."""


@dataclass(frozen=True)
class Figure:
    """`good` None: each of `all` is something left undone."""

    all: int
    good: int | None

    @property
    def left(self) -> int:
        return self.all if self.good is None else self.all - self.good


@dataclass
class Line:
    """A unit directly below with its branch, or the unit itself alone. `figures`: key → figure; None: no norm."""

    unit: Unit
    alone: bool
    figures: dict[str, Figure | None] = field(default_factory=dict)


def lines_of(unit: Unit, span: Quarter, on: date, *, below: bool) -> list[Line]:
    """The unit itself, then each unit directly below with its branch, also one that ended and left rows behind with
    nobody who took its place; else they stand under who did. One query a fact, whatever the units, and four more.
    """
    top, places = unit.path or "", Places(today=on)
    lines = [Line(unit, alone=True)]
    found: dict[str, dict[str, Figure] | None] = {}
    for fact in FACTS:
        counted = fact.read(span, top)
        found[fact.key] = _by_branch(counted, places, top, below=below) if counted else None
    if below:
        heads = {head for figures in found.values() for head in figures or {}} - {top}
        rows = Unit.objects.filter(Q(present__parent=unit, path__isnull=False, closed_on__gt=on) | Q(path__in=heads))
        rows = rows.exclude(present__relation=Relation.EXTERNAL).select_related("present")
        lines += [Line(row, alone=False) for row in rows.order_by("present__sort_key", "pk")]
    for fact in FACTS:
        figures = found[fact.key]
        nothing = Figure(0, None if fact.key in UNDONE else 0)
        for line in lines:
            known = None if figures is None else figures.get(line.unit.path or "", nothing)
            line.figures[fact.key] = known
    return lines


def _by_branch(counted: Counted, places: Places, top: str, *, below: bool) -> dict[str, Figure]:
    good = Count("pk", filter=counted.good) if counted.good is not None else Count("pk")
    rows = counted.rows.filter(places.at(top, counted.unit, alone=not below))
    found = places.grouped(rows, top, {"every": Count("pk"), "fine": good}, counted.unit)
    return {
        branch: Figure(row["every"], row["fine"] if counted.good is not None else None) for branch, row in found.items()
    }


def rows_of(
    fact: Fact, unit: Unit, span: Quarter, on: date, *, below: bool, place: str | None = None
) -> Counted | None:
    """What a figure counts: of the unit with its branch, or of it alone. place: whose norms hold, as in `lines_of`
    those of the unit that was asked about; without it the unit's own.
    """
    counted = fact.read(span, unit.path or "" if place is None else place)
    if counted is None:
        return None
    within = Places(today=on).at(unit.path or "", counted.unit, alone=not below)
    return Counted(counted.rows.filter(within), counted.unit, counted.good)
