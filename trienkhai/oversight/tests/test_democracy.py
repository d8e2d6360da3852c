"""Lists, proofs, the register of answers: what is done has its proof, what is late is told, who asked is not kept."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.documents.models import StoredFile
from trienkhai.norms.models import Norm
from trienkhai.notices.models import Notice
from trienkhai.oversight import actions, rules
from trienkhai.oversight.models import Matter, Proof, Question
from trienkhai.oversight.queries.integrity import done_without_proof
from trienkhai.oversight.tests.make import Cast, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ON = date(2017, 2, 10)


def test_a_question_sent_twice_stands_once_and_its_notice_leads_to_the_year_it_was_asked_in():
    cast = Cast()
    words = {"asked_on": date(2016, 12, 30)}

    first, again = cast.question(**words), cast.question(**words)

    assert first == again and Question.objects.count() == 1
    notices = Notice.objects.filter(kind="democracy_asked")
    assert set(notices.values_list("url", flat=True)) == {f"/dan-chu?don-vi={cast.unit.pk}&nam=2016#hoi-dap"}


def test_a_matter_that_was_left_out_is_not_said_to_be_stored_again():
    cast = Cast()
    actions.drop_matter(cast.matter().pk, reason="Chưa có", by=cast.clerk, at=at())

    with pytest.raises(ValidationError) as fault:
        cast.matter()

    assert list(fault.value.message_dict) == ["title"] and actions.take_usual(
        cast.unit, year=2017, by=cast.clerk, at=at()
    )


def test_the_usual_lists_are_taken_once_and_the_same_line_is_stored_once():
    cast = Cast()
    made = actions.take_usual(cast.unit, year=2017, by=cast.clerk, at=at())
    assert {row.kind for row in made} == {"public", "decided", "asked", "checked"}
    assert actions.take_usual(cast.unit, year=2017, by=cast.clerk, at=at()) == []
    assert Act.objects.filter(verb="democracy.usual_taken").count() == 1
    assert cast.matter() == cast.matter() and Act.objects.filter(verb="democracy.matter_added").count() == 1


def test_the_usual_lists_of_a_year_are_those_of_the_norm_of_that_year_and_before_any_norm_there_are_none():
    cast = Cast()
    with pytest.raises(Refused, match="No regulation"):
        actions.take_usual(cast.unit, year=1995, by=cast.clerk, at=at())
    later = [{"kind": "public", "month": 5, "title": "Theo quy định mới"}]
    words = {"key": "oversight.matters", "source": "Quy định mới", "grade": "B", "value": later}
    Norm.objects.create(**words, valid_from=date(2018, 1, 1))
    made = actions.take_usual(cast.unit, year=2018, by=cast.clerk, at=at())
    assert [(row.title, row.due_on) for row in made] == [("Theo quy định mới", date(2018, 5, 31))]
    assert len(actions.take_usual(cast.unit, year=2017, by=cast.clerk, at=at())) == 6


def test_a_matter_is_done_by_its_first_proof_and_open_again_without_any():
    cast = Cast()
    matter = cast.matter()
    assert list(Matter.objects.overdue(ON)) == [matter]

    later, proof = cast.proof(matter, from_on=date(2017, 1, 15)), cast.proof(matter)

    matter.refresh_from_db()
    assert (matter.done_on, matter.was_late, list(Matter.objects.overdue(ON))) == (date(2017, 1, 10), False, [])
    assert (proof.days, proof.was_too_short, later.was_too_short) == (30, False, True)
    for one in (proof, later):
        actions.remove_proof(one.pk, by=cast.clerk, at=at(21))
    matter.refresh_from_db()
    assert matter.done_on is None and list(done_without_proof()) == []


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"link": ""}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"place": ""}, "place"),
        ({"from_on": date(2017, 1, 21), "until_on": date(2017, 1, 30)}, "from_on"),
        ({"until_on": date(2017, 1, 9)}, "until_on"),
        ({"outcome": "TUYỆT MẬT\nviệc"}, "outcome"),
    ],
)
def test_a_proof_with_wrong_words_is_refused_at_its_field(words, field):
    cast = Cast()
    matter = cast.matter()
    with pytest.raises(ValidationError) as fault:
        cast.proof(matter, **words)
    assert field in fault.value.message_dict and not Proof.objects.exists()


def test_what_is_decided_says_what_was_decided():
    cast = Cast()
    matter = cast.matter(kind="decided", title="Hội nghị cán bộ")
    with pytest.raises(ValidationError, match="what was decided"):
        cast.proof(matter)
    assert cast.proof(matter, outcome="Thông qua quy chế").least_days is None


def test_a_file_is_proof_with_the_declaration_and_nothing_stays_of_one_that_is_refused():
    cast = Cast()
    matter = cast.matter()
    file = SimpleUploadedFile("niem-yet.txt", "Ảnh chụp bảng tin".encode())
    with pytest.raises(ValidationError):
        cast.proof(matter, link="", file=file)
    proof = cast.proof(matter, link="", file=file, not_secret=True)
    assert proof.file.name == "niem-yet.txt" and proof.file.owner == cast.unit
    kept = StoredFile.objects.count()
    other = BytesIO("Khác".encode())
    with pytest.raises(ValidationError):
        cast.proof(matter, place="", file=other, not_secret=True)
    assert StoredFile.objects.count() == kept


def test_a_proof_that_is_taken_back_takes_its_file_from_the_disk(django_capture_on_commit_callbacks):
    cast = Cast()
    matter = cast.matter()
    files = [SimpleUploadedFile(name, "Danh sách".encode()) for name in ("nham.txt", "dung.txt")]
    wrong, right = (cast.proof(matter, link="", file=file, not_secret=True) for file in files)
    assert default_storage.exists(wrong.file.path)

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_proof(wrong.pk, by=cast.clerk, at=at(21))

    assert not default_storage.exists(wrong.file.path) and default_storage.exists(right.file.path)
    assert list(StoredFile.objects.filter(proofs_of_matters__matter=matter)) == [right.file]
    assert not StoredFile.objects.filter(pk=wrong.file_id).exists()


def test_a_matter_is_left_out_for_a_reason_and_not_once_it_is_done():
    cast = Cast()
    matter, done = cast.matter(), cast.matter(title="Đảng phí")
    cast.proof(done)
    with pytest.raises(Refused, match="done"):
        actions.drop_matter(done.pk, reason="Không còn", by=cast.clerk, at=at())
    with pytest.raises(ValidationError):
        actions.drop_matter(matter.pk, reason=" ", by=cast.clerk, at=at())
    actions.drop_matter(matter.pk, reason="Gộp vào tháng 6", by=cast.clerk, at=at())
    with pytest.raises(Refused, match="left out"):
        cast.proof(matter)


def test_everybody_of_the_unit_reads_the_lists_and_only_its_office_keeps_them():
    cast = Cast()
    matter = cast.matter()
    readers = [cast.member, cast.mass, cast.clerk, cast.leader, cast.above]
    assert all(rules.visible_matters(one, ON).filter(pk=matter.pk).exists() for one in readers)
    assert not rules.visible_matters(cast.stranger, ON).exists()
    for other in (cast.member, cast.mass, cast.above, cast.stranger):
        with pytest.raises(Refused):
            actions.add_matter(cast.unit, kind="public", title="Khác", due_on=ON, by=other, at=at())


def test_a_question_is_answered_once_and_who_asked_is_kept_nowhere():
    cast = Cast()
    row = cast.question()
    assert row.due_on == date(2017, 1, 20)
    assert {field.name for field in Question._meta.get_fields()}.isdisjoint({"asked_by", "by", "account"})
    assert set(Notice.objects.filter(kind="democracy_asked").values_list("post__holdings__account", flat=True)) == {
        cast.leader.pk
    }
    for other in (cast.member, cast.mass, cast.clerk, cast.stranger):
        with pytest.raises(Refused):
            actions.answer_question(row.pk, answer="Tháng sau", by=other, at=at(6))

    actions.answer_question(row.pk, answer="Tháng sau", by=cast.leader, at=at(21))

    row.refresh_from_db()
    assert row.was_late and row.answered_by == cast.leader
    with pytest.raises(Refused, match="already"):
        actions.answer_question(row.pk, answer="Khác", by=cast.leader, at=at(21))
    with pytest.raises(Refused):
        cast.question(by=cast.member)
    with pytest.raises(ValidationError):
        cast.question(asked_on=date(2017, 1, 6))
