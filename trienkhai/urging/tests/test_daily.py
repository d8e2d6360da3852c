"""The daily run: whom it tells when, when it waits, what it never does twice."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.common.days import OPEN_END
from trienkhai.notices.models import Notice
from trienkhai.notices.wording import sentence
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Focus
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_issue
from trienkhai.urging.actions import urge
from trienkhai.urging.models import Run, Silence, Urge
from trienkhai.urging.tests.make import play, set_holidays, set_ladder, told

pytestmark = pytest.mark.django_db
BEGIN, END = date(2017, 6, 1), date(2017, 7, 20)


@pytest.fixture
def cast() -> Cast:
    """One duty for north1, due on Friday 30 June; its head, and no silence."""
    return Cast()


def given(cast: Cast, **task) -> Assignment:
    row = assignment_of(make_issue(cast, [task], selection="unit:K.B.1"), cast.tree.north1)
    actions.acknowledge(row.pk, by=cast.holder_of(row), at=at(1, 6))
    return Assignment.objects.select_related("task").get(pk=row.pk)


def steps(assignment: Assignment) -> list[tuple[date, str]]:
    rows = Urge.objects.filter(assignment=assignment).order_by("run__on", "step")
    return [(row.run.on, row.step) for row in rows.select_related("run")]


def test_ladder_climbs_from_the_holder_to_the_assigner(cast):
    head = make_holder(cast.tree.north1, Role.LEADER)
    row = given(cast)

    play(BEGIN, END)

    assert steps(row) == [
        (date(2017, 6, 21), "holder-7"),
        (date(2017, 6, 27), "holder-3"),
        (DUE, "holder+0"),
        (date(2017, 7, 4), "head+2"),
        (date(2017, 7, 7), "above+5"),
        (date(2017, 7, 14), "assigner+10"),
    ]
    tree = cast.tree
    assert [(kind, unit) for _day, kind, unit in told(kind__startswith="urge")] == [
        *[("urge_holder", tree.north1.pk)] * 3,
        ("urge_head", tree.north1.pk),
        ("urge_above", tree.north.pk),
        *[("urge_assigner", tree.bloc.pk)] * 2,
    ]
    assert Notice.objects.get(kind="urge_head").post.holdings.get().account == head
    words = [sentence(notice) for notice in Notice.objects.filter(kind__startswith="urge").order_by("pk")]
    assert words[0] == "Đến hạn ngày 30/06/2017: Việc 1" or words[0] == "Due on 30/06/2017: Việc 1"
    assert all("%(" not in text and "–" not in text for text in words)


def test_holidays_move_the_steps(cast):
    set_holidays(2017, date(2017, 6, 28), date(2017, 6, 29))
    row = given(cast)

    play(BEGIN, END)

    assert dict((step, day) for day, step in steps(row))["holder-3"] == date(2017, 6, 23)


def test_a_day_is_run_once_and_is_one_act_with_its_counts(cast):
    given(cast)
    before, day = Act.objects.count(), date(2017, 6, 27)

    results = [urge(on=day, at=moment(day, hour)) for hour in (7, 8, 9)]

    assert results == [1, None, None]
    act = Act.objects.exclude(verb="report").order_by("pk")[before]
    assert Act.objects.count() == before + 1
    assert (act.verb, act.count, act.data["steps"], len(act.digest)) == ("urging.run", 1, ["holder-3: 1"], 64)
    assert Run.objects.get().act == act.pk
    assert set(Notice.objects.filter(kind="urge_holder").values_list("act", flat=True)) == {act.pk}


def test_nobody_is_urged_on_a_day_off_or_for_a_day_before_the_last_run(cast):
    given(cast)
    saturday = date(2017, 6, 24)

    assert urge(on=saturday, at=moment(saturday)) is None
    assert urge(on=date(2017, 6, 27), at=at(27, 6)) == 1
    assert urge(on=date(2017, 6, 26), at=at(27, 6)) is None
    assert Run.objects.count() == 1


def test_missed_days_are_caught_up_without_reminders_that_are_past_their_sense(cast):
    row = given(cast)

    urge(on=date(2017, 6, 28), at=at(28, 6))
    urge(on=date(2017, 7, 10), at=at(10, 7))

    assert [step for _day, step in steps(row)] == ["holder-3", "above+5", "head+2"]


def test_work_given_after_a_step_had_come_is_not_reminded_of_it(cast):
    row = assignment_of(make_issue(cast, [{}], selection="unit:K.B.1", when=at(28, 6)), cast.tree.north1)

    play(date(2017, 6, 28), DUE)

    assert steps(row) == [(DUE, "holder+0")]


def test_ladder_waits_for_an_open_request_and_goes_on_when_it_is_decided(cast):
    row = given(cast)
    asked = actions.ask(row.pk, kind="adjust", reason="Cần rõ", by=cast.holder_of(row), at=at(26, 6))

    play(date(2017, 6, 26), date(2017, 7, 5))
    assert steps(row) == []
    actions.decide_request(asked.pk, grant=False, answer="Làm tiếp", by=cast.leader, at=at(5, 7, hour=15))
    play(date(2017, 7, 6), date(2017, 7, 7))

    assert steps(row) == [(date(2017, 7, 6), "head+2"), (date(2017, 7, 7), "above+5")]


def test_ladder_waits_while_a_bottleneck_is_the_last_word(cast):
    row = given(cast)
    lan = cast.holder_of(row)
    actions.update_progress(row.pk, percent=10, text="Chờ", bottleneck="Thiếu kinh phí", by=lan, at=at(26, 6))
    play(date(2017, 6, 26), date(2017, 6, 29))
    assert steps(row) == []

    actions.update_progress(row.pk, percent=20, text="Đã có kinh phí", by=lan, at=at(29, 6, hour=15))
    play(DUE, DUE)

    assert steps(row) == [(DUE, "holder+0")]


def test_ladder_waits_while_paused_or_awaiting_approval_and_ends_when_done(cast):
    paused, handed_in, done = (given(cast, title=f"Việc {n}") for n in (1, 2, 3))
    lan = cast.holder_of(paused)
    actions.pause(paused.pk, reason="Chờ", by=cast.leader, at=at(20, 6))
    for row in (handed_in, done):
        actions.submit_report(row.pk, text="Xong", by=lan, at=at(20, 6))
    actions.approve(done.pk, by=cast.north_leader, at=at(21, 6))

    play(date(2017, 6, 20), END)

    assert not Urge.objects.exists()


def test_extension_starts_the_ladder_anew_for_the_new_due_day(cast):
    row = given(cast)
    play(BEGIN, date(2017, 6, 28))
    actions.extend(row.pk, due_on=date(2017, 7, 31), reason="Thêm việc", by=cast.leader, at=at(29, 6))

    play(date(2017, 6, 29), date(2017, 7, 31))

    rows = Urge.objects.filter(assignment=row).order_by("run__on").values_list("due_on", "step")
    assert list(rows) == [
        (DUE, "holder-7"),
        (DUE, "holder-3"),
        (date(2017, 7, 31), "holder-7"),
        (date(2017, 7, 31), "holder-3"),
        (date(2017, 7, 31), "holder+0"),
    ]


def test_work_without_a_deadline_is_never_urged(cast):
    given(cast, due_on=OPEN_END)

    play(BEGIN, END)

    assert not Urge.objects.exists()


def test_several_rows_of_one_unit_make_one_notice_that_leads_to_their_list(cast, client):
    for number in (1, 2, 3):
        given(cast, title=f"Việc {number}")
    play(date(2017, 6, 27), date(2017, 6, 27))

    notice = Notice.objects.get(kind__startswith="urge")
    client.force_login(cast.focal[cast.tree.north1.pk])

    assert (notice.kind, notice.params["count"]) == ("urge_holder_many", 3)
    assert [row["assignment"].task.title for row in client.get(notice.url).context["rows"]] == [
        "Việc 1",
        "Việc 2",
        "Việc 3",
    ]


def test_unit_without_focal_point_is_reminded_through_its_leader(cast):
    leader = make_holder(cast.tree.office, Role.LEADER)
    make_issue(cast, [{}], selection="unit:K.VP")

    play(date(2017, 6, 27), date(2017, 6, 27))

    assert Notice.objects.get(kind="urge_holder").post.holdings.get().account == leader


def test_ladder_of_a_branch_holds_for_what_its_units_give_and_for_nothing_from_above(cast):
    set_ladder({"once": [{"days": -1, "to": "holder"}]}, place=cast.tree.north.path or "")
    from_above = given(cast)
    officer, leader = make_holder(cast.tree.north, Role.OFFICER), cast.north_leader
    document = from_above.task.document
    issue = actions.prepare_issue(
        document,
        cast.tree.north,
        [{"title": "Việc của Bắc", "due_on": DUE}],
        selection="unit:K.B.1",
        by=officer,
        at=at(4),
    )
    actions.issue_tasks(issue.pk, by=leader, at=at(4))
    own = Assignment.objects.get(task__issue=issue)

    play(BEGIN, END)

    assert [step for _day, step in steps(own)] == ["holder-1"]
    assert [step for _day, step in steps(from_above)][:2] == ["holder-7", "holder-3"]


def test_kind_of_duty_has_its_own_ladder(cast):
    focus = Focus.objects.create(unit=cast.tree.bloc, kind="key", title="Trọng điểm", valid_from=date(2017, 1, 1))
    set_ladder(
        {
            "once": [{"days": 0, "to": "holder"}],
            "recurring": [{"days": -2, "to": "holder"}],
            "focus": [{"days": -10, "to": "holder"}],
        }
    )
    plain, key = given(cast, title="Thường"), given(cast, title="Trọng điểm", focus=focus)
    monthly = given(cast, title="Hằng tháng", recurrence="month")

    play(BEGIN, END)

    found = {row.task.title: [step for _day, step in steps(row)] for row in (plain, key)}
    assert found == {"Thường": ["holder+0"], "Trọng điểm": ["holder-10"]}
    assert {step for _day, step in steps(monthly)} <= {"holder-2"}


def test_silent_work_is_told_apart_and_at_most_once_in_its_days(cast):
    row = given(cast, due_on=date(2017, 12, 29))

    play(BEGIN, date(2017, 9, 30))

    days = list(Silence.objects.filter(assignment=row).order_by("told_on").values_list("told_on", flat=True))
    assert len(days) == 3
    assert days[0] == date(2017, 7, 3)  # the first working day after thirty days without a word
    assert all(later - earlier >= timedelta(days=30) for earlier, later in pairwise(days))
    kinds = {kind for _day, kind, unit in told(post__unit=cast.tree.north1)}
    assert kinds == {"silent"}


def test_an_update_ends_the_silence(cast):
    row = given(cast, due_on=date(2017, 12, 29))
    actions.update_progress(row.pk, percent=30, text="Đang làm", by=cast.holder_of(row), at=at(20, 6))

    play(BEGIN, date(2017, 7, 10))

    assert not Silence.objects.filter(assignment=row).exists()
