"""Lines that the machine wrote of work from a document leave with it, also from a summary and a closed sheet."""

from datetime import date

import pytest

from trienkhai.documents.actions import quarantine_document
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.reports import actions
from trienkhai.reports.models import IssuedSheet, PeriodReport
from trienkhai.reports.queries.integrity import altered_sheets
from trienkhai.reports.tests.make import Cast, field
from trienkhai.tasks import actions as tasks
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import at, make_document

pytestmark = pytest.mark.django_db


def test_lines_of_work_leave_with_their_document():
    cast = Cast()
    period = cast.opened(fields=[field("n1", "text", source="tasks:late_list")])
    unit = cast.tree.north1
    document, other = (make_document(cast.tree.bloc, symbol=f"{n}-NQ/ĐUTHU") for n in (1, 2))
    for paper, title in ((document, "Việc phải giấu"), (other, "Việc còn lại")):
        rows = [{"title": title, "due_on": date(2017, 1, 10)}]
        given = {"selection": "unit:K.B.1", "by": cast.officer, "at": at(3)}
        issue = tasks.prepare_issue(paper, cast.tree.bloc, rows, on=date(2017, 1, 3), **given)
        tasks.issue_tasks(issue.pk, by=cast.leader, at=at(3))
    cast.approve(cast.send(period, unit, when=at(15), c9=""))
    summary = actions.begin_summary(period.pk, cast.tree.bloc, by=cast.officer, at=at(26))
    assert "Việc phải giấu" in summary.values["n1"] and "Việc còn lại" in summary.values["n1"]
    hidden = Assignment.objects.get(task__document=document)
    tasks.withdraw(hidden.pk, reason="Thu hồi", by=cast.leader, at=at(27))

    clerk = make_holder(cast.tree.bloc, Role.CLERK)
    quarantine_document(document.pk, by=clerk, at=at(28))

    kept = str(list(PeriodReport.objects.values())) + str(list(IssuedSheet.objects.values()))
    assert "phải giấu" not in kept and "Việc còn lại" in kept
    assert list(altered_sheets()) == []
