"""From a document to assignments: prepared, edited, submitted, returned, issued; and what recurs."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.models import Act, ActDetail
from trienkhai.common.verdict import Refused
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Post, Role, Unit
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Issue, Share, Tally, Task
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_document, make_issue
from trienkhai.tasks.tests.play import bring, footprint

pytestmark = pytest.mark.django_db


def prepare(cast: Cast, *tasks: dict, selection: str = "grassroots", **fields) -> Issue:
    rows = [{"title": f"Việc {number}", "due_on": DUE} | task for number, task in enumerate(tasks or ({},), start=1)]
    values = {"selection": selection, "by": cast.officer, "at": at(4)} | fields
    return actions.prepare_issue(make_document(cast.tree.bloc), cast.tree.bloc, rows, **values)


# --- prepare and edit


def test_preparing_assigns_nothing_and_is_one_act():
    cast = Cast()

    issue = prepare(cast, {}, {"quote": "Các đảng ủy xây dựng chương trình", "doubts": ["nhiều cơ quan chủ trì"]})

    assert [task.position for task in issue.tasks.order_by("position")] == [1, 2]
    assert issue.on == at(4).date() and issue.state == Issue.State.PREPARED
    assert not Assignment.objects.exists() and not Tally.objects.exists()
    assert Act.objects.filter(verb="issue.prepared").count() == 1


WRONG = {
    "no title": ("title", {"title": "  "}),
    "unknown mode": ("mode", {"mode": "all"}),
    "unknown recurrence": ("recurrence", {"recurrence": "week"}),
    "unknown rule of answer": ("answer_rule", {"answer_rule": "nobody"}),
    "unknown power": ("delegates", {"delegates": ["approve"]}),
    "due before the issue day": ("due_on", {"due_on": date(2017, 1, 3)}),
    "day of no period": ("due_day", {"due_day": -1}),
    "selection that cannot be read": ("selection", {"selection": "everybody"}),
    "unknown unit": ("selection", {"selection": "unit:K.X"}),
    "co-ordinating that cannot be read": ("coordinating_selection", {"coordinating_selection": "unit:K.X"}),
    "product too long": ("product", {"product": "x" * 501}),
    "lead too long": ("lead_words", {"lead_words": "x" * 501}),
}


@pytest.mark.parametrize("field, values", WRONG.values(), ids=list(WRONG))
def test_wrong_task_is_refused_at_its_field_when_prepared_added_or_changed(field, values):
    cast = Cast()
    issue = prepare(cast)
    task = issue.tasks.get()
    before = footprint()
    attempts = (
        lambda: prepare(cast, values),
        lambda: actions.add_task(issue.pk, {"title": "Việc", "due_on": DUE} | values, by=cast.officer, at=at(4)),
        lambda: actions.change_task(task.pk, values, by=cast.officer, at=at(4)),
    )

    for attempt in attempts:
        with pytest.raises(ValidationError) as fault:
            attempt()
        assert list(fault.value.message_dict) == [field]

    assert footprint() == before


def test_task_due_on_the_day_of_issue_is_in_order():
    assert prepare(Cast(), {"due_on": at(4).date()}).tasks.count() == 1


@pytest.mark.parametrize("selection", ["everybody", "unit:K.X", ""])
def test_issue_for_a_selection_that_cannot_be_read_is_refused(selection):
    cast = Cast()
    issue = prepare(cast)

    with pytest.raises(ValidationError):
        prepare(cast, selection=selection)
    with pytest.raises(ValidationError):
        actions.change_issue(issue.pk, selection=selection, by=cast.officer, at=at(4))

    assert Issue.objects.get().selection == "grassroots"


def test_change_keeps_old_and_new_values_in_one_act_and_no_change_leaves_none():
    cast = Cast()
    task = prepare(cast).tasks.get()
    acts = Act.objects.count()

    actions.change_task(task.pk, {"title": "Việc mới ", "due_on": DUE}, by=cast.officer, at=at(5))
    actions.change_task(task.pk, {"title": "Việc mới", "due_on": DUE}, by=cast.officer, at=at(5))

    act = Act.objects.latest("pk")
    assert Act.objects.count() == acts + 1
    assert act.verb == "task.changed"
    assert list(ActDetail.objects.filter(act_id=act.pk).values_list("key", "value")) == [("title", "Việc 1 → Việc mới")]


def test_field_that_is_nobodys_to_edit_is_left_alone():
    cast = Cast()
    task = prepare(cast).tasks.get()

    actions.change_task(task.pk, {"issued_on": at(5).date(), "assigner": cast.tree.north}, by=cast.officer, at=at(5))

    task.refresh_from_db()
    assert (task.issued_on, task.assigner) == (None, cast.tree.bloc)


def test_added_task_comes_last_and_a_dropped_one_is_kept_but_not_issued():
    cast = Cast()
    issue = prepare(cast, {}, {})
    added = actions.add_task(issue.pk, {"title": "Việc thêm"}, by=cast.officer, at=at(5))
    dropped = issue.tasks.get(position=1)

    actions.drop_task(dropped.pk, by=cast.officer, at=at(5))
    actions.issue_tasks(issue.pk, by=cast.leader, at=at(5))

    assert added.position == 3
    assert Task.objects.count() == 3
    assert set(Assignment.objects.values_list("task__title", flat=True)) == {"Việc 2", "Việc thêm"}
    assert Act.objects.filter(verb="task.dropped").count() == 1


def test_dropped_task_may_be_taken_in_again():
    cast = Cast()
    issue = prepare(cast)
    task = issue.tasks.get()
    actions.drop_task(task.pk, by=cast.officer, at=at(5))

    actions.drop_task(task.pk, dropped=False, by=cast.officer, at=at(5))

    assert actions.issue_tasks(issue.pk, by=cast.leader, at=at(5)).count == 5


# --- submit and return


def test_submitting_tells_the_leaders_and_returning_tells_the_officers():
    cast = Cast()
    issue = prepare(cast)

    actions.submit_issue(issue.pk, by=cast.officer, at=at(5))
    assert told("issue_submitted") == {cast.leader}

    actions.return_issue(issue.pk, reason="Thiếu cơ quan chủ trì", by=cast.leader, at=at(6))
    assert told("issue_returned") == {cast.officer}
    issue.refresh_from_db()
    assert (issue.state, issue.returned_reason) == (Issue.State.RETURNED, "Thiếu cơ quan chủ trì")

    again = actions.submit_issue(issue.pk, by=cast.officer, at=at(7))
    assert (again.state, again.returned_reason) == (Issue.State.SUBMITTED, "")


def told(kind: str) -> set:
    rows = Notice.objects.filter(kind=kind).select_related("post")
    return {holding.account for row in rows for holding in row.post.holdings.select_related("account")}


def test_returning_needs_a_reason_and_something_submitted():
    cast = Cast()
    issue = prepare(cast)

    with pytest.raises(Refused):
        actions.return_issue(issue.pk, reason="Thiếu", by=cast.leader, at=at(5))
    actions.submit_issue(issue.pk, by=cast.officer, at=at(5))
    with pytest.raises(ValidationError):
        actions.return_issue(issue.pk, reason="  ", by=cast.leader, at=at(5))


def test_what_lies_with_the_leader_is_no_longer_the_officers():
    cast = Cast()
    issue = prepare(cast)
    task = issue.tasks.get()
    actions.submit_issue(issue.pk, by=cast.officer, at=at(5))

    for attempt in (
        lambda by: actions.change_task(task.pk, {"title": "Khác"}, by=by, at=at(6)),
        lambda by: actions.drop_task(task.pk, by=by, at=at(6)),
        lambda by: actions.add_task(issue.pk, {"title": "Khác"}, by=by, at=at(6)),
        lambda by: actions.change_issue(issue.pk, selection="children", by=by, at=at(6)),
    ):
        with pytest.raises(Refused):
            attempt(cast.officer)
        attempt(cast.leader)


# --- issue

NOT_READY = {
    "no task but a dropped one": ([], {}),
    "no lead": ([{"selection": "children - children"}], {}),
    "one product with several leads": ([{"mode": "joint"}], {}),
    "one product with several leads by the issue's selection": ([{"mode": "joint"}], {"selection": "children"}),
}


@pytest.mark.parametrize("tasks, fields", NOT_READY.values(), ids=list(NOT_READY))
def test_what_is_not_ready_is_neither_submitted_nor_issued(tasks, fields):
    cast = Cast()
    issue = prepare(cast, *tasks, **fields)
    if not tasks:
        actions.drop_task(issue.tasks.get().pk, by=cast.officer, at=at(4))
    before = footprint()

    with pytest.raises(ValidationError):
        actions.submit_issue(issue.pk, by=cast.officer, at=at(5))
    with pytest.raises(ValidationError):
        actions.issue_tasks(issue.pk, by=cast.leader, at=at(5))

    assert footprint() == before


def test_officer_issues_only_by_a_post_with_that_power_and_a_paper_with_authority():
    cast = Cast()
    issue = prepare(cast)
    with pytest.raises(Refused):
        actions.issue_tasks(issue.pk, by=cast.officer, at=at(5))
    Post.objects.filter(holdings__account=cast.officer).update(may_issue=True)
    issue.document.signer_name = ""
    issue.document.save()
    with pytest.raises(Refused):
        actions.issue_tasks(issue.pk, by=cast.officer, at=at(5))
    assert not Assignment.objects.exists()

    issue.document.signer_name = "Người Ký"
    issue.document.save()
    issued = actions.issue_tasks(issue.pk, by=cast.officer, at=at(5))

    assert (issued.issued_by, issued.count) == (cast.officer, 5)


def test_issue_is_one_act_with_selection_count_and_a_digest_of_who_got_what():
    cast = Cast()
    issue = prepare(cast, {}, {"selection": "unit:K.B"}, {})

    issued = actions.issue_tasks(issue.pk, by=cast.leader, at=at(5))

    act = Act.objects.get(verb="issue.issued")
    assert (act.selection, act.count, act.pk) == ("grassroots", 11, issued.act)
    assert set(Assignment.objects.values_list("act", flat=True)) == {act.pk}
    first, second, third = (task.pk for task in issue.tasks.order_by("position"))
    units = ",".join(str(unit.pk) for unit in sorted(cast.tree.grassroots, key=lambda unit: unit.pk))
    lines = f"{first},{third};{units}\n{second};{cast.tree.north.pk}\n"
    assert act.digest == issued.digest == hashlib.sha256(lines.encode()).hexdigest()
    assert recount() == []


def test_issue_twice_is_refused_and_gives_once():
    cast = Cast()
    issue = make_issue(cast)
    before = footprint()

    with pytest.raises(Refused):
        actions.issue_tasks(issue.pk, by=cast.leader, at=at(5))

    assert footprint() == before


@pytest.mark.parametrize(
    "rule, expected",
    [
        ("by_level", {"K.B.1": "K.B", "K.B.2": "K.B", "K.N.1": "K.N", "K.N.2": "K.N", "K.T": "K"}),
        ("assigner", {"K.B.1": "K", "K.B.2": "K", "K.N.1": "K", "K.N.2": "K", "K.T": "K"}),
    ],
)
def test_who_approves_is_fixed_at_issue_by_level_or_the_assigner(rule, expected):
    cast = Cast()

    make_issue(cast, [{"answer_rule": rule}])

    rows = Assignment.objects.values_list("unit__present__code", "answers_to__present__code")
    assert dict(rows) == expected


def test_by_level_goes_to_the_direct_subordinate_however_deep_the_holder_and_elsewhere_to_the_assigner():
    cast = Cast()
    make_unit(cast.tree.north1, kind="cell", code="K.B.1.C")
    make_unit(make_unit(code="X"), code="X.1")

    make_issue(cast, selection="unit:K.B.1.C + unit:X.1 + unit:K.B + unit:K")

    rows = dict(Assignment.objects.values_list("unit__present__code", "answers_to__present__code"))
    assert rows == {"K.B.1.C": "K.B", "X.1": "K", "K.B": "K", "K": "K"}


def test_co_ordinating_units_of_one_product_have_parts_and_of_copies_watches():
    cast = Cast()
    words = "unit:K.B.1 + unit:K.N.1"

    make_issue(
        cast,
        [
            {"mode": "joint", "selection": "unit:K.B.1", "coordinating_selection": words},
            {"selection": "unit:K.B.2", "coordinating_selection": words},
        ],
    )

    rows = Share.objects.order_by("pk").values_list(
        "kind", "unit__present__code", "due_on", "assignment__unit__present__code"
    )
    assert sorted(rows, key=str) == [
        ("part", "K.N.1", DUE, "K.B.1"),
        ("watch", "K.B.1", None, None),
        ("watch", "K.N.1", None, None),
    ]
    assert Assignment.objects.count() == 2


def test_issue_tells_focal_points_and_cell_secretaries_of_the_units_selected():
    cast = Cast()
    secretary = make_holder(cast.tree.north2, Role.SECRETARY)
    make_holder(cast.tree.office, Role.FOCAL)

    make_issue(cast, [{}, {}])

    assert told("tasks_issued") == {*cast.focal.values(), secretary}
    notice = Notice.objects.filter(kind="tasks_issued").first()
    assert notice.params["count"] == 2 and notice.act == Act.objects.get(verb="issue.issued").pk


def test_issue_costs_the_same_number_of_statements_for_one_unit_and_for_all():
    cast = Cast()
    costs = []
    for words in ("unit:K.B.1", "grassroots"):
        issue = prepare(cast, selection=words)
        with CaptureQueriesContext(connection) as queries:
            actions.issue_tasks(issue.pk, by=cast.leader, at=at(5))
        costs.append(len(queries))

    assert abs(costs[0] - costs[1]) <= 1


# --- what recurs


def test_next_occurrence_goes_to_those_who_held_the_one_before_and_stand_and_were_not_withdrawn():
    cast = Cast()
    issue = make_issue(cast, [{"recurrence": "month", "due_day": 20}])
    bring(cast, assignment_of(issue, cast.tree.north1), "withdrawn")
    Unit.objects.filter(pk=cast.tree.south2.pk).update(closed_on=date(2017, 1, 20))
    acts = Act.objects.count()

    opened = actions.open_occurrences(on=date(2017, 2, 1), at=at(1, 2))

    rows = Assignment.objects.filter(occurrence=1).select_related("unit__present")
    assert opened == rows.count() == 3
    assert {row.unit.code for row in rows} == {"K.T", "K.B.2", "K.N.1"}
    assert {(row.due_on, row.first_due_on, row.issued_on, row.state) for row in rows} == {
        (date(2017, 2, 20), date(2017, 2, 20), date(2017, 2, 1), "assigned")
    }
    assert Act.objects.count() == acts + 1
    assert Act.objects.latest("pk").verb == "task.recurred"
    assert recount() == []


def test_occurrences_missed_while_nothing_ran_are_all_opened_each_on_its_own_day():
    cast = Cast()
    make_issue(cast, [{"recurrence": "month"}], selection="unit:K.B.1")

    assert actions.open_occurrences(on=date(2017, 4, 10), at=at(10, 4)) == 3
    assert actions.open_occurrences(on=date(2017, 4, 10), at=at(10, 4)) == 0

    rows = Assignment.objects.order_by("occurrence").values_list("issued_on", "due_on")
    assert list(rows)[1:] == [
        (date(2017, month, 1), date(2017, month + 1, 1) - timedelta(days=1)) for month in (2, 3, 4)
    ]


def test_task_that_happens_once_opens_nothing():
    cast = Cast()
    make_issue(cast)

    assert actions.open_occurrences(on=date(2030, 1, 1), at=at(1, 1, 2030)) == 0
