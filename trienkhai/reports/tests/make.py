"""Rows for tests: a form of the bloc in force, its people, answers."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from trienkhai.common.clock import day_of
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.people.models import Account
from trienkhai.reports import actions
from trienkhai.reports.actions import FormDetails
from trienkhai.reports.models import Period, PeriodReport, ReportForm, ReportState
from trienkhai.tasks.tests.make import at

JANUARY = date(2017, 1, 1)


def field(code: str, kind: str = "number", **values: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "label": f"Chỉ tiêu {code}"} | values


def design_of(*fields: dict[str, Any]) -> dict[str, Any]:
    return {"sections": [{"code": "m1", "title": "Kết quả", "fields": list(fields)}]}


FIELDS = (
    field("c1", required=True),
    field("c2", decimals=1, rule="mean"),
    field("t1", "computed", formula="share(c2; c1)", decimals=2),
    field("n1", "text"),
    field("b1", "table", columns=[{"code": "t1", "label": "Việc"}, {"code": "t2", "label": "Số", "kind": "number"}]),
    field("l1", "choice", options=["Tốt", "Khá"]),
)


class Cast:
    """The small tree with its people, and a monthly form of the bloc for all its units, in force from January 2017."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.officer = make_holder(self.tree.bloc, Role.OFFICER)
        self.leader = make_holder(self.tree.bloc, Role.LEADER)
        self.north_leader = make_holder(self.tree.north, Role.LEADER)
        self.south_leader = make_holder(self.tree.south, Role.LEADER)
        units = [*self.tree.grassroots, self.tree.north, self.tree.south]
        self.focal = {unit.pk: make_holder(unit, Role.FOCAL) for unit in units}

    def form(
        self,
        unit: Unit | None = None,
        *,
        fields: Sequence[dict[str, Any]] = FIELDS,
        start: date = JANUARY,
        **details: Any,
    ) -> ReportForm:
        """A form in force from the period that begins on `start`; its periods are not opened yet."""
        office = unit or self.tree.bloc
        officer = self.officer if unit is None else make_holder(office, Role.OFFICER)
        leader = self.leader if unit is None else make_holder(office, Role.LEADER)
        values = {"title": "Báo cáo tháng", "kind": "month", "selection": "grassroots"} | details
        form = actions.begin_form(office, FormDetails(**values), by=officer, at=NOON)
        actions.change_design(form.pk, design_of(*fields), base=1, by=officer, at=NOON)
        actions.release(form.pk, holds_from=start, by=leader, at=NOON)
        form.refresh_from_db()
        return form

    def opened(self, when: datetime = NOON, **values: Any) -> Period:
        """The first period of a new form, opened."""
        form = self.form(**values)
        actions.open_periods(on=day_of(when), at=when)
        return form.periods.earliest("starts_on")

    def fill(self, period: Period, unit: Unit, *, when: datetime | None = None, **typed: Any) -> PeriodReport:
        report = report_of(period, unit)
        who, moment = self.focal[unit.pk], when or at(5)
        actions.begin(report.pk, by=who, at=moment)
        base = PeriodReport.objects.get(pk=report.pk).revision
        return actions.save_draft(report.pk, typed or {"c1": "10"}, base=base, by=who, at=moment).report

    def send(self, period: Period, unit: Unit, *, when: datetime | None = None, **typed: Any) -> PeriodReport:
        report = self.fill(period, unit, when=when, **typed)
        return actions.submit(report.pk, by=self.focal[unit.pk], at=when or at(6))

    def approve(self, report: PeriodReport, *, by: Account | None = None) -> PeriodReport:
        leaders = {self.tree.north.pk: self.north_leader, self.tree.south.pk: self.south_leader}
        return actions.approve(report.pk, by=by or leaders.get(report.answers_to_id, self.leader), at=at(25))


def report_of(period: Period, unit: Unit) -> PeriodReport:
    return PeriodReport.objects.select_related("period__form", "version").get(period=period, unit=unit)


def make_waiting(cast: Cast, number: int) -> list[int]:
    """So many reports of the two units of north that wait for its leader, written in bulk: a period for each day."""
    form = cast.form()
    version = form.versions.earliest("number")
    days = [JANUARY - timedelta(days=turn) for turn in range(1, number // 2 + 1)]
    periods = Period.objects.bulk_create(
        Period(
            form=form,
            version=version,
            starts_on=day,
            ends_on=day,
            figures_from=day,
            cut_on=day,
            due_on=day + timedelta(days=5),
            opened_on=day,
        )
        for day in days
    )
    sent = {"state": ReportState.SUBMITTED, "submitted_at": at(5), "submitted_on": at(5).date(), "values": {"c1": "10"}}
    rows = PeriodReport.objects.bulk_create(
        PeriodReport(
            period=period,
            version=version,
            unit=unit,
            held_by=unit,
            answers_to=cast.tree.north,
            submitted_by=cast.focal[unit.pk],
            **sent,
        )
        for period in periods
        for unit in (cast.tree.north1, cast.tree.north2)
    )
    return [row.pk for row in rows]
