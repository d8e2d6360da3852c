"""Completeness and timeliness: expected, received, on time, late, missing, returned; by branch, by period, by unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from trienkhai.common import paths
from trienkhai.common.paths import WIDTH
from trienkhai.orgs.models import Unit
from trienkhai.orgs.places import PRESENT, Places
from trienkhai.reports.models import (
    RECEIVED,
    TO_DO,
    Period,
    PeriodReport,
    PeriodReportQuerySet,
    ReportForm,
    ReportState,
)


@dataclass(frozen=True)
class Counts:
    """expected = on time + late + missing + returned; `approved` of those received. `overdue`: missing or returned
    although the due day is past.
    """

    expected: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    returned: int = 0
    approved: int = 0
    overdue: int = 0

    @property
    def received(self) -> int:
        return self.on_time + self.late

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in SUMS))


def _sums(on: date) -> dict[str, Count]:
    sent, to_do = Q(state__in=RECEIVED), Q(state__in=TO_DO)
    returned = Q(state=ReportState.RETURNED)
    in_time = Q(submitted_on__lte=F("period__due_on"))
    conditions = {
        "expected": Q(),
        "on_time": sent & in_time,
        "late": sent & ~in_time,
        "missing": to_do & ~returned,
        "returned": returned,
        "approved": Q(state=ReportState.APPROVED),
        "overdue": to_do & Q(period__due_on__lt=on),
    }
    return {f"n_{name}": Count("pk", filter=condition or None) for name, condition in conditions.items()}


SUMS = ("expected", "on_time", "late", "missing", "returned", "approved", "overdue")


def _counts(row: Mapping[str, Any]) -> Counts:
    return Counts(**{name: row[f"n_{name}"] for name in SUMS})


@dataclass(frozen=True)
class Line:
    unit: Unit
    counts: Counts


@dataclass(frozen=True)
class Table:
    """`own`: of the unit itself; `lines`: of each unit directly below with all below it, most missing first."""

    own: Counts
    lines: list[Line]
    total: Counts

    @property
    def has_depth(self) -> bool:
        """Does some line count more than one unit's own report?"""
        return any(line.counts.expected > 1 for line in self.lines)


def filed_under(places: Places) -> str:
    """Whose place a report has: who answers now by the tree of today, who was asked by that of a past day."""
    return "held_by" if places.on is None else "unit"


def by_branch(period: Period, top: Unit, on: date, *, alone: bool = False, places: Places = PRESENT) -> Table:
    """One GROUP BY and the names, whatever the size. alone: of the unit itself only. places: by which tree."""
    path, filed = places.path(top), filed_under(places)
    rows = period_rows(period).filter(places.at(path, filed, alone=alone))
    found = {branch: _counts(sums) for branch, sums in places.grouped(rows, path, _sums(on), filed).items()}
    total, own = _added(found.values()), found.pop(path, Counts())
    names = places.named(int(branch[-WIDTH:]) for branch in found)
    lines = [Line(names[int(branch[-WIDTH:])], counts) for branch, counts in found.items()]
    return Table(own, sorted(lines, key=_behind_first), total)


def _behind_first(line: Line) -> tuple[int, int, str]:
    behind = line.counts.missing + line.counts.returned
    return -behind, -line.counts.late, line.unit.present.sort_key if line.unit.present else ""


def _added(many: Iterable[Counts]) -> Counts:
    total = Counts()
    for one in many:
        total = total + one
    return total


def period_rows(period: Period) -> PeriodReportQuerySet:
    return PeriodReport.objects.filter(period=period).counted()


def total_of(period: Period, on: date) -> Counts:
    return _counts(period_rows(period).order_by().aggregate(**_sums(on)))


def by_period(form: ReportForm, top: Unit, on: date, *, alone: bool = False) -> list[tuple[Period, Counts]]:
    """Each period of the form in a unit's branch, the last first. Two queries."""
    scope = paths.only if alone else paths.within
    rows = PeriodReport.objects.filter(period__form=form).counted().filter(scope(top.path or "", "held_by__path"))
    grouped = rows.order_by().values("period").annotate(**_sums(on))
    found = {row["period"]: _counts(row) for row in grouped}
    listed = form.periods.order_by("-starts_on")
    return [(period, found.get(period.pk, Counts())) for period in listed]


def by_unit(unit: Unit, on: date) -> Counts:
    """Everything one unit itself was ever asked: its own discipline."""
    rows = PeriodReport.objects.filter(held_by=unit).counted().order_by()
    return _counts(rows.aggregate(**_sums(on)))


FILTERS = ("missing", "returned", "late", "on_time", "received", "approved", "overdue", "closed")


def listed(
    period: Period, top: Unit, shown: str, on: date, *, alone: bool = False, places: Places = PRESENT
) -> PeriodReportQuerySet:
    """The reports a number of the table counts, in the order of the tree."""
    filed = filed_under(places)
    inside = places.at(places.path(top), filed, alone=alone)
    rows = PeriodReport.objects.filter(inside, period=period, summary=False)
    rows = rows.filter(state=ReportState.CLOSED) if shown == "closed" else rows.exclude(state=ReportState.CLOSED)
    sent, in_time = Q(state__in=RECEIVED), Q(submitted_on__lte=F("period__due_on"))
    wanted = {
        "missing": Q(state__in=(ReportState.EXPECTED, ReportState.DRAFT)),
        "returned": Q(state=ReportState.RETURNED),
        "late": sent & ~in_time,
        "on_time": sent & in_time,
        "received": sent,
        "approved": Q(state=ReportState.APPROVED),
        "overdue": Q(state__in=TO_DO, period__due_on__lt=on),
    }
    rows = rows.filter(wanted[shown]) if shown in wanted else rows
    return rows.select_related("held_by__present", "period").order_by(places.column(filed))


def open_reports(unit_ids: Iterable[int], on: date, shown_until: date) -> QuerySet[PeriodReport]:
    """What these units have to fill: begun or returned, or due by `shown_until`; the nearest due day first."""
    rows = PeriodReport.objects.filter(held_by__in=list(unit_ids), state__in=TO_DO, held_by__closed_on__gt=on)
    near = Q(period__due_on__lte=shown_until) | ~Q(state=ReportState.EXPECTED)
    rows = rows.filter(near).select_related("period__form__unit__present", "held_by__present")
    return rows.order_by("period__due_on", "period__form", "pk")
