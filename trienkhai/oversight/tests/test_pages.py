"""The pages, with those who plan, answer, keep lists, read; and what each is not shown."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.common.models import Installation
from trienkhai.orgs.models import Unit
from trienkhai.oversight.models import Matter, Plan, Proof, Question, Recommendation, Subject
from trienkhai.oversight.queries.integrity import done_without_proof, left_with_closed, recommended_too_soon
from trienkhai.oversight.tests.make import Cast
from trienkhai.tasks.models import Focus

pytestmark = pytest.mark.django_db
TODAY = date(2017, 1, 26)


@pytest.fixture(autouse=True)
def today() -> None:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})


def body(client: Any, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(f"oversight:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Any, name: str, pk: int, given: dict[str, Any] | None = None) -> int:
    return client.post(reverse(f"oversight:{name}", args=[pk]), given or {}).status_code


def test_what_is_entered_for_another_year_is_shown_in_that_year(client):
    cast = Cast()
    client.force_login(cast.clerk)
    matter = {"kind": "public", "title": "Chương trình công tác", "due_on": "2018-01-31"}
    question = {"text": "Bao giờ công khai?", "asked_on": "2016-12-30"}

    for name, given, year in (("matter_add", matter, 2018), ("question_add", question, 2016)):
        answer = client.post(reverse(f"oversight:{name}", args=[cast.unit.pk]), given)
        assert answer["Location"].endswith(f"don-vi={cast.unit.pk}&nam={year}")


def test_the_lists_of_a_unit_are_offered_on_its_page_to_who_reads_them(client):
    cast = Cast()
    address = f"{reverse('oversight:democracy')}?don-vi={cast.cell.pk}"

    offered = {}
    for name in ("above", "head", "stranger"):
        client.force_login(getattr(cast, name))
        offered[name] = address in client.get(reverse("orgs:unit", args=[cast.cell.pk])).content.decode()

    assert offered == {"above": True, "head": True, "stranger": False}


def test_from_the_plan_to_the_answer_by_the_pages(client):
    cast = Cast()
    client.force_login(cast.mass)
    given = {"organisation": "union", "year": 2017, "title": "Giám sát năm 2017"}
    assert post(client, "plan_add", cast.unit.pk, given) == 302
    plan = Plan.objects.get()
    subject = {
        "kind": "supervision",
        "title": "Nêu gương của người đứng đầu",
        "form": "dialogue",
        "addressee": cast.cell.code,
        "post": "không có",
        "planned_on": "2017-02-20",
    }
    answer = client.post(reverse("oversight:subject_add", args=[plan.pk]), subject)
    assert answer.status_code == 422 and cast.post.title in answer.content.decode()
    assert post(client, "subject_add", plan.pk, subject | {"post": cast.post.title.upper()}) == 302
    assert post(client, "announce", plan.pk) == 302
    row = Subject.objects.get()
    assert row.post == cast.post
    assert post(client, "held", row.pk, {"held_on": "2017-01-27", "findings": "Tốt"}) == 422
    assert post(client, "held", row.pk, {"held_on": "2017-01-26", "findings": "Tốt"}) == 302
    assert post(client, "recommend", row.pk, {"text": "Đối thoại mỗi quý"}) == 302

    client.force_login(cast.focal)
    made = Recommendation.objects.get()
    assert reverse("oversight:reply", args=[made.pk]) not in body(client, "subject", row.pk)
    client.force_login(cast.head)
    assert reverse("oversight:reply", args=[made.pk]) in client.get("/viec-cua-toi").content.decode()
    assert post(client, "reply", made.pk, {"outcome": "not_taken", "text": ""}) == 422
    assert post(client, "reply", made.pk, {"outcome": "not_taken", "text": "Đã có lịch"}) == 302
    assert post(client, "reply", made.pk, {"outcome": "taken", "text": "Đã có lịch"}) == 409
    assert "Đã có lịch" in body(client, "subject", row.pk)
    client.force_login(cast.stranger)
    assert client.get(reverse("oversight:subject", args=[row.pk])).status_code == 404


def test_overdue_recommendations_stand_in_their_list_and_in_the_queue(client):
    cast = Cast()
    row = cast.recommended()
    client.force_login(cast.above)
    listed = body(client, "recommendations", loc="qua-han")
    assert str(row) in listed
    client.force_login(cast.focal)
    assert str(row) in client.get("/viec-cua-toi").content.decode()
    cast.reply(row)
    assert str(row) not in body(client, "recommendations", loc="qua-han")
    assert str(row) not in client.get("/viec-cua-toi").content.decode()
    assert str(row) in body(client, "recommendations")


def test_the_lists_of_a_unit_by_its_pages(client):
    cast = Cast()
    client.force_login(cast.clerk)
    assert post(client, "usual_take", cast.unit.pk) == 302
    matter = Matter.objects.filter(kind="public").order_by("due_on")[0]
    file = SimpleUploadedFile("bang-tin.txt", "Bảng tin".encode())
    proof = {"place": "Bảng tin", "from_on": "2017-01-10", "until_on": "2017-01-19", "file": file, "link": ""}
    assert post(client, "proof_add", matter.pk, dict(proof)) == 422
    file.seek(0)
    assert post(client, "proof_add", matter.pk, proof | {"not_secret": "on"}) == 302
    shown = body(client, "democracy")
    assert "bang-tin.txt" in shown and ("at least 30 days" in shown or "ít nhất 30 ngày" in shown)

    client.force_login(cast.member)
    assert matter.title in body(client, "democracy")
    assert client.get(reverse("oversight:proof_file", args=[Proof.objects.get().pk])).status_code == 200
    client.force_login(cast.stranger)
    assert client.get(reverse("oversight:proof_file", args=[Proof.objects.get().pk])).status_code == 404
    assert client.get(reverse("oversight:democracy"), {"don-vi": cast.unit.pk}).status_code == 404


def test_a_question_enters_and_is_answered_by_the_pages(client):
    cast = Cast()
    client.force_login(cast.mass)
    for day in ("0217-01-20", "1989-12-31"):
        assert post(client, "question_add", cast.unit.pk, {"text": "Bao giờ?", "asked_on": day}) == 422
    assert post(client, "question_add", cast.unit.pk, {"text": "Bao giờ?", "asked_on": "2017-01-20"}) == 302
    row = Question.objects.get()
    client.force_login(cast.leader)
    assert reverse("oversight:question_answer", args=[row.pk]) in client.get("/viec-cua-toi").content.decode()
    assert post(client, "question_answer", row.pk, {"answer": ""}) == 422
    assert post(client, "question_answer", row.pk, {"answer": "Tháng 2"}) == 302
    client.force_login(cast.member)
    assert "Tháng 2" in body(client, "democracy")


def test_a_standing_programme_is_a_focus_with_its_numbers(client):
    cast = Cast()
    focus = Focus.objects.create(unit=cast.unit, kind="reform", title="Cải cách hành chính", valid_from=TODAY)
    Focus.objects.create(unit=cast.unit, kind="key", title="Sinh hoạt chi bộ", valid_from=TODAY)
    client.force_login(cast.leader)
    shown = body(client, "standing")
    assert reverse("tasks:focus", args=[focus.pk]) in shown and "Sinh hoạt chi bộ" not in shown


def test_matters_past_their_day_are_listed_for_the_branch(client):
    cast = Cast()
    cast.matter(due_on=date(2017, 1, 25))
    client.force_login(cast.above)
    assert "Chương trình công tác" in body(client, "overdue")
    client.force_login(cast.stranger)
    assert "Chương trình công tác" not in body(client, "overdue")


@pytest.mark.parametrize("name", ["plans", "recommendations", "democracy", "overdue", "subject", "plan", "mine"])
def test_lists_ask_as_often_for_three_as_for_one(client, name: str):
    cast = Cast()
    subject = cast.held()

    def fill() -> None:
        cast.subject(subject.plan, addressee=cast.unit)
        cast.recommended(subject)
        cast.question()
        cast.proof(cast.matter(title=f"Việc {Matter.objects.count()}"))
        cast.matter(title=f"Trễ {Matter.objects.count()}", due_on=date(2017, 1, 20))

    fill()
    client.force_login(cast.leader)
    targets = {"subject": subject.pk, "plan": subject.plan_id}
    args = [targets[name]] if name in targets else []
    address = "/viec-cua-toi" if name == "mine" else reverse(f"oversight:{name}", args=args)
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    fill()
    fill()

    with CaptureQueriesContext(connection) as three:
        client.get(address)

    assert len(three) == len(one)


def test_the_check_finds_contradictions_and_nothing_in_sound_rows():
    cast = Cast()
    row = cast.recommended()
    matter = cast.matter()
    cast.proof(matter)
    assert not list(done_without_proof()) and not list(recommended_too_soon()) and not left_with_closed(TODAY)

    Proof.objects.all().delete()
    Subject.objects.update(state="planned")
    Unit.objects.filter(pk=cast.cell.pk).update(closed_on=TODAY)

    assert list(done_without_proof()) == [matter.pk] and list(recommended_too_soon()) == [row.pk]
    assert left_with_closed(TODAY) == {cast.cell.pk: 2}


@pytest.mark.parametrize(
    ("name", "words"),
    [("plans", "Chuyên đề"), ("recommendations", "Kiến nghị"), ("overdue", "Việc trễ"), ("democracy", "Câu hỏi")],
)
def test_the_fifty_first_row_stands_on_the_second_page(client, name: str, words: str):
    cast = Cast()
    subject = cast.held()
    last = {"plan": subject.plan, "title": "Chuyên đề cuối", "addressee": cast.cell, "planned_on": date(2017, 12, 31)}
    Subject.objects.bulk_create(
        [Subject(**last | {"title": f"Chuyên đề {n}", "planned_on": TODAY}) for n in range(50)] + [Subject(**last)]
    )
    made = {"subject": subject, "made_on": TODAY, "answers_by": cast.cell, "due_on": TODAY}
    Recommendation.objects.bulk_create(
        [Recommendation(**made, position=n, text=f"Kiến nghị {n}") for n in range(1, 51)]
        + [Recommendation(**made | {"due_on": date(2017, 12, 31)}, position=51, text="Kiến nghị cuối")]
    )
    Matter.objects.bulk_create(
        Matter(unit=cast.unit, kind="public", title=f"Việc trễ {n}", due_on=date(2017, 1, 1)) for n in range(50)
    )
    Matter.objects.create(unit=cast.unit, kind="public", title="Việc trễ cuối", due_on=date(2017, 1, 25))
    Question.objects.bulk_create(Question(unit=cast.unit, text=f"Câu hỏi {n}", asked_on=TODAY) for n in range(50))
    Question.objects.create(unit=cast.unit, text="Câu hỏi cuối", asked_on=date(2017, 1, 1))
    client.force_login(cast.leader)

    first, second = body(client, name), body(client, name, page="2")

    assert f"{words} cuối" not in first and f"{words} 30" in first
    assert f"{words} cuối" in second and f"{words} 30" not in second
    assert "page=2" in first and "page=1" in second
