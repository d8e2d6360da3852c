"""Period reports of the world: a form of north for its branch, its reports in every state a page may meet."""

from datetime import date
from typing import Any

from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON
from trienkhai.reports import actions
from trienkhai.reports.actions import FormDetails
from trienkhai.reports.models import PeriodReport
from trienkhai.reports.tests.make import design_of, field
from trienkhai.tasks.tests.make import at


def add_reports(world: Any) -> None:
    """North asks for one report each month; north1's of January waits for a decision, of February is being filled."""
    north, officer, leader = world.tree.north, world.person(Role.OFFICER, "own"), world.person(Role.LEADER, "own")
    form = actions.begin_form(north, FormDetails("Báo cáo thử", "month"), by=officer, at=NOON)
    design = design_of(field("c1"), field("n1", "text"))
    actions.change_design(form.pk, design, base=1, by=officer, at=NOON)
    actions.release(form.pk, holds_from=date(2017, 1, 1), by=leader, at=NOON)
    actions.change_design(form.pk, design, base=1, by=officer, at=NOON)
    actions.open_periods(on=date(2017, 3, 3), at=at(3, 3))
    first, second, third = form.periods.order_by("starts_on")
    world.report_form, world.report_period = form, first
    rows = {
        period.pk: PeriodReport.objects.get(period=period, unit=world.tree.north1) for period in (first, second, third)
    }
    for period in (first, second):
        actions.begin(rows[period.pk].pk, by=world.holder, at=at(5))
        actions.save_draft(rows[period.pk].pk, {"c1": "5"}, base=1, by=world.holder, at=at(5))
        actions.submit(rows[period.pk].pk, by=world.holder, at=at(6, 2))
    world.report_approved = actions.approve(rows[second.pk].pk, by=leader, at=at(7, 2))
    world.report_sent = rows[first.pk]
    world.report_summary = actions.begin_summary(first.pk, north, by=officer, at=at(8, 2))
    world.report_expected = rows[third.pk]


def keys(world: Any) -> dict[str, Any]:
    return {
        "report_form": world.report_form.pk,
        "report_version": 1,
        "report_period": world.report_period.pk,
        "report_sent": world.report_sent.pk,
        "report_approved": world.report_approved.pk,
        "report_summary": world.report_summary.pk,
        "report_expected": world.report_expected.pk,
        "report_field": "c1",
        "report_suffix": "xlsx",
    }
