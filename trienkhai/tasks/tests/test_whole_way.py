"""One task from the document to the approved report, and the counts at each step."""

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.tasks import actions
from trienkhai.tasks.models import State
from trienkhai.tasks.queries import cells_by_child, cells_of
from trienkhai.tasks.tally import negatives, recount
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_issue

pytestmark = pytest.mark.django_db


def test_issue_gives_one_assignment_to_each_grassroots_organisation_and_counts_it_above():
    cast = Cast()

    issue = make_issue(cast, [{}, {}])

    assert issue.count == 10
    cells = cells_of(cast.tree.bloc, on=DUE, soon=DUE)
    assert (cells.total, cells.open_in_time, cells.unacknowledged) == (10, 10, 10)
    assert cells_of(cast.tree.north, on=DUE, soon=DUE).total == 4
    assert recount() == []


def test_report_is_a_claim_until_the_unit_it_answers_to_approves_it():
    cast = Cast()
    assignment = assignment_of(make_issue(cast), cast.tree.north1)
    lan = cast.holder_of(assignment)

    actions.acknowledge(assignment.pk, by=lan, at=at(5))
    actions.update_progress(assignment.pk, percent=40, text="Đã họp", by=lan, at=at(20))
    actions.submit_report(assignment.pk, text="Đã xong", by=lan, at=at(30, 6))
    with pytest.raises(Refused):
        actions.approve(assignment.pk, by=cast.leader, at=at(1, 7))
    done = actions.approve(assignment.pk, by=cast.north_leader, at=at(3, 7))

    assert done.state == State.DONE
    cells = cells_of(cast.tree.bloc, on=at(3, 7).date(), soon=at(3, 7).date())
    assert (cells.done_on_time, cells.open_overdue, cells.total) == (1, 4, 5)
    assert cells_by_child(cast.tree.bloc, on=DUE, soon=DUE)[cast.tree.north.pk].done_on_time == 1
    assert recount() == [] and negatives() == 0
    assert Act.objects.filter(verb="report.approved").count() == 1


def test_bulk_acts_leave_one_act_each_and_the_tally_equals_a_recount():
    cast = Cast()
    issue = make_issue(cast, [{}, {}, {}])
    from trienkhai.tasks.models import Assignment

    for unit in (cast.tree.north1, cast.tree.north2):
        rows = Assignment.objects.filter(task__issue=issue)
        actions.acknowledge_all(rows, selection="tất cả", by=cast.focal[unit.pk], at=at(4))
        actions.report_several(rows, text="Đã xong", selection="tất cả", by=cast.focal[unit.pk], at=at(5))
    approved = actions.approve_matching(Assignment.objects.all(), selection="chờ duyệt", by=cast.north_leader, at=at(6))

    assert approved == 6
    assert Act.objects.filter(verb="report.approved").values_list("count", flat=True).get() == 6
    assert recount() == []
