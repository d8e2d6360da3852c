"""The pages, with those who fill, vote, appraise, decide and appeal; what each is not shown, and what leaves an act."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.documents.actions import change_draft, drop_draft
from trienkhai.documents.actions.drafting import WORDS
from trienkhai.documents.models import Draft
from trienkhai.evaluation import actions
from trienkhai.evaluation.models import Campaign, Sheet, Step
from trienkhai.evaluation.tests.make import WHEN, Cast
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db
TODAY = date(2017, 7, 6)


@pytest.fixture(autouse=True)
def today() -> None:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})


def url(name: str, *args: Any) -> str:
    return reverse(f"evaluation:{name}", args=args)


def body(client: Any, name: str, *args: Any, status: int = 200, **query: Any) -> str:
    answer = client.get(url(name, *args), query)
    assert answer.status_code == status
    return answer.content.decode()


def points(sheet: Sheet, share: float = 1, **more: str) -> dict[str, str]:
    most = {"politics": 15, "unity": 15, "indicators": 15, "meetings": 10}
    return {f"c_{code}": f"{most_ * share:.1f}".replace(".", ",") for code, most_ in most.items()} | more


def test_the_whole_way_on_the_pages(client):
    cast = Cast()
    cast.work(done=4)
    client.force_login(cast.north_leader)
    form = {"code": "2017-Q2", "units": [cast.tree.north1.pk], "denominator": "", "heads": ""}
    assert client.post(url("open", cast.evaluator.pk), form).status_code == 302
    campaign, sheet = Campaign.objects.get(), Sheet.objects.get()

    client.force_login(cast.secretary)
    assert "Tự đánh giá" in client.get("/viec-cua-toi").content.decode()
    assert "c_politics" in body(client, "sheet", sheet.pk)
    wrong = client.post(url("points", sheet.pk), points(sheet, 1.2))
    assert wrong.status_code == 422
    part = client.post(url("points", sheet.pk), {"c_politics": "12,5", "pass": "1"})
    assert part.status_code == 422 and "Đoàn kết, dân chủ" in part.content.decode()
    assert client.post(url("points", sheet.pk), points(sheet, **{"pass": "1"})).status_code == 302
    assert client.post(url("points", sheet.pk), points(sheet, **{"pass": "1"})).status_code == 302
    assert client.post(url("vote", sheet.pk), {"present": 3, "v_good": 4}).status_code == 422
    assert client.post(url("vote", sheet.pk), {"present": 5, "v_good": 4}).status_code == 302
    assert client.post(url("pass_on", sheet.pk)).status_code == 302

    client.force_login(cast.appraiser)
    assert "c_politics" not in body(client, "sheet", sheet.pk)
    opened = client.post(url("sheet", sheet.pk)).content.decode()
    assert "c_politics" in opened and Act.objects.filter(verb="evaluation.read").count() == 1
    assert client.post(url("points", sheet.pk), points(sheet, **{"pass": "1"})).status_code == 302
    assert client.post(url("propose", campaign.pk)).status_code == 302

    client.force_login(cast.north_leader)
    closed = body(client, "campaign", campaign.pk)
    assert "100 %" not in closed and "level_" not in closed
    opened = client.post(url("campaign", campaign.pk)).content.decode()
    assert f"level_{sheet.pk}" in opened and "làm tròn đến số gần nhất" in opened
    differing = {f"level_{sheet.pk}": "excellent"}
    assert client.post(url("decide", campaign.pk), differing).status_code == 422
    reason = {f"reason_{sheet.pk}": "Sáng kiến"}
    assert client.post(url("decide", campaign.pk), differing | reason).status_code == 302

    sheet.refresh_from_db()
    assert (sheet.step, sheet.level) == (Step.DECIDED, "excellent")
    client.force_login(cast.secretary)
    assert "Hoàn thành xuất sắc" in body(client, "sheet", sheet.pk)
    assert client.post(url("points", sheet.pk), points(sheet)).status_code == 409
    assert client.post(url("appeal", sheet.pk), {"text": "Chưa đúng"}).status_code == 302
    client.force_login(cast.north_leader)
    assert "Trả lời kiến nghị" in client.get("/viec-cua-toi").content.decode()
    assert client.post(url("answer", sheet.pk), {"answer": "Giữ nguyên", "level": ""}).status_code == 302


def test_inspectors_and_strangers_see_nothing_that_is_not_decided(client):
    cast = Cast()
    campaign = cast.open(heads=True)
    sheet, own = cast.sheet(campaign), cast.sheet(campaign, person=cast.secretary)
    for person in (cast.inspector, cast.leader, cast.south_leader, cast.member, cast.cell_secretary):
        client.force_login(person)
        assert client.get(url("sheet", sheet.pk)).status_code == 404
        assert client.get(url("sheet", own.pk)).status_code == 404

    cast.decided(campaign)

    client.force_login(cast.inspector)
    assert client.get(url("sheet", sheet.pk)).status_code == 200
    assert "Hoàn thành tốt" not in body(client, "sheet", sheet.pk)
    assert "Hoàn thành tốt" in client.post(url("sheet", sheet.pk)).content.decode()
    assert client.post(url("campaign", campaign.pk)).status_code == 200
    assert Act.objects.filter(verb__in=("evaluation.read", "evaluation.result_read")).count() == 2
    client.force_login(cast.member)
    assert client.get(url("sheet", sheet.pk)).status_code == 404


def test_the_subject_reads_no_proposal_before_the_decision(client):
    cast = Cast()
    campaign = cast.proposed(cast.open())
    client.force_login(cast.secretary)

    shown = body(client, "sheet", cast.sheet(campaign).pk)

    assert "Phần mềm đề xuất" not in shown
    assert client.post(url("campaign", campaign.pk)).status_code == 409
    assert client.post(url("export", campaign.pk)).status_code == 409


def test_each_figure_opens_into_its_rows(client):
    cast = Cast()
    rows = cast.work(done=2, late=1)
    sheet = cast.sheet(cast.open())
    client.force_login(cast.appraiser)

    shown = body(client, "figure", sheet.pk, "on_time")

    assert all(f"/nhiem-vu/{row.pk}" in shown for row in rows) and "(2/3)" in shown
    narrowed = f"/nhiem-vu?don-vi={cast.tree.north1.pk}&amp;pham-vi=don-vi&amp;ky=2017-Q2"
    assert narrowed in shown
    assert client.get(narrowed.replace("&amp;", "&")).status_code == 200
    for name in ("done", "late", "quality", "above", "indicators", "meetings"):
        body(client, "figure", sheet.pk, name)
    body(client, "figure", sheet.pk, "weather", status=404)
    mark = url("mark_above", sheet.pk, rows[0].pk)
    assert client.get(mark).status_code == 200
    assert client.post(mark, {"ground": "Nhân rộng toàn khối"}).status_code == 302
    assert "Nhân rộng toàn khối" in body(client, "figure", sheet.pk, "above")


def test_norms_not_confirmed_and_illustrations_say_so(client):
    cast = Cast()
    campaign = cast.open()
    client.force_login(cast.appraiser)

    shown = body(client, "campaign", campaign.pk)

    assert "chưa kiểm chứng" in shown and "minh họa, không phải quy định" in shown
    client.force_login(cast.north_leader)
    Installation.objects.update(demo_today=date(2019, 2, 1))
    assert "chưa có quy định" in body(client, "open", cast.evaluator.pk)
    form = {"code": "2018", "units": [cast.tree.north1.pk]}
    assert client.post(url("open", cast.evaluator.pk), form).status_code == 409


def test_the_list_for_the_decision_is_a_file_and_a_draft(client):
    cast = Cast()
    campaign = cast.proposed(cast.open(heads=True))
    client.force_login(cast.north_leader)

    answer = client.post(url("export", campaign.pk))

    assert answer.status_code == 200 and answer.content[:2] == b"PK"
    assert Act.objects.filter(verb="evaluation.exported").count() == 1
    assert client.post(url("draft", campaign.pk)).status_code == 409
    assert not Draft.objects.exists()
    actions.decide(campaign.pk, {}, {}, by=cast.north_leader, at=WHEN)
    assert client.post(url("draft", campaign.pk)).status_code == 302
    campaign.refresh_from_db()
    assert campaign.paper is not None
    assert "| TT |" in campaign.paper.body and "minh họa, không phải quy định" in campaign.paper.body
    assert "Chi bộ Bắc Hai" in campaign.paper.body and "Đề xuất" in campaign.paper.body


def test_an_accepted_appeal_stands_in_every_list_and_the_open_draft_is_written_anew(client):
    cast = Cast()
    campaign = cast.decided(cast.open())
    sheet = cast.sheet(campaign)
    client.force_login(cast.north_leader)
    client.post(url("draft", campaign.pk))
    first = Draft.objects.get()
    change_draft(
        first.pk,
        {name: getattr(first, name) for name in WORDS} | {"place": "Bắc"},
        base=1,
        by=cast.north_leader,
        at=WHEN,
    )
    actions.appeal(sheet.pk, text="Chưa đúng", by=cast.secretary, at=WHEN)
    actions.answer_appeal(sheet.pk, answer="Xếp lại", level="excellent", by=cast.north_leader, at=WHEN)

    opened = client.post(url("campaign", campaign.pk)).content.decode()
    assert client.post(url("draft", campaign.pk)).status_code == 302

    assert "Sau kiến nghị" in opened and "Hoàn thành xuất sắc" in opened
    again = Draft.objects.get()
    assert "sau kiến nghị: Hoàn thành xuất sắc" in again.body and again.place == "Bắc"
    assert "sau kiến nghị" not in first.body and again.versions.count() == 3
    drop_draft(again.pk, by=cast.north_leader, at=WHEN)
    client.post(url("draft", campaign.pk))
    assert Draft.objects.count() == 2


def test_whatever_shows_an_opened_sheet_or_result_leaves_an_act(client):
    cast = Cast()
    campaign = cast.open(heads=True)
    sheet = cast.advance(cast.sheet(campaign), Step.UPPER)
    reads = Act.objects.filter(verb="evaluation.read")
    client.force_login(cast.appraiser)
    assert client.post(url("points", sheet.pk), points(sheet, 1.5)).status_code == 422
    assert reads.count() == 1
    assert client.post(url("points", sheet.pk), points(sheet)).status_code == 200
    assert reads.count() == 2
    own = cast.advance(cast.sheet(campaign, person=cast.deputy), Step.VOTE)
    cast.vote(own)
    client.force_login(cast.secretary)
    assert 'value="5"' not in body(client, "vote", own.pk)
    assert reads.count() == 2
    cast.proposed(campaign)
    client.force_login(cast.north_leader)
    assert client.post(url("decide", campaign.pk), {f"level_{sheet.pk}": "poor"}).status_code == 422
    assert Act.objects.filter(verb="evaluation.result_read").count() == 1
    actions.decide(campaign.pk, {}, {}, by=cast.north_leader, at=WHEN)
    actions.appeal(sheet.pk, text="Chưa đúng chỗ này", by=cast.secretary, at=WHEN)
    assert "Chưa đúng chỗ này" not in body(client, "answer", sheet.pk)
    assert "Chưa đúng chỗ này" in client.post(url("sheet", sheet.pk)).content.decode()
    assert reads.count() == 3


def test_why_a_subject_is_left_out_is_read_in_the_opened_sheet_alone(client):
    cast = Cast()
    sheet = cast.sheet(cast.open(heads=True), person=cast.secretary)
    actions.leave_out(sheet.pk, reason="Nghỉ chữa bệnh dài ngày", by=cast.appraiser, at=WHEN)
    client.force_login(cast.north_leader)

    assert "Nghỉ chữa bệnh" not in body(client, "sheet", sheet.pk)

    assert "Nghỉ chữa bệnh" in client.post(url("sheet", sheet.pk)).content.decode()
    client.force_login(cast.secretary)
    assert "Nghỉ chữa bệnh" in body(client, "sheet", sheet.pk)


@pytest.mark.parametrize("name", ["list", "campaign", "sheet", "figure", "mine"])
def test_pages_ask_as_often_for_three_as_for_one(client, name: str):
    cast = Cast()
    cast.work(done=1)
    campaign = cast.open(units=[cast.tree.north1])
    sheet = cast.sheet(campaign)
    client.force_login(cast.secretary if name == "mine" else cast.appraiser)
    args = {"campaign": [campaign.pk], "sheet": [sheet.pk], "figure": [sheet.pk, "done"]}.get(name, [])
    address = "/viec-cua-toi" if name == "mine" else url(name, *args)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    cast.open(units=[cast.tree.north1], code="2017-Q1")
    cast.open(units=[cast.tree.north1], code="2017")
    actions.add_subjects(campaign.pk, [cast.tree.north2], heads=True, by=cast.appraiser, at=WHEN)
    cast.work(done=2)
    actions.read_figures(sheet.pk, by=cast.secretary, at=at(6, 7))

    with CaptureQueriesContext(connection) as three:
        client.get(address)

    assert len(three) <= len(one)


def test_numbers_in_sentences_open_their_rows_and_count_only_sheets_in_sight(client):
    cast = Cast()
    cast.work(done=1, late=2)
    campaign = cast.proposed(cast.open())
    sheet = cast.sheet(campaign)

    client.force_login(cast.appraiser)
    listing = body(client, "list")
    assert f'href="{url("campaign", campaign.pk)}?phieu=da-tham-dinh#sheets">2</a>' in listing
    assert f'href="{url("campaign", campaign.pk)}?phieu=xep-loai#sheets">2</a>' in listing
    assert url("sheet", sheet.pk) in body(client, "campaign", campaign.pk, phieu="lạ")
    none = body(client, "campaign", campaign.pk, phieu="chua-tham-dinh")
    assert url("sheet", sheet.pk) not in none and "hiển thị tất cả" in none
    opened = client.post(url("sheet", sheet.pk)).content.decode()
    assert f'href="{url("figure", sheet.pk, "late")}" data-count="3">2/3</a>' in opened.split("reasons")[1]

    client.force_login(cast.secretary)
    assert '?phieu=xep-loai#sheets">1</a>' in body(client, "list")
