"""A small year for the board: the day it is read on, and what was played before."""

from datetime import date

from trienkhai.common.models import Installation
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import Cast, at, make_issue

DAY = date(2017, 7, 10)


def on_day(day: date) -> None:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": day})


def played() -> Cast:
    """Two tasks to five grassroots: one done in time, one late, one awaiting approval, the others open and overdue."""
    cast = Cast()
    issue = make_issue(cast, [{}, {"due_on": date(2017, 7, 14)}])
    rows = list(Assignment.objects.filter(task__title="Việc 1").order_by("pk"))
    for row, day in zip(rows[:3], (at(1, 6), at(1, 7), at(2, 6)), strict=False):
        actions.acknowledge(row.pk, by=cast.holder_of(row), at=at(4))
        actions.submit_report(row.pk, text="Đã xong", by=cast.holder_of(row), at=day)
    for row in rows[:2]:
        actions.approve(row.pk, by=cast.approver_of(row), at=at(3, 7))
    assert issue.count == 10
    return cast
