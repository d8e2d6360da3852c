"""Who is told when tasks are issued, and when what recurs begins anew."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from trienkhai.notices.models import Notice
from trienkhai.notices.rules import visible_notices
from trienkhai.notices.wording import sentence
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import DAY, make_holder, make_unit
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Share
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_issue

pytestmark = pytest.mark.django_db


def test_issue_tells_the_focal_point_of_every_selected_unit_once_and_nobody_else():
    cast = Cast()
    make_holder(cast.tree.north1, Role.CLERK)
    make_holder(cast.tree.office, Role.FOCAL)

    issue = make_issue(cast, [{}, {}])

    told = Notice.objects.filter(kind="tasks_issued")
    assert sorted(told.values_list("post__unit", flat=True)) == sorted(unit.pk for unit in cast.tree.grassroots)
    assert set(told.values_list("post__role", flat=True)) == {Role.FOCAL}
    assert set(told.values_list("act", flat=True)) == {issue.act}


JOINT = {"mode": "joint", "selection": "unit:K.B.1", "coordinating_selection": "unit:K.N.1 + unit:K.VP"}
EACH = {"selection": "unit:K.B.1 + unit:K.B.2", "coordinating_selection": "unit:K.N.1"}


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("post__unit__present__code", flat=True))


def test_units_that_share_in_several_tasks_are_told_once_for_each_kind_of_share():
    cast = Cast()
    office = make_holder(cast.tree.office, Role.FOCAL)
    make_holder(cast.tree.office, Role.CLERK)

    issue = make_issue(cast, [JOINT, JOINT, EACH, {"selection": "unit:K.T"}])

    assert told("tasks_shared") == ["K.N.1", "K.VP"] and told("tasks_watched") == ["K.N.1"]
    assert told("tasks_issued") == ["K.B.1", "K.B.1", "K.B.2", "K.T"]
    assert set(Notice.objects.values_list("act", flat=True)) == {issue.act}
    notice = visible_notices(office, DAY).get()
    assert notice.url == "/viec-cua-toi" and str(issue.document) in sentence(notice)


def test_lead_that_the_co_ordinating_selection_names_too_gets_no_part():
    cast = Cast()

    make_issue(cast, [JOINT | {"coordinating_selection": "grassroots"}])

    assert sorted(Share.objects.values_list("unit__present__code", flat=True)) == ["K.B.2", "K.N.1", "K.N.2", "K.T"]
    assert told("tasks_shared") == ["K.B.2", "K.N.1", "K.N.2", "K.T"]


def test_watch_leads_to_a_list_in_which_the_watching_unit_sees_the_task(client):
    cast = Cast()
    make_issue(cast, [EACH])
    client.force_login(cast.focal[cast.tree.south1.pk])

    page = client.get(Notice.objects.get(kind="tasks_watched").url).content.decode()

    assert "Việc 1" in page


def test_issue_takes_the_same_number_of_statements_when_there_are_more_units():
    cast, counts, shares = Cast(), [], []
    for _more in range(2):
        with CaptureQueriesContext(connection) as captured:
            issue = make_issue(cast, [{"selection": "grassroots", "coordinating_selection": "children"}])
        counts.append(len(captured))
        shares.append(Share.objects.filter(task__issue=issue).count())
        for _unit in range(20):
            make_holder(make_unit(cast.tree.bloc), Role.FOCAL)

    assert shares == [3, 23] and len(told("tasks_watched")) == 1 + 21
    assert counts[0] == counts[1]


def test_next_occurrence_tells_its_holders_and_no_unit_whose_share_was_withdrawn():
    cast = Cast()
    issue = make_issue(cast, [{"recurrence": "quarter", "due_on": date(2017, 3, 31)}])
    gone = assignment_of(issue, cast.tree.south1)
    actions.withdraw(gone.pk, reason="Giao nhầm", by=cast.leader, at=at(5))

    actions.open_occurrences(on=date(2017, 4, 1), at=at(1, 4))
    actions.open_occurrences(on=date(2017, 4, 2), at=at(2, 4))

    assert told("task_recurred") == ["K.B.1", "K.B.2", "K.N.2", "K.T"]
    notice = Notice.objects.filter(kind="task_recurred").first()
    opened = Assignment.objects.get(unit=cast.tree.north1, occurrence=1)
    assert notice.act == opened.act
    with override("en"):
        assert sentence(notice) == "A new period has begun: Việc 1, due 30/06/2017"


def test_next_occurrence_takes_the_same_number_of_statements_for_one_unit_and_for_five():
    cast, counts = Cast(), []
    recurring = {"recurrence": "month", "due_on": date(2017, 1, 31)}
    for selection in ("unit:K.B.1", "grassroots"):
        make_issue(cast, [recurring], selection=selection)
        with CaptureQueriesContext(connection) as captured:
            actions.open_occurrences(on=date(2017, 2, 1), at=at(1, 2))
        counts.append(len(captured))

    assert counts[0] == counts[1]
