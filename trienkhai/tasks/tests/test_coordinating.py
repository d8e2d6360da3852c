"""Partners with days, their papers, opinions asked, answered and late, and the sheet of each."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.documents.rules import visible_documents
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions
from trienkhai.tasks import rules_coordinating as rules
from trienkhai.tasks.models import Assignment, Opinion, Partnership, Share
from trienkhai.tasks.queries.coordinating import sheet_of
from trienkhai.tasks.sources import remove_coordination
from trienkhai.tasks.tests.make import DUE, Cast, at
from trienkhai.tasks.tests.stage_coordinating import FIRST, UNTIL, Partners

pytestmark = pytest.mark.django_db
TODAY = date(2017, 3, 1)
YEAR = date(2017, 1, 1)


@pytest.fixture
def partners() -> Partners:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})
    return Partners(Cast())


def test_ended_partnership_takes_nothing_new_and_its_past_stays_readable(partners, client):
    row, bloc, officer = partners.open(), partners.cast.tree.bloc, partners.cast.officer
    asked = partners.ask()
    actions.add_paper(row.pk, partners.paper(), kind="regulation", by=officer, at=at(5))
    actions.end_partnership(row.pk, last_day=date(2017, 1, 31), basis="QĐ 1-QĐ/ĐUTHU", by=officer, at=at(10))
    last = partners.ask(subject="Ngày cuối", day=31)

    with pytest.raises(Refused):
        actions.ask_opinion(bloc, partners.body, subject="Sau", due_on=DUE, by=officer, at=at(1, 2))
    with pytest.raises(Refused):
        actions.add_paper(row.pk, partners.paper(), kind="conclusion", by=officer, at=at(1, 2))
    with pytest.raises(Refused):
        actions.end_partnership(row.pk, last_day=DUE, basis="Lần nữa", by=officer, at=at(1, 2))
    client.force_login(officer)
    page = client.get(f"/phoi-hop/doi-tac/{row.pk}")

    assert page.status_code == 200 and not page.context["may_ask"] and not page.context["may_add"]
    assert {opinion.pk for opinion, _late in page.context["opinions"]} == {asked.pk, last.pk}
    actions.answer_opinion(last.pk, answer="Nhất trí", by=partners.focal, at=at(2, 2))


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"valid_from": date(2017, 2, 1), "valid_to": date(2017, 2, 1)}, "valid_to"),
        ({"valid_from": date(2016, 6, 1)}, "valid_from"),
        ({"valid_from": date(2015, 1, 1)}, "valid_from"),
    ],
)
def test_days_that_run_backward_or_overlap_are_refused(partners, days, field):
    partners.open()

    with pytest.raises(ValidationError) as fault:
        partners.open(**days)

    assert list(fault.value.message_dict) == [field]


def test_the_day_after_its_end_a_partnership_may_begin_again(partners):
    partners.open(valid_to=YEAR)

    again = partners.open(valid_from=YEAR)

    assert not again.holds_on(date(2016, 12, 31)) and again.holds_on(YEAR)


def test_unit_of_the_tree_is_no_partner_and_strangers_keep_none(partners):
    cast = partners.cast
    with pytest.raises(ValidationError):
        actions.open_partnership(cast.tree.north, cast.tree.south, valid_from=FIRST, by=cast.officer, at=at(4))
    for person in (cast.south_leader, partners.focal, cast.focal[cast.tree.north1.pk]):
        with pytest.raises(Refused):
            actions.open_partnership(cast.tree.north, partners.body, valid_from=FIRST, by=person, at=at(4))


def test_body_outside_is_asked_only_through_a_partnership_of_the_own_branch(partners):
    south, leader = partners.cast.tree.south, partners.cast.south_leader
    with pytest.raises(Refused):
        partners.ask()
    partners.open()
    with pytest.raises(Refused):
        actions.ask_opinion(south, partners.body, subject="Việc", due_on=DUE, by=leader, at=at(5))
    assert not Opinion.objects.exists()


def test_partner_with_an_account_finds_the_request_reads_its_document_and_answers(partners, client):
    partners.open()
    document = partners.paper(published="no")
    asked = partners.ask(document=document)
    client.force_login(partners.focal)

    mine = client.get("/viec-cua-toi").content.decode()
    answered = client.post(f"/phoi-hop/y-kien/{asked.pk}/tra-loi", {"answer": "Nhất trí với dự thảo"})

    asked.refresh_from_db()
    assert asked.subject in mine and visible_documents(partners.focal, TODAY).filter(pk=document.pk).exists()
    assert answered.status_code == 302 and (asked.answered_by, asked.answered_on) == (partners.focal, TODAY)
    assert asked.late_on(TODAY) == (TODAY - UNTIL).days
    assert Act.objects.latest("pk").data["late"] == asked.late_on(TODAY)
    told = set(Notice.objects.filter(kind="opinion_answered").values_list("post__unit", flat=True))
    assert told == {partners.cast.tree.bloc.pk}
    with pytest.raises(Refused):
        actions.answer_opinion(asked.pk, answer="Lần nữa", by=partners.focal, at=at(2, 3))


def test_asker_records_the_answer_only_from_its_paper_and_it_counts_for_the_day_of_the_paper(partners, client):
    partners.open()
    asked, officer = partners.ask(), partners.cast.officer
    paper = partners.paper(symbol="3-CV/BCSD", issued_on=date(2017, 2, 8))
    old = partners.paper(symbol="2-CV/BCSD", issued_on=date(2016, 12, 1))
    with pytest.raises(Refused):
        actions.answer_opinion(asked.pk, answer="Nhất trí", by=officer, at=at(1, 3))
    with pytest.raises(ValidationError):
        actions.answer_opinion(asked.pk, answer="Nhất trí", document=old, by=officer, at=at(1, 3))
    client.force_login(officer)
    assert client.post(f"/phoi-hop/y-kien/{asked.pk}/tra-loi", {"answer": "Nhất trí"}).status_code == 422

    client.post(f"/phoi-hop/y-kien/{asked.pk}/tra-loi", {"answer": "Nhất trí", "document": paper.pk})

    asked.refresh_from_db()
    assert (asked.answered_on, asked.answer_document) == (date(2017, 2, 8), paper)
    assert asked.late_on(TODAY) == 0


def test_request_is_seen_by_the_readers_of_the_asker_and_by_the_asked_alone(partners, client):
    partners.open()
    asked, cast = partners.ask(), partners.cast
    seen = {}
    people = {
        "leader": cast.leader,
        "inspector": make_holder(cast.tree.bloc, Role.INSPECTOR),
        "asked": partners.focal,
        "agency": cast.north_leader,
        "other": cast.focal[cast.tree.south1.pk],
        "administrator": make_holder(cast.tree.bloc, Role.ADMIN),
    }
    for name, person in people.items():
        client.force_login(person)
        seen[name] = client.get(f"/phoi-hop/y-kien/{asked.pk}").status_code

    assert [name for name, status in seen.items() if status == 200] == ["leader", "inspector", "asked"]
    assert set(seen.values()) == {200, 404}


def test_unit_of_the_tree_is_asked_without_a_partnership(partners, client):
    cast = partners.cast
    client.force_login(cast.officer)
    given = {"asker": cast.tree.bloc.pk, "unit": "K.N.1", "subject": "Báo cáo", "due_on": "2017-03-10"}

    made = client.post("/phoi-hop/xin-y-kien", given)
    nobody = client.post("/phoi-hop/xin-y-kien", given | {"unit": ""})
    past = client.post("/phoi-hop/xin-y-kien", given | {"due_on": "2017-02-10"})

    asked = Opinion.objects.get()
    assert made.status_code == 302 and asked.partnership is None
    assert list(rules.opinions_wanted(cast.focal[cast.tree.south1.pk], TODAY)) == [asked]
    assert nobody.status_code == past.status_code == 422


def test_overdue_answers_stand_in_the_work_of_the_asker(partners, client):
    partners.open()
    asked = partners.ask()
    client.force_login(partners.cast.officer)

    assert asked.subject in client.get("/viec-cua-toi").content.decode()
    actions.withdraw_opinion(asked.pk, reason="Không còn cần", by=partners.cast.officer, at=at(1, 3))
    assert asked.subject not in client.get("/viec-cua-toi").content.decode()
    with pytest.raises(Refused):
        actions.answer_opinion(asked.pk, answer="Muộn", by=partners.focal, at=at(1, 3))


def test_new_regulation_ends_the_one_before_it(partners):
    row, officer = partners.open(), partners.cast.officer
    first = actions.add_paper(row.pk, partners.paper(), kind="regulation", by=officer, at=at(5))
    later = partners.paper(symbol="06-QC/ĐUTHU", issued_on=date(2017, 2, 1))
    second = actions.add_paper(row.pk, later, kind="regulation", by=officer, at=at(2, 2))

    first.refresh_from_db()
    days = (date(2017, 1, 31), date(2017, 2, 1))
    sheets = [sheet_of(row, officer, first=YEAR, last=day, on=TODAY) for day in days]
    assert first.valid_to == date(2017, 2, 1)
    assert [sheet.regulation for sheet in sheets] == [first, second]
    with pytest.raises(ValidationError):
        actions.add_paper(row.pk, later, kind="regulation", by=officer, at=at(3, 2))


def test_sheet_counts_duties_and_answers_as_they_stood_on_its_last_day(partners):
    row, cast = partners.open(), partners.cast
    paper = partners.paper()
    actions.add_paper(row.pk, paper, kind="regulation", by=cast.officer, at=at(5))
    named = {"selection": "unit:K.B", "coordinating_selection": f"unit:{partners.body.code}"}
    duty = {"title": "Họp định kỳ", "due_on": DUE, "mode": "joint"} | named
    issue = actions.prepare_issue(paper, cast.tree.bloc, [duty], selection="children", by=cast.officer, at=at(6))
    actions.issue_tasks(issue.pk, by=cast.leader, at=at(6))
    in_time, late, waiting = (partners.ask(subject=f"Việc {n}") for n in range(3))
    actions.answer_opinion(in_time.pk, answer="Nhất trí", by=partners.focal, at=at(6, 2))
    actions.answer_opinion(late.pk, answer="Nhất trí", by=partners.focal, at=at(20, 2))
    conclusion = partners.paper(symbol="07-KL/ĐUTHU", issued_on=date(2017, 2, 21))
    actions.add_paper(row.pk, conclusion, kind="conclusion", opinion=late, by=cast.officer, at=at(22, 2))

    then = sheet_of(row, cast.officer, first=YEAR, last=date(2017, 2, 10), on=TODAY)
    now = sheet_of(row, cast.officer, first=YEAR, last=TODAY, on=TODAY)

    assert then.counts == {"asked": 3, "in_time": 1, "late": 0, "open": 2, "open_late": 0}
    assert now.counts == {"asked": 3, "in_time": 1, "late": 1, "open": 0, "open_late": 1}
    assert now.figures == {"all": 1, "done": 0, "open": 1, "overdue": 0}
    assert [paper.document for paper in now.conclusions] == [conclusion] and waiting.is_open
    assert Share.objects.get().unit == partners.body
    assert Assignment.objects.get() in now.duties


def test_pages_ask_as_often_for_three_requests_as_for_one(partners, client):
    row = partners.open()
    client.force_login(partners.cast.officer)
    numbers = []
    for number in range(3):
        partners.ask(subject=f"Việc {number}")
        client.get("/phoi-hop")
        with CaptureQueriesContext(connection) as asked:
            for path in ("/phoi-hop", f"/phoi-hop/doi-tac/{row.pk}", "/viec-cua-toi"):
                client.get(path)
        numbers.append(len(asked))

    assert numbers[0] == numbers[2]


def test_document_locked_away_leaves_the_papers_and_the_words_of_requests(partners):
    row = partners.open()
    document = partners.paper()
    actions.add_paper(row.pk, document, kind="regulation", by=partners.cast.officer, at=at(5))
    asked = partners.ask(document=document, question="Điều 3")

    touched = remove_coordination(document)

    asked.refresh_from_db()
    assert not row.papers.exists() and touched["tasks.opinion"] == [asked.pk]
    assert (asked.question, asked.document) == ("", None) and "quy chế" not in asked.subject


def test_partner_is_opened_and_ended_on_pages(partners, client):
    client.force_login(partners.cast.officer)
    given: dict[str, Any] = {"unit": "K.B", "partner": partners.body.pk, "valid_from": "2016-01-01"}

    made = client.post("/phoi-hop/doi-tac-moi", given)
    wrong = client.post("/phoi-hop/doi-tac-moi", given | {"unit": "K.X"})
    ended = client.post(f"{made.url}/ket-thuc", {"last_day": "2017-02-28", "basis": "QĐ 2"})

    assert made.status_code == 302 and wrong.status_code == 422 and ended.status_code == 302
    page = client.get(made.url)
    assert not page.context["holds"] and client.get(f"{made.url}/van-ban").status_code == 409


def test_the_last_day_of_the_calendar_ends_no_partnership(partners, client):
    client.force_login(partners.cast.officer)
    said = {"unit": partners.north.code, "partner": partners.body.pk, "valid_from": "2017-01-01"}

    assert client.post(reverse("tasks:partnership_open"), said | {"last_day": "9999-12-31"}).status_code == 302

    made = Partnership.objects.get()
    ending = {"last_day": "9999-12-31", "basis": "Quyết định 1-QĐ/ĐUTHU"}
    assert client.post(reverse("tasks:partnership_end", args=[made.pk]), ending).status_code == 422
    made.refresh_from_db()
    assert not made.has_end


@pytest.mark.parametrize(
    "asked", ["tu=31/02/2017&den=9999-12-31", "tu=0001-01-01&den=0001-01-01", "den=abc", "page=-1"]
)
def test_an_odd_address_is_answered(partners, client, asked):
    row = partners.open()
    partners.ask()
    client.force_login(partners.cast.officer)

    for address in (reverse("tasks:partnership", args=[row.pk]), reverse("tasks:coordination")):
        assert client.get(f"{address}?{asked}").status_code == 200


def test_no_word_of_a_request_on_a_secret_document_stays(partners):
    partners.open()
    paper = partners.paper()
    asked = partners.ask(subject="Việc kín", question="Điều kín", document=paper)
    actions.withdraw_opinion(asked.pk, reason="Lý do kín", by=partners.cast.officer, at=at(9))

    remove_coordination(paper)

    assert "kín" not in str(Opinion.objects.filter(pk=asked.pk).values().get())
