"""The pages, with the people of both units; and what strangers are not shown."""

import io
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext
from docx import Document as Word

from trienkhai.common.models import Installation
from trienkhai.meetings.models import Meeting
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.reports.models import PeriodReport
from trienkhai.reports.tests.make import Cast as ReportCast
from trienkhai.tasks.tests.make import at, make_issue
from trienkhai.worksessions import actions, rules
from trienkhai.worksessions.models import Dossier, Participant, Session, UnitWord
from trienkhai.worksessions.tests.make import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2017, 3, 10)
MINE = "/viec-cua-toi"


@pytest.fixture(autouse=True)
def today() -> None:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})


def body(client: Any, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(f"worksessions:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_officer_plans_a_session_names_people_and_makes_the_dossier(client):
    cast = Cast()
    client.force_login(cast.officer)
    words = {"unit": "K.B", "day": "2017-03-10", "hour": "08:00", "place": "Hội trường", "content": "Công tác năm"}
    made = client.post(reverse("worksessions:add", args=[cast.tree.bloc.pk]), words)
    session = Session.objects.get()
    assert made.url == reverse("worksessions:people", args=[session.pk]) and session.unit == cast.tree.north

    people = {"side_0": [cast.leader.pk], "side_1": [cast.north_leader.pk, cast.north_focal.pk]}
    client.post(reverse("worksessions:people", args=[session.pk]), people)
    client.post(reverse("worksessions:dossier_make", args=[session.pk]), {"day": "2017-03-10"})

    assert session.participants.count() == 3 and Dossier.objects.get().number == 1
    shown = body(client, "session", session.pk)
    assert cast.north_focal.name in shown and reverse("worksessions:dossier", args=[Dossier.objects.get().pk]) in shown
    assert "Hội trường" in body(client, "list") or str(session.unit.short_name) in body(client, "list")


def test_every_number_of_a_dossier_opens_into_as_many_rows(client):
    cast = Cast()
    make_issue(cast, [{"work_area": "ideology"}, {"due_on": date(2017, 3, 1)}, {}], selection="unit:K.B.1 + unit:K.B.2")
    dossier = cast.dossier(cast.plan())
    Installation.objects.update(demo_today=date(2017, 3, 20))
    client.force_login(cast.officer)

    shown = body(client, "dossier", dossier.pk)

    links = re.findall(r'<a href="(/(?:nhiem-vu|buoi-lam-viec/ho-so/\d+/dong)\?[^"]+)">([\d.]+)</a>', shown)
    assert len(links) >= 19
    for url, number in set(links):
        answer = client.get(url.replace("&amp;", "&"))
        context = answer.context
        found = context["pager"]["count"] if url.startswith("/nhiem-vu") else context["page"].paginator.count
        assert answer.status_code == 200 and str(found) == number, url


def test_the_unit_reads_the_dossier_and_says_what_it_wants_to_say(client):
    cast = Cast()
    session = cast.plan()
    dossier = cast.dossier(session)
    client.force_login(cast.north_leader)
    assert cast.tree.north.name in body(client, "dossier", dossier.pk)
    client.force_login(cast.north_focal)
    assert client.get(reverse("worksessions:dossier", args=[dossier.pk])).status_code == 404
    assert gettext("The dossier has not been made.") not in body(client, "session", session.pk)

    given = {"kind": "difficulty", "text": "Thiếu cán bộ chuyên trách"}
    client.post(reverse("worksessions:word_add", args=[session.pk]), given)

    shown = body(client, "session", session.pk)
    assert "Thiếu cán bộ chuyên trách" in shown
    assert client.get(reverse("worksessions:conclusion_add", args=[session.pk])).status_code == 409
    client.post(reverse("worksessions:word_remove", args=[UnitWord.objects.get().pk]))
    assert not UnitWord.objects.exists()


def test_conclusions_of_a_session_out_of_sight_are_not_shown_as_the_last_ones(client):
    cast = Cast()
    cast.held("Củng cố chi bộ yếu", day=8)
    session = cast.plan(20)
    client.force_login(cast.north_focal)
    assert "Củng cố chi bộ yếu" in body(client, "session", session.pk)
    guest = Holding.objects.get(account=cast.stranger)
    named = {"account": cast.stranger, "holding": guest, "unit": cast.tree.south, "name": "Khách", "post": "Bí thư"}
    Participant.objects.create(session=session, **named)

    client.force_login(cast.stranger)

    assert "Củng cố chi bộ yếu" not in body(client, "session", session.pk)


def test_a_stranger_finds_nothing(client):
    cast = Cast()
    session = cast.plan()
    dossier = cast.dossier(session)

    for person in (cast.stranger, cast.inspector, cast.clerk, cast.focal[cast.tree.north1.pk]):
        client.force_login(person)
        for name, *args in (
            ("session", session.pk),
            ("dossier", dossier.pk),
            ("dossier_rows", dossier.pk),
            ("dossier_file", dossier.pk, "pdf"),
            ("add", cast.tree.bloc.pk),
        ):
            answer = client.get(reverse(f"worksessions:{name}", args=args))
            assert answer.status_code in (404, 409), name
            assert "Hội trường" not in answer.content.decode()


def test_files_of_a_dossier_and_unknown_ones(client):
    cast = Cast()
    make_issue(cast, [{"work_area": "ideology"}], selection="unit:K.B.1")
    dossier = cast.dossier(cast.plan())
    client.force_login(cast.north_leader)

    word = client.get(reverse("worksessions:dossier_file", args=[dossier.pk, "docx"]))
    pdf = client.get(reverse("worksessions:dossier_file", args=[dossier.pk, "pdf"]))

    assert Word(io.BytesIO(word.content)).inline_shapes and pdf.content.startswith(b"%PDF")
    assert client.get(reverse("worksessions:dossier_file", args=[dossier.pk, "exe"])).status_code == 404
    for muc, loai in (("khac", ""), ("reports", "x"), ("reports", "9" * 20), ("meetings", "cell"), ("units", "cell")):
        url = reverse("worksessions:dossier_rows", args=[dossier.pk])
        assert client.get(url, {"muc": muc, "loai": loai, "page": "x"}).status_code == (404 if muc == "khac" else 200)


def test_what_a_form_cannot_take_comes_back_with_its_sentence(client):
    cast = Cast()
    session = cast.plan()
    client.force_login(cast.officer)
    url = reverse("worksessions:add", args=[cast.tree.bloc.pk])
    words = {"unit": "K.B", "day": "2017-03-09", "hour": "08:00", "place": "H", "content": "C"}
    assert client.post(url, words).status_code == 422
    assert client.post(url, words | {"day": "2017-03-20", "unit": "K"}).status_code == 422
    assert client.post(url, words | {"day": "2017-03-20", "content": "Tài liệu\n\nTUYỆT MẬT\n\n"}).status_code == 422

    assert client.post(reverse("worksessions:cancel", args=[session.pk]), {"reason": ""}).status_code == 422
    late = client.post(reverse("worksessions:dossier_make", args=[session.pk]), {"day": "2017-03-11"})
    assert late.status_code == 409 and not Dossier.objects.exists()
    far = {"text": "x", "lead": "K.B", "due_on": "2900-01-01"}
    assert client.post(reverse("worksessions:conclusion_add", args=[session.pk]), far).status_code == 422


def test_the_queue_of_each_side_names_its_next_act(client):
    cast = Cast()
    session = cast.plan()
    client.force_login(cast.officer)
    assert gettext("Record the conclusions") in client.get(MINE).content.decode()

    client.force_login(cast.north_focal)
    shown = client.get(MINE).content.decode()
    assert reverse("worksessions:session", args=[session.pk]) in shown
    actions.add_word(session.pk, kind="difficulty", text="Thiếu", by=cast.north_focal, at=at(10, 3))
    assert reverse("worksessions:session", args=[session.pk]) not in client.get(MINE).content.decode()


def test_sessions_with_nothing_left_to_do_push_no_other_out_of_the_queue(client):
    cast = Cast()
    for _number in range(3):
        cast.held(day=8)
    late = cast.held("Rà soát", day=9)
    Session.objects.bulk_create(
        Session(upper=late.upper, unit=late.unit, starts_at=at(1, 2), place="H", content="C", state="ended",
                ended_at=at(1, 2), ended_by=cast.officer)
        for _number in range(25)
    )  # fmt: skip

    client.force_login(cast.officer)

    assert f'href="{reverse("worksessions:session", args=[late.pk])}"' in client.get(MINE).content.decode()


def test_numbers_of_reports_and_meetings_open_into_the_rows_that_were_counted(client):
    reports = ReportCast()
    period = reports.opened(at(5))
    unit = reports.tree.north1
    sent = reports.send(period, unit, when=at(6))
    meeting = Meeting.objects.create(
        unit=unit, body="cell", title="Họp", starts_at=at(7), place="Hội trường", kind="regular"
    )
    upper = reports.tree.bloc
    session = Session.objects.create(upper=upper, unit=unit, starts_at=at(10, 12), place="H", content="C")
    officer = make_holder(upper, Role.OFFICER)
    dossier = actions.make_dossier(session.pk, day=date(2017, 12, 10), by=officer, at=at(10, 12))
    Installation.objects.update(demo_today=date(2017, 12, 12))

    PeriodReport.objects.filter(pk=sent.pk).update(held_by=reports.tree.north2, submitted_on=None, state="returned")
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled", reason="Lũ lụt")

    client.force_login(officer)
    shown = body(client, "dossier", dossier.pk)
    links = re.findall(
        r'<a href="(/buoi-lam-viec/ho-so/\d+/dong\?[^"]*muc=(?:reports|meetings)[^"]*)">([\d.]+)</a>', shown
    )
    assert len(links) == 7 and [number for _url, number in links] == ["1", "1", "0", "0", "1", "0", "0"]
    for url, number in links:
        answer = client.get(url.replace("&amp;", "&"))
        assert str(answer.context["page"].paginator.count) == number, url
    assert "gửi ngày 06/01/2017" in client.get(links[1][0].replace("&amp;", "&")).content.decode()


def count_of(client: Any, url: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_pages_ask_as_many_questions_for_three_rows_as_for_one(client):
    cast = Cast()
    make_issue(cast, [{"work_area": "ideology"}], selection="unit:K.B.1")
    first, session = cast.held("Rà soát sổ sách", day=9), cast.plan(20)
    cast.give(cast.issued(first), first)
    actions.add_word(session.pk, kind="proposal", text="a", by=cast.north_focal, at=at(9, 3))
    dossier = cast.dossier(session)
    client.force_login(cast.officer)
    pages = ("list", []), ("session", [session.pk]), ("session", [first.pk]), ("dossier", [dossier.pk])
    few = [count_of(client, reverse(f"worksessions:{name}", args=args)) for name, args in pages]

    for text in ("b", "c"):
        actions.add_word(session.pk, kind="proposal", text=text, by=cast.north_focal, at=at(10, 3))
    make_issue(cast, [{"work_area": area} for area in ("organisation", "inspection")], selection="unit:K.B.1")
    second = cast.held("Rà soát quy chế", "Củng cố chi bộ yếu", "Báo cáo kết quả", day=8)
    cast.give(cast.issued(second), second)
    again = cast.dossier(session)
    cast.plan(21), cast.plan(22)

    pages = ("list", []), ("session", [session.pk]), ("session", [second.pk]), ("dossier", [again.pk])
    more = [count_of(client, reverse(f"worksessions:{name}", args=args)) for name, args in pages]
    assert more == few and again != dossier


def test_making_a_dossier_takes_as_many_queries_for_three_tasks_as_for_one():
    cast = Cast()
    make_issue(cast, [{"work_area": "ideology"}], selection="unit:K.B.1")
    session = cast.plan()
    rules.guided(cast.officer, session.day)
    with CaptureQueriesContext(connection) as few:
        cast.dossier(session)
    make_issue(cast, [{"work_area": "organisation"}, {}], selection="unit:K.B.1 + unit:K.B.2")
    with CaptureQueriesContext(connection) as more:
        cast.dossier(session)

    assert len(more) == len(few)
