"""Planned, made ready, held, concluded, told, given; the next session begins with what became of it."""

import io
from datetime import date

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from docx import Document as Word

from trienkhai.common.verdict import Refused
from trienkhai.documents.actions import quarantine_document
from trienkhai.documents.layouts.docx_file import write_docx
from trienkhai.documents.layouts.pdf_file import write_pdf
from trienkhai.documents.rules import visible_documents
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Role, Span, Succession
from trienkhai.orgs.tests.make import make_account, make_holder
from trienkhai.tasks.actions import acknowledge, update_progress
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import assignment_of, at, make_issue
from trienkhai.tasks.tests.test_races import fresh
from trienkhai.worksessions import actions, rules
from trienkhai.worksessions.dossier.paper import composition_of
from trienkhai.worksessions.dossier.shape import read
from trienkhai.worksessions.models import Conclusion, Dossier, Session
from trienkhai.worksessions.queries import last_session, tasks_by_conclusion
from trienkhai.worksessions.queries.integrity import altered_dossiers
from trienkhai.worksessions.tests.make import Cast

pytestmark = pytest.mark.django_db


def section(dossier: Dossier, key: str) -> object:
    return next(one for one in read(dossier.content) if one.key == key)


def test_a_mark_of_secrecy_on_a_line_of_its_own_is_seen_before_the_lines_are_joined():
    cast = Cast()
    session = cast.plan()

    with pytest.raises(ValidationError):
        actions.add_word(session.pk, kind="difficulty", text="MẬT\nThiếu người", by=cast.north_focal, at=at(9, 3))


def test_conclusions_come_back_as_tasks_and_the_next_session_begins_with_them():
    cast = Cast()
    session = cast.held("Rà soát quy chế làm việc", "Củng cố chi bộ yếu")

    document = cast.issued(session)
    issue = cast.give(document, session)

    session = Session.objects.select_related("notice__document").get(pk=session.pk)
    told, rest = tasks_by_conclusion(session)
    assert [len(row.tasks) for row in told] == [1, 1] and rest == []
    given = Assignment.objects.filter(task__issue=issue)
    assert {row.held_by for row in given} == {cast.tree.north}
    assert {row.due_on for row in given} == {date(2017, 6, 30)}
    following = cast.plan(20, 4)
    assert last_session(following) == session and cast.step(session, date(2017, 3, 12)) == ""
    dossier = cast.dossier(following, 20, 4)
    table = section(dossier, "last").tables[0]
    assert [row[0] for row in table.rows] == [{"conclusion": row.conclusion.pk} for row in told]
    assert [row[2]["number"] for row in table.rows] == [1, 1]
    assert table.rows[0][2]["query"] == {"nhiem-vu": str(told[0].tasks[0].pk), "ngay": "2017-04-20", "o": "total"}


def test_a_notice_is_read_by_both_units_and_by_nobody_else():
    cast = Cast()
    session = cast.held("Rà soát quy chế làm việc")

    document = cast.issued(session)

    on = date(2017, 3, 11)
    assert document.doc_type == "Thông báo" and "buổi làm việc" in document.title
    assert visible_documents(cast.north_focal, on).filter(pk=document.pk).exists()
    assert not visible_documents(cast.stranger, on).filter(pk=document.pk).exists()


def test_the_steps_of_the_upper_unit_follow_each_other():
    cast = Cast()
    session = cast.plan()
    steps = [cast.step(session, date(2017, 3, 1))]
    cast.dossier(session, 1)
    steps += [cast.step(session, date(2017, 3, 1)), cast.step(session, date(2017, 3, 10))]
    cast.conclude(session)
    actions.end_session(session.pk, by=cast.officer, at=at(10, 3))
    session.refresh_from_db()
    steps.append(cast.step(session, date(2017, 3, 10)))
    cast.issued(session)
    steps.append(cast.step(session, date(2017, 3, 10)))

    assert steps == ["dossier", "", "hold", "draft", "give"]


def test_a_dossier_is_stored_once_and_does_not_change_when_work_goes_on():
    cast = Cast()
    issue = make_issue(cast, [{"work_area": "ideology"}, {}], selection="unit:K.B.1")
    session = cast.plan()

    first = cast.dossier(session)
    again = cast.dossier(session)
    year = section(first, "year")
    Assignment.objects.filter(task__issue=issue).update(since_on=date(2017, 3, 11))

    assert again == first and list(altered_dossiers()) == []
    assert [row[1]["number"] for row in year.tables[0].rows] == [1, 1, 2]
    assert [row[1]["query"].get("mat") for row in year.tables[0].rows] == ["ideology", "-", None]
    assert year.charts[0].rows[0][1] == [0, 0, 1, 0]
    assert {row[0]["number"] for row in [[cell] for cell in section(first, "open").tables[0].rows[0][1:]]} == {2}


def test_a_dossier_that_was_altered_is_found():
    cast = Cast()
    dossier = cast.dossier(cast.plan())

    Dossier.objects.filter(pk=dossier.pk).update(content=dossier.content | {"name": "khác"})
    altered = list(altered_dossiers())
    Dossier.objects.all().delete()

    assert len(altered) == 1 and len(list(altered_dossiers())) == 1


def test_a_dossier_is_a_paper_with_a_chart_in_word_and_pdf():
    cast = Cast()
    make_issue(cast, [{"work_area": "ideology"}], selection="unit:K.B.1")
    session = cast.plan()
    actions.add_word(session.pk, kind="difficulty", text="Thiếu cán bộ", by=cast.north_focal, at=at(1, 3))
    dossier = cast.dossier(session)

    composition = composition_of(dossier, cast.officer, date(2017, 3, 10))
    word = Word(io.BytesIO(write_docx(composition)))
    pdf = pypdfium2.PdfDocument(write_pdf(composition))

    text = " ".join(pdf[number].get_textpage().get_text_range() for number in range(len(pdf)))
    assert len(word.inline_shapes) == 1
    assert "Thiếu cán bộ" in text and "Kết quả năm 2017" in text and "Hồ sơ số 1" in text


def test_who_sees_a_session_and_its_dossier():
    cast = Cast()
    session = cast.plan()
    cast.dossier(session)
    on = date(2017, 3, 10)
    secretary = make_holder(cast.tree.north, Role.SECRETARY)

    near = make_holder(cast.tree.bloc, Role.OFFICER, reach=Span.OWN)
    for person in (cast.officer, cast.leader, cast.north_leader):
        assert rules.visible_dossiers(person, on).count() == 1
    for person in (cast.north_focal, secretary, near):
        assert rules.visible_sessions(person, on).count() == 1 and not rules.visible_dossiers(person, on).exists()
    member = make_holder(cast.tree.north, Role.MEMBER)
    for person in (cast.inspector, cast.clerk, cast.stranger, cast.focal[cast.tree.north1.pk], member):
        assert not rules.visible_sessions(person, on).exists() and not rules.visible_dossiers(person, on).exists()


def test_a_successor_reads_the_dossier_of_the_unit_before_it():
    cast = Cast()
    cast.dossier(cast.plan())
    on = date(2017, 3, 12)

    Succession.objects.create(unit=cast.tree.north, successor=cast.tree.south, on=on)

    assert rules.visible_dossiers(cast.south_leader, on).count() == 1
    focal = make_holder(cast.tree.south, Role.FOCAL)
    assert rules.visible_sessions(focal, on).count() == 1 and not rules.visible_dossiers(focal, on).exists()


def test_words_of_work_are_those_in_the_sight_of_the_reader():
    cast = Cast()
    issue = make_issue(cast, [{"title": "Việc của nhánh"}], selection="unit:K.B.1")
    assignment = assignment_of(issue, cast.tree.north1)
    holder = cast.holder_of(assignment)
    acknowledge(assignment.pk, by=holder, at=at(4))
    told = {"percent": 30, "text": "Đang làm", "bottleneck": "Thiếu người làm"}
    update_progress(assignment.pk, **told, by=holder, at=at(5))
    dossier = cast.dossier(cast.plan())
    on = date(2017, 3, 10)

    seen = str(composition_of(dossier, cast.north_leader, on))
    unseen = str(composition_of(dossier, cast.north_focal, on))

    assert "Việc của nhánh" in seen and "Thiếu người làm" in seen
    assert "Việc của nhánh" not in unseen and "Thiếu người làm" not in unseen


def test_only_who_sees_the_whole_branch_makes_its_dossier():
    cast = Cast()
    session, near = cast.plan(), make_holder(cast.tree.bloc, Role.OFFICER, reach=Span.OWN)

    with pytest.raises(Refused):
        actions.make_dossier(session.pk, day=session.day, by=near, at=at(10, 3))

    assert not Dossier.objects.exists() and rules.can_change(near, session, session.day)


def test_an_invitation_is_read_while_the_post_is_held():
    cast = Cast()
    session, on = cast.plan(), date(2017, 3, 9)
    actions.name_people(session.pk, [cast.north_leader.pk], by=cast.officer, at=at(1, 3))
    session.upper, session.unit = cast.tree.direct, cast.tree.south
    session.save()

    assert rules.visible_sessions(cast.north_leader, on).get() == session
    Holding.objects.filter(account=cast.north_leader).update(valid_to=on)
    make_holder(cast.tree.office, Role.OFFICER, account=cast.north_leader)

    assert not rules.visible_sessions(fresh(cast.north_leader), on).exists()


def test_who_prepares_and_who_speaks_for_the_unit():
    cast = Cast()
    session = cast.plan()

    for person in (cast.north_leader, cast.clerk, cast.inspector):
        with pytest.raises(Refused):
            actions.make_dossier(session.pk, day=date(2017, 3, 1), by=person, at=at(1, 3))
    with pytest.raises(Refused):
        actions.add_word(session.pk, kind="difficulty", text="Thiếu", by=cast.officer, at=at(1, 3))
    row = actions.add_word(session.pk, kind="proposal", text="Bổ sung", by=cast.north_focal, at=at(1, 3))
    actions.remove_word(row.pk, by=cast.north_leader, at=at(1, 3))
    assert not session.words.exists()


def test_the_unit_and_the_people_invited_are_told_once_each():
    cast = Cast()
    session = cast.plan()
    planned = set(Notice.objects.values_list("kind", flat=True))

    people = [cast.leader.pk, cast.north_leader.pk]
    actions.name_people(session.pk, people, by=cast.officer, at=at(1, 3))
    actions.name_people(session.pk, people, by=cast.officer, at=at(1, 3))

    assert planned == {"worksession_planned"} and session.participants.count() == 2
    assert Notice.objects.filter(kind="worksession_invited").count() == 2
    actions.cancel_session(session.pk, reason="Lũ lụt", by=cast.officer, at=at(2, 3))
    assert Notice.objects.filter(kind="worksession_cancelled").count() == 3


def test_an_invitation_goes_to_the_person_alone_not_to_all_on_the_post():
    cast = Cast()
    session = cast.plan()
    post = Holding.objects.get(account=cast.north_leader).post
    other = make_account()
    Holding.objects.create(post=post, account=other, valid_from=date(2010, 1, 1))

    actions.name_people(session.pk, [cast.north_leader.pk], by=cast.officer, at=at(1, 3))

    assert Notice.objects.get(kind="worksession_invited").account == cast.north_leader


@pytest.mark.parametrize(
    "text", ["UBKT phối hợp rà soát hồ sơ", "Đảng ủy xã An Bình rà soát quy chế", "Củng cố chi bộ"]
)
def test_the_notice_keeps_the_words_of_a_conclusion_and_its_task_goes_to_the_unit(text: str):
    cast = Cast()
    session = cast.held(text)

    document = cast.issued(session)
    issue = cast.give(document, session)

    assert text in document.texts.latest("version").text
    given = Assignment.objects.get(task__issue=issue)
    assert given.held_by == cast.tree.north and given.due_on == date(2017, 6, 30)


def test_what_cannot_be_is_refused_with_a_sentence():
    cast = Cast()
    session = cast.plan()

    with pytest.raises(ValidationError):
        cast.plan(2, 1)
    with pytest.raises(Refused):
        cast.conclude_early(session)
    with pytest.raises(Refused):
        actions.make_dossier(session.pk, day=date(2017, 3, 11), by=cast.officer, at=at(10, 3))
    with pytest.raises(Refused):
        actions.make_dossier(session.pk, day=date(2009, 3, 11), by=cast.officer, at=at(10, 3))
    with pytest.raises(ValidationError):
        cast.conclude(session, due_on=date(2017, 3, 9))
    with pytest.raises(ValidationError):
        actions.name_people(session.pk, [cast.stranger.pk], by=cast.officer, at=at(1, 3))
    with pytest.raises(ValidationError):
        actions.add_word(session.pk, kind="difficulty", text="  ", by=cast.north_focal, at=at(1, 3))
    with pytest.raises(Refused):
        actions.draft_notice(session.pk, by=cast.officer, at=at(10, 3))
    session.refresh_from_db()
    assert session.state == "planned" and not Dossier.objects.exists() and not Conclusion.objects.exists()


def test_a_session_without_conclusions_ends_and_has_no_notice():
    cast = Cast()
    session = cast.held()

    with pytest.raises(Refused):
        actions.draft_notice(session.pk, by=cast.officer, at=at(10, 3))
    with pytest.raises(Refused):
        cast.conclude(session)
    assert cast.step(session, date(2017, 3, 11)) == ""


def test_conclusions_keep_the_numbers_of_the_notice_when_one_is_taken_back():
    cast = Cast()
    session = cast.plan()
    rows = [cast.conclude(session, f"Việc số {number}") for number in (1, 2, 3)]

    actions.remove_conclusion(rows[0].pk, by=cast.officer, at=at(10, 3))

    assert list(session.conclusions.order_by("position").values_list("position", "text")) == [
        (1, "Việc số 2"),
        (2, "Việc số 3"),
    ]


def test_a_notice_that_is_locked_away_takes_the_words_of_its_conclusions_with_it():
    cast = Cast()
    session = cast.held("Nội dung không được để ở đây")
    document = cast.issued(session)
    dossier = cast.dossier(cast.plan(20, 4), 20, 4)

    quarantine_document(document.pk, by=cast.clerk, at=at(21, 4))

    assert Conclusion.objects.get().text == "…" and list(altered_dossiers()) == []
    assert "không được để ở đây" not in str(composition_of(dossier, cast.officer, date(2017, 4, 21)))
