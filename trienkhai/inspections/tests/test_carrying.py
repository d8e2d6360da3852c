"""The three steps with their limits, working papers, the conclusion, remedies that close only with evidence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import quarantine_document
from trienkhai.documents.models import Document
from trienkhai.inspections import actions
from trienkhai.inspections.models import Finding, Inspection
from trienkhai.inspections.queries.integrity import altered_conclusions, closed_without_proof
from trienkhai.inspections.tests.make import Cast, at, later, upload
from trienkhai.norms.models import Grade, Norm
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.tasks import actions as work
from trienkhai.tasks.models import State
from trienkhai.tasks.tests.make import assignment_of, make_issue

pytestmark = pytest.mark.django_db


def test_it_begins_with_the_usual_outline_a_last_day_and_a_word_to_the_subject():
    cast = Cast()

    row = cast.started()

    step = row.steps.get()
    assert (step.step, step.due_on, step.norm["grade"]) == ("prepare", date(2017, 1, 19), "B")
    assert row.points.count() == 5 and not row.has_due_day
    assert Notice.objects.filter(kind="inspection_begun", post__unit=cast.subject).exists()
    with pytest.raises(Refused):
        actions.start_inspection(row.pk, by=cast.inspector, at=at(5))


@pytest.mark.parametrize("who", ["subject_leader", "north_leader"])
def test_only_the_team_or_a_leader_of_the_unit_works_on_it(who: str):
    cast = Cast()
    row = cast.named()
    with pytest.raises(Refused):
        actions.start_inspection(row.pk, by=getattr(cast, who), at=at(4))


def test_it_does_not_begin_before_its_days_nor_before_the_programme_is_approved():
    cast = Cast()
    item = cast.item(starts_on=date(2017, 2, 1))
    row = actions.add_subject(item.pk, cast.subject, by=cast.inspector, at=NOON)
    with pytest.raises(Refused):
        actions.start_inspection(row.pk, by=cast.inspector, at=at(2, 2))
    cast.approve(item)
    with pytest.raises(Refused, match="01/02/2017"):
        actions.start_inspection(row.pk, by=cast.inspector, at=at(31))

    assert actions.start_inspection(row.pk, by=cast.inspector, at=at(1, 2)).state == "prepare"


def test_a_step_is_extended_by_no_more_than_the_norm_leaves():
    cast = Cast()
    row = cast.started()
    with pytest.raises(Refused):
        actions.extend_step(row.pk, days=1, reason="Chờ tài liệu", by=cast.inspector, at=at(5))

    actions.extend_step(row.pk, days=3, reason="Chờ tài liệu", by=cast.leader, at=at(5))
    with pytest.raises(ValidationError, match="2"):
        actions.extend_step(row.pk, days=3, reason="Nữa", by=cast.leader, at=at(6))
    actions.extend_step(row.pk, days=2, reason="Nữa", by=cast.leader, at=at(6))

    assert row.steps.get().due_on == date(2017, 1, 24)
    with pytest.raises(ValidationError):
        actions.extend_step(row.pk, days=1, reason="Lại nữa", by=cast.leader, at=at(6))


def test_a_thematic_supervision_has_a_last_day_of_the_whole_that_steps_do_not_pass():
    kept = {"source": "Thử", "grade": Grade.OFFICIAL, "valid_from": date(2016, 1, 1)}
    Norm.objects.create(key="inspections.total_days", value={"supervision": {"thematic": 12}}, **kept)
    cast = Cast()
    row = cast.started(kind="supervision", manner="thematic")
    assert row.due_on == date(2017, 1, 16) and row.steps.get().due_on == date(2017, 1, 14)

    actions.go_on(row.pk, by=cast.inspector, at=at(14))
    step = row.steps.get(step="conduct")
    assert step.due_on == date(2017, 1, 16)
    with pytest.raises(ValidationError):
        actions.extend_step(row.pk, days=5, reason="Chờ", by=cast.leader, at=at(15))
    actions.extend_step(row.pk, days=4, reason="Chờ", by=cast.leader, at=at(15))
    row.refresh_from_db()
    assert row.due_on == date(2017, 1, 20)


def test_a_step_without_a_norm_has_no_last_day_and_nothing_to_extend():
    Norm.objects.filter(key="inspections.step_days", valid_from__lt=date(2017, 1, 1)).update(valid_to=date(2017, 1, 1))
    cast = Cast()
    row = cast.started()

    assert not row.steps.get().has_due_day
    with pytest.raises(Refused):
        actions.extend_step(row.pk, days=1, reason="Chờ", by=cast.leader, at=at(5))


def test_every_point_is_looked_into_before_a_conclusion_is_drawn():
    cast = Cast()
    row = cast.conducted()
    point = row.points.order_by("position")[0]
    with pytest.raises(ValidationError):
        actions.tell_point(point.pk, result="unmet", note_text=" ", by=cast.inspector, at=at(6))
    with pytest.raises(ValidationError):
        actions.tell_point(point.pk, result="guilty", note_text="x", by=cast.inspector, at=at(6))
    actions.tell_point(point.pk, result="unmet", note_text="Chưa phân công", by=cast.inspector, at=at(6))
    with pytest.raises(Refused, match="4"):
        actions.go_on(row.pk, by=cast.inspector, at=at(6))
    with pytest.raises(Refused):
        actions.remove_point(point.pk, by=cast.inspector, at=at(6))


def test_files_stand_beside_points_and_findings_and_a_wrong_one_is_refused():
    cast = Cast()
    row = cast.conducted()
    finding, point = cast.find(row), row.points.order_by("position")[0]

    actions.add_proof(upload(), finding_id=finding.pk, not_secret=True, by=cast.inspector, at=at(6))
    actions.add_proof(upload(), point_id=point.pk, not_secret=True, by=cast.inspector, at=at(6))

    for file, declared in ((upload(), True), (upload(text="khác"), False), (upload(name="virus.exe"), True)):
        with pytest.raises(ValidationError):
            actions.add_proof(file, finding_id=finding.pk, not_secret=declared, by=cast.inspector, at=at(6))
    assert (finding.proofs.count(), point.proofs.count()) == (1, 1)
    actions.remove_finding(finding.pk, by=cast.inspector, at=at(6))
    assert not Finding.objects.exists()


def test_the_conclusion_is_issued_by_a_leader_and_never_changes():
    cast = Cast()
    row = cast.written()
    with pytest.raises(Refused):
        actions.conclude_inspection(row.pk, by=cast.inspector, at=at(10))

    actions.conclude_inspection(row.pk, by=cast.leader, at=at(10))

    assert Notice.objects.filter(kind="inspection_concluded", post__unit=cast.subject).exists()
    for act in (
        lambda: cast.find(row, "Nữa"),
        lambda: actions.write_conclusion(row.pk, text="Khác", follower=cast.inspector.pk, by=cast.inspector, at=at(11)),
        lambda: actions.drop_inspection(row.pk, reason="Thôi", by=cast.leader, at=at(11)),
    ):
        with pytest.raises(Refused):
            act()
    assert list(altered_conclusions()) == []
    Inspection.objects.filter(pk=row.pk).update(conclusion="Đã sửa")
    assert list(altered_conclusions()) == [row.pk]


def test_a_follower_is_of_the_team():
    cast = Cast()
    row = cast.written()
    with pytest.raises(ValidationError):
        actions.write_conclusion(row.pk, text="x", follower=cast.leader.pk, by=cast.inspector, at=at(9))


def test_findings_become_tasks_of_one_document_in_one_act():
    cast = Cast()
    row = cast.concluded()
    with pytest.raises(Refused):
        actions.give_remedies(row.pk, not_secret=True, by=cast.inspector, at=at(11))
    with pytest.raises(ValidationError):
        actions.give_remedies(row.pk, not_secret=False, by=cast.officer, at=at(11))

    rows = cast.given(row)

    document = Document.objects.get(doc_type="Kết luận")
    row.refresh_from_db()
    assert row.paper == document and [one.held_by for one in rows] == [cast.subject]
    assert rows[0].due_on == date(2017, 3, 31) and rows[0].task == row.findings.get().task
    with pytest.raises(Refused):
        actions.give_remedies(row.pk, not_secret=True, by=cast.officer, at=at(11))


def test_a_finding_whose_day_is_past_gets_another_before_the_conclusion_is_issued():
    cast = Cast()
    row = cast.written()
    past = cast.find(row, "Chậm", due_on=date(2017, 1, 9))
    with pytest.raises(Refused, match="2"):
        actions.conclude_inspection(row.pk, by=cast.leader, at=at(10))

    words = {"text": past.text, "remedy": past.remedy, "due_on": date(2017, 1, 12)}
    actions.change_finding(past.pk, **words, by=cast.inspector, at=at(10))

    assert actions.conclude_inspection(row.pk, by=cast.leader, at=at(10)).is_concluded


def test_findings_whose_day_passed_before_they_are_given_get_another_the_others_keep_theirs():
    cast = Cast()
    row = cast.written()
    past = cast.find(row, "Chậm", due_on=date(2017, 1, 12))
    actions.conclude_inspection(row.pk, by=cast.leader, at=at(10))
    given = {"not_secret": True, "by": cast.officer, "at": at(16)}
    for days in ({}, {past.pk: date(2017, 1, 13)}):
        with pytest.raises(ValidationError) as fault:
            actions.give_remedies(row.pk, days=days, **given)
        assert list(fault.value.message_dict) == [f"day_{past.pk}"]
    assert not row.findings.exclude(task=None).exists()

    actions.give_remedies(row.pk, days={past.pk: date(2017, 1, 31)}, **given)

    days = list(row.findings.order_by("position").values_list("due_on", "task__due_on"))
    assert days == [(date(2017, 3, 31), date(2017, 3, 31)), (date(2017, 1, 31), date(2017, 1, 31))]
    assert list(altered_conclusions()) == []


def test_each_task_bears_the_clause_of_its_own_finding():
    cast = Cast()
    row = cast.examined()
    gone = cast.find(row, "Ghi nhầm")
    kept = [cast.find(row, "Thiếu bảng theo dõi"), cast.find(row, "Báo cáo chậm")]
    actions.remove_finding(gone.pk, by=cast.inspector, at=at(7))
    actions.go_on(row.pk, by=cast.inspector, at=at(9))
    said = "Kết quả:\n1. Ưu điểm: có phân công.\n2. Hạn chế: còn chậm.\n3. Nguyên nhân: thiếu người."
    actions.write_conclusion(row.pk, text=said, follower=cast.inspector.pk, by=cast.inspector, at=at(9))
    actions.conclude_inspection(row.pk, by=cast.leader, at=at(10))

    actions.give_remedies(row.pk, not_secret=True, by=cast.officer, at=at(11))

    for finding in kept:
        finding.refresh_from_db()
        clause = finding.task.clauses.select_related("text").get()
        assert finding.text in clause.text.text[clause.start : clause.end]


@pytest.mark.parametrize("way", ["left out", "withdrawn"])
def test_a_remedy_whose_task_was_left_out_or_withdrawn_is_given_again(way: str):
    cast = Cast()
    row = cast.concluded()
    if way == "withdrawn":
        (task,) = cast.given(row)
        first = task.task
        with pytest.raises(Refused):
            actions.give_remedies(row.pk, not_secret=True, by=cast.officer, at=at(12))
        work.withdraw(task.pk, reason="Giao nhầm", by=cast.leader, at=at(12))
    else:
        actions.give_remedies(row.pk, not_secret=True, by=cast.officer, at=at(11))
        first = row.findings.get().task
        work.drop_task(first.pk, by=cast.officer, at=at(11))

    issue = actions.give_remedies(row.pk, not_secret=True, by=cast.officer, at=at(12))
    work.issue_tasks(issue.pk, by=cast.leader, at=at(12))

    finding = row.findings.get()
    assert finding.task != first
    cast.remedied(finding.task.assignments.get())
    assert actions.accept_remedy(finding.pk, by=cast.inspector, at=at(17)).closed_on


def test_who_wrote_the_conclusion_does_not_issue_it_the_next_above_does_when_nobody_else_is_there():
    cast = Cast()
    row = cast.written()
    kept = {"text": "Của lãnh đạo", "follower": cast.inspector.pk, "at": at(9)}
    actions.write_conclusion(row.pk, by=cast.leader, **kept)
    with pytest.raises(Refused):
        actions.conclude_inspection(row.pk, by=cast.leader, at=at(10))
    second = make_holder(cast.bloc, Role.LEADER)

    assert actions.conclude_inspection(row.pk, by=second, at=at(10)).concluded_by == second


def test_who_reported_the_remedy_does_not_accept_it():
    cast = Cast()
    row = cast.concluded()
    (task,) = cast.given(row)
    make_holder(cast.bloc, Role.LEADER, account=cast.focal[task.held_by_id])
    cast.remedied(task)
    reporter = cast.focal[task.held_by_id]
    with pytest.raises(Refused):
        actions.accept_remedy(row.findings.get().pk, by=reporter, at=at(17))

    assert actions.accept_remedy(row.findings.get().pk, by=cast.leader, at=at(17)).closed_on


def test_a_remedy_is_not_reported_complete_without_a_file():
    cast = Cast()
    (task,) = cast.given(cast.concluded())

    with pytest.raises(ValidationError) as fault:
        cast.report(task, proved=False)
    with pytest.raises(ValidationError):
        by, rows = cast.focal[task.held_by_id], type(task).objects.filter(pk=task.pk)
        work.report_several(rows, text="Xong", selection="một", by=by, at=at(13))

    assert list(fault.value.message_dict) == ["evidence"]
    task.refresh_from_db()
    assert task.state == State.ACKNOWLEDGED


def test_other_work_is_reported_without_a_file_as_before():
    cast = Cast()
    row = assignment_of(make_issue(cast), cast.subject)

    cast.report(row, proved=False)

    row.refresh_from_db()
    assert row.state == State.SUBMITTED


def test_a_finding_is_open_until_its_remedy_is_done_approved_and_accepted():
    cast = Cast()
    row = cast.concluded()
    finding = row.findings.get()
    for wanted in ("task", "issued"):
        with pytest.raises(Refused):
            actions.accept_remedy(finding.pk, by=cast.inspector, at=at(11))
        if wanted == "task":
            (task,) = cast.given(row)
    cast.report(task)
    with pytest.raises(Refused):
        actions.accept_remedy(finding.pk, by=cast.inspector, at=at(14))
    work.approve(task.pk, by=cast.north_leader, at=at(16))
    with pytest.raises(Refused):
        actions.accept_remedy(finding.pk, by=cast.subject_leader, at=at(16))

    done = actions.accept_remedy(finding.pk, remark="Đạt", by=cast.inspector, at=at(17))

    assert done.closed_on == date(2017, 1, 17) and list(closed_without_proof()) == []
    with pytest.raises(Refused):
        actions.accept_remedy(finding.pk, by=cast.inspector, at=at(17))
    work.reopen(task.pk, reason="Chưa đạt", by=cast.north_leader, at=at(18))
    assert list(closed_without_proof()) == [row.pk]


def test_an_inspection_is_dropped_only_with_a_reason_by_a_leader():
    cast = Cast()
    row = cast.started()
    with pytest.raises(Refused):
        actions.drop_inspection(row.pk, reason="Bận", by=cast.inspector, at=at(5))
    with pytest.raises(ValidationError):
        actions.drop_inspection(row.pk, reason=" ", by=cast.leader, at=at(5))

    actions.drop_inspection(row.pk, reason="Trùng với cấp trên", by=cast.leader, at=later(1))

    row.refresh_from_db()
    assert row.state == "dropped" and row.steps.get().ended_on == date(2017, 1, 5)


def test_a_conclusion_locked_away_leaves_the_inspection_and_it_stays_sound():
    cast = Cast()
    clerk = make_holder(cast.bloc, Role.CLERK)
    row = cast.concluded()
    actions.give_remedies(row.pk, not_secret=True, by=cast.officer, at=at(11))

    quarantine_document(Document.objects.get(doc_type="Kết luận").pk, by=clerk, at=at(12))

    row.refresh_from_db()
    assert row.conclusion == "…" and row.findings.get().text == "…" and list(altered_conclusions()) == []
