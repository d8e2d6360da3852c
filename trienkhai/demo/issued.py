"""Sheets of the bloc that its leader issues: of 30 June on the day itself, of 30 September on the next working day.

What is done later on 30 June stands on the sheet's page as a difference; September's has none.
"""

from datetime import date
from functools import partial

from trienkhai.audit.actions import seal_acts
from trienkhai.common.clock import moment
from trienkhai.dashboards.actions import issue_sheet
from trienkhai.dashboards.links import EVERYTHING
from trienkhai.demo.year import Year
from trienkhai.tasks.models import Sheet

JUNE, SEPTEMBER = date(2017, 6, 30), date(2017, 9, 30)


def plan_sheets(year: Year) -> None:
    """Planned before what others do on these days, so that June's is issued first."""
    leader = year.leader[year.bloc.pk]

    def issue(day: date) -> Sheet:
        while seal_acts():  # the head that stands on the sheet is that of all acts before it
            pass
        return issue_sheet(year.bloc.pk, EVERYTHING, day=day, by=leader, at=moment(year.today, 8))

    for day in (JUNE, SEPTEMBER):
        year.plan(day, "issue_sheet", partial(issue, day))
