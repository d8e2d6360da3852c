"""Lines that the machine wrote of work from a document leave with it, also from a summary and a closed sheet."""

from datetime import date

import pytest
from django.db import transaction

from trienkhai.documents.actions import quarantine_document
from trienkhai.documents.models import Draft, DraftVersion
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.reports import actions
from trienkhai.reports.models import IssuedSheet, PeriodReport
from trienkhai.reports.queries.integrity import altered_sheets
from trienkhai.reports.tests.make import Cast, field
from trienkhai.tasks import actions as tasks
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.moves import hand_over
from trienkhai.tasks.tests.make import at, make_document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("handed_over", [False, True])
def test_lines_of_work_leave_with_their_document(handed_over):
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
    actions.draft_paper(summary.pk, by=cast.officer, at=at(26))
    assert "Việc phải giấu" in Draft.objects.get().body
    hidden = Assignment.objects.get(task__document=document)
    if handed_over:
        with transaction.atomic():
            hand_over([hidden.pk], cast.tree.south1, on=date(2017, 1, 27), act=hidden.act)
    tasks.withdraw(hidden.pk, reason="Thu hồi", by=cast.leader, at=at(27))

    clerk = make_holder(cast.tree.bloc, Role.CLERK)
    quarantine_document(document.pk, by=clerk, at=at(28))

    kept = str(list(PeriodReport.objects.values())) + str(list(IssuedSheet.objects.values()))
    papers = str(list(Draft.objects.values())) + str(list(DraftVersion.objects.values()))
    assert "phải giấu" not in papers and "Việc còn lại" in papers
    assert "phải giấu" not in kept and "Việc còn lại" in kept
    assert list(altered_sheets()) == []
