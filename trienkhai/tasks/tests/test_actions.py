"""What holds for every action: one act, notices to the right posts, wrong input refused, nothing left by a failure."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.documents.models import StoredFile
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import NOON, make_account, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Evidence, ProgressReport, State, StateSpan, Tally
from trienkhai.tasks.tests.make import DUE, at
from trienkhai.tasks.tests.play import LATER_DUE, footprint, reread
from trienkhai.tasks.tests.stage import ACTIONS, BY_ITSELF, EVERYTHING, Stage, single

pytestmark = pytest.mark.django_db


ACTS = {"give_items": 2}
"""More than one where two things come about: items are given on a sheet of tasks, whose preparing is an act too."""


def told(kind: str) -> set[Account]:
    posts = Notice.objects.filter(kind=kind).values("post")
    return {holding.account for holding in Holding.objects.filter(post__in=posts).select_related("account")}


def test_every_action_has_its_line_here():
    assert set(ACTIONS) == set(actions.__all__)


@pytest.mark.parametrize("name", ACTIONS)
def test_action_leaves_exactly_one_act_that_names_who_by_which_post_and_when(name):
    act_of = ACTIONS[name](Stage())
    before = Act.objects.count()

    act_of()

    assert Act.objects.count() == before + ACTS.get(name, 1)
    act = Act.objects.latest("pk")
    assert act.actor_name and act.unit_path
    assert act.at in (at(9), at(1, 2))
    if name not in BY_ITSELF:
        assert act.holding_id and act.post_label and act.actor_id


@pytest.mark.parametrize("name", ACTIONS)
def test_action_inside_a_transaction_that_fails_leaves_nothing(name):
    act_of = ACTIONS[name](Stage())
    before = footprint()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        act_of()
        raise ZeroDivisionError

    assert footprint() == before


# --- what people write


@pytest.mark.parametrize("percent", [-1, 101])
def test_share_done_lies_between_nothing_and_all(percent):
    stage = Stage()
    pk = stage.at_state("acknowledged")
    before = footprint()

    with pytest.raises(ValidationError) as fault:
        actions.update_progress(pk, percent=percent, text="Làm", by=stage.focal, at=at(9))

    assert list(fault.value.message_dict) == ["percent"]
    assert footprint() == before


@pytest.mark.parametrize("percent", [0, 100])
def test_share_done_may_be_nothing_or_all_without_claiming_completion(percent):
    stage = Stage()

    actions.update_progress(stage.at_state("acknowledged"), percent=percent, text="Làm", by=stage.focal, at=at(9))

    after = reread(stage.row)
    assert (after.state, after.percent) == (State.IN_PROGRESS, percent)


EMPTY = {
    "update": lambda pk, s: actions.update_progress(pk, percent=5, text=" \n", by=s.focal, at=at(9)),
    "submit": lambda pk, s: actions.submit_report(pk, text="", by=s.focal, at=at(9)),
    "several": lambda pk, s: actions.report_several(EVERYTHING(), text=" ", selection="x", by=s.focal, at=at(9)),
    "return": lambda pk, s: actions.return_report(pk, reason=" ", by=s.cast.north_leader, at=at(9)),
    "return all": lambda pk, s: actions.return_matching(
        EVERYTHING(), selection="x", reason="", by=s.cast.north_leader, at=at(9)
    ),
    "pause": lambda pk, s: actions.pause(pk, reason="", by=s.cast.leader, at=at(9)),
    "withdraw": lambda pk, s: actions.withdraw(pk, reason=" ", by=s.cast.leader, at=at(9)),
    "extend": lambda pk, s: actions.extend(pk, LATER_DUE, reason="", by=s.cast.leader, at=at(9)),
    "reopen": lambda pk, s: actions.reopen(pk, reason="", by=s.cast.north_leader, at=at(9)),
    "part": lambda pk, s: actions.answer_part(s.part.pk, answer=" ", by=s.cast.focal[s.cast.tree.south1.pk], at=at(9)),
}


@pytest.mark.parametrize("verb", EMPTY)
def test_empty_words_are_refused(verb):
    stage = Stage()
    states = {"return": "submitted", "return all": "submitted", "reopen": "done"}
    pk = stage.at_state(states.get(verb, "acknowledged"))
    before = footprint()

    with pytest.raises(ValidationError):
        EMPTY[verb](pk, stage)

    assert footprint() == before


@pytest.mark.parametrize("day", [DUE, date(2017, 6, 29)], ids=["the present day", "an earlier day"])
def test_extension_to_no_later_day_is_refused(day):
    stage = Stage()
    before = footprint()

    with pytest.raises(ValidationError):
        actions.extend(stage.row.pk, day, reason="Dài", by=stage.cast.leader, at=at(9))

    assert footprint() == before


def test_extension_of_what_is_overdue_to_a_day_that_has_passed_is_refused():
    stage = Stage()

    with pytest.raises(ValidationError):
        actions.extend(stage.row.pk, date(2017, 7, 15), reason="Dài", by=stage.cast.leader, at=at(1, 8))

    assert actions.extend(stage.row.pk, at(1, 8).date(), reason="Dài", by=stage.cast.leader, at=at(1, 8))


def test_same_form_sent_again_has_one_effect():
    stage = Stage()
    pk = stage.at_state("acknowledged")
    send = {"text": "Làm", "by": stage.focal, "at": at(9)}

    updates = [actions.update_progress(pk, percent=30, token="a", **send) for _turn in range(2)]
    reports = [actions.submit_report(pk, token="b", **send) for _turn in range(2)]

    assert updates[0] == updates[1] and reports[0] == reports[1]
    assert ProgressReport.objects.filter(assignment=pk).count() == 2
    assert Act.objects.filter(verb="report.submitted", target_id=pk).count() == 1


def test_report_keeps_its_words_the_post_and_its_evidence():
    stage = Stage()
    values = {"sha256": "0" * 64, "name": "kq.pdf", "media_type": "application/pdf", "size": 1, "path": "00/x"}
    file = StoredFile.objects.create(owner=stage.cast.tree.north1, stored_at=NOON, **values)

    report = actions.submit_report(
        stage.at_state("acknowledged"),
        text=" Đã xong ",
        bottleneck="Kinh phí",
        proposal="Cấp thêm",
        files=[file],
        by=stage.focal,
        at=at(9),
    )

    assert (report.text, report.bottleneck, report.proposal, report.percent) == ("Đã xong", "Kinh phí", "Cấp thêm", 100)
    assert report.on == at(9).date() and "Đảng bộ Bắc Một" in report.post_label
    assert Evidence.objects.get(report=report).file == file


def test_second_update_keeps_the_state_and_the_day_it_began():
    stage = Stage()
    pk = stage.at_state("in_progress")
    spans = StateSpan.objects.count()

    actions.update_progress(pk, percent=70, text="Gần xong", by=stage.focal, at=at(9))

    after = reread(stage.row)
    assert (after.percent, after.since_on) == (70, at(5).date())
    assert StateSpan.objects.count() == spans
    assert after.act == Act.objects.latest("pk").pk


# --- who is told


def test_report_tells_the_leaders_of_the_unit_it_answers_to():
    stage = Stage()
    second = make_holder(stage.cast.tree.north, Role.LEADER)
    make_holder(stage.cast.tree.north, Role.OFFICER)

    single(stage, "submit", "acknowledged")()

    assert told("report_submitted") == {stage.cast.north_leader, second}
    assert Notice.objects.filter(kind="report_submitted").first().act == Act.objects.latest("pk").pk


KINDS = {
    "approve": ("submitted", "report_approved"),
    "return": ("submitted", "report_returned"),
    "pause": ("assigned", "assignment_paused"),
    "resume": ("paused", "assignment_resumed"),
    "withdraw": ("assigned", "assignment_withdrawn"),
    "extend": ("assigned", "assignment_extended"),
    "reopen": ("done", "assignment_reopened"),
}


@pytest.mark.parametrize("verb", KINDS)
def test_decision_tells_the_focal_points_and_secretaries_of_the_holder(verb):
    stage = Stage()
    secretary = make_holder(stage.cast.tree.north1, Role.SECRETARY)
    make_holder(stage.cast.tree.north1, Role.CLERK)
    state, kind = KINDS[verb]

    single(stage, verb, state)()

    assert told(kind) == {stage.focal, secretary}


def test_answered_part_tells_the_lead_and_says_when_it_is_late():
    stage = Stage()
    lead = make_holder(stage.cast.tree.north1, Role.LEADER)

    share = actions.answer_part(
        stage.part.pk, answer="Đã góp ý", by=stage.cast.focal[stage.cast.tree.south1.pk], at=at(1, 7)
    )

    assert told("part_answered") == {stage.focal, lead}
    assert share.answered_on == date(2017, 7, 1)
    assert Act.objects.latest("pk").data["late"] is True


def test_part_is_answered_once_and_by_the_co_ordinating_unit_alone():
    stage = Stage()
    right = stage.cast.focal[stage.cast.tree.south1.pk]

    for person in (stage.focal, stage.cast.leader, stage.cast.south_leader, make_account()):
        with pytest.raises(Refused):
            actions.answer_part(stage.part.pk, answer="Đã góp ý", by=person, at=at(9))
    actions.answer_part(stage.part.pk, answer="Đã góp ý", by=right, at=at(9))
    with pytest.raises(Refused):
        actions.answer_part(stage.part.pk, answer="Lần nữa", by=right, at=at(9))


def test_person_who_answers_for_it_is_named_and_taken_back():
    stage = Stage()

    actions.name_person(stage.row.pk, stage.focal, by=stage.focal, at=at(9))
    assert reread(stage.row).person == stage.focal
    actions.name_person(stage.row.pk, None, reason="Chuyển công tác", by=stage.focal, at=at(9))

    assert reread(stage.row).person is None
    data = Act.objects.latest("pk").data
    assert (data["old"], data["new"]) == (stage.focal.pk, None)


# --- many at once


def test_bulk_act_says_by_which_post_how_many_which_and_in_which_words():
    stage = Stage()

    done = actions.acknowledge_all(EVERYTHING(), selection="mọi việc mới", by=stage.focal, at=at(9))

    act = Act.objects.latest("pk")
    rows = Assignment.objects.filter(held_by=stage.cast.tree.north1)
    assert done == act.count == rows.count() == 2
    assert (act.selection, act.verb, len(act.digest)) == ("mọi việc mới", "assignment.acknowledged", 64)
    assert "Đảng bộ Bắc Một" in act.post_label
    assert set(rows.values_list("act", "state")) == {(act.pk, State.ACKNOWLEDGED)}


def test_bulk_takes_only_what_is_the_persons_own_and_matches():
    stage = Stage()

    with pytest.raises(Refused):
        actions.acknowledge_all(
            Assignment.objects.filter(held_by=stage.cast.tree.south1), selection="x", by=stage.focal, at=at(9)
        )
    with pytest.raises(Refused):
        actions.report_several(EVERYTHING(), text="Đã xong", selection="x", by=stage.focal, at=at(9))

    assert set(Assignment.objects.values_list("state", flat=True)) == {State.ASSIGNED}


def test_bulk_leaves_out_rows_whose_state_began_on_a_later_day():
    stage = Stage()
    Assignment.objects.filter(pk=stage.row.pk).update(since_on=at(15).date())

    assert actions.acknowledge_all(EVERYTHING(), selection="x", by=stage.focal, at=at(9)) == 1

    assert reread(stage.row).state == State.ASSIGNED


def test_bulk_approval_leaves_the_own_reports_to_somebody_else_and_names_the_post_of_the_one_who_decides():
    stage = Stage()
    make_holder(stage.cast.tree.north1, Role.FOCAL, account=stage.cast.north_leader)
    pk = stage.at_state("acknowledged")
    actions.submit_report(pk, text="Đã xong", by=stage.cast.north_leader, at=at(6))

    with pytest.raises(Refused):
        actions.approve_matching(EVERYTHING(), selection="x", by=stage.cast.north_leader, at=at(9))
    assert actions.approve_matching(EVERYTHING(), selection="x", by=stage.cast.leader, at=at(9)) == 1

    act = Act.objects.latest("pk")
    assert act.holding_id and "Đảng bộ Khối Thử" in act.post_label


def test_bulk_return_keeps_the_reason_on_every_report():
    stage = Stage()
    actions.acknowledge_all(EVERYTHING(), selection="x", by=stage.focal, at=at(5))
    actions.report_several(EVERYTHING(), text="Đã xong", selection="x", by=stage.focal, at=at(6))

    done = actions.return_matching(
        EVERYTHING(), selection="x", reason="Thiếu minh chứng", by=stage.cast.north_leader, at=at(9)
    )

    reports = ProgressReport.objects.all()
    assert done == reports.count() == 2
    assert {(report.state, report.decision, report.decided_by_id) for report in reports} == {
        ("returned", "Thiếu minh chứng", stage.cast.north_leader.pk)
    }
    assert not Tally.objects.filter(submitted__gt=0).exists()


def test_one_approval_takes_at_most_fourteen_statements_with_its_transaction():
    stage = Stage()
    pk = stage.at_state("submitted")

    leader = Account.objects.get(pk=stage.cast.north_leader.pk)

    with CaptureQueriesContext(connection) as queries:
        actions.approve(pk, by=leader, at=at(9))

    assert len(queries) <= 14, [query["sql"] for query in queries]


@pytest.mark.parametrize(
    ("verb", "state", "most"),
    [
        ("acknowledge", "assigned", 9),
        ("submit", "acknowledged", 12),  # one more: does the task need a proof
        ("approve", "submitted", 11),
        ("extend", "assigned", 10),
    ],
)
def test_verb_reads_what_it_needs_at_once(verb, state, most):
    """A column left out of the locked row, and asked for afterwards, would be one statement more."""
    act_of = single(Stage(), verb, state)
    locking = connection.vendor == "postgresql"

    with CaptureQueriesContext(connection) as captured:
        act_of()

    own = [row for row in captured if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(own) <= most + locking - 1
