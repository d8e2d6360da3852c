"""The pages, with those who inspect, who is inspected, those above; and what each is not shown."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.open_numbers import numbers_of, rows_opened
from trienkhai.common.models import Installation
from trienkhai.inspections import actions
from trienkhai.inspections.models import Draw, Inspection, InspectionProgramme
from trienkhai.inspections.tests.make import Cast, at, upload
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions as work
from trienkhai.tasks.tests.make import assignment_of, make_issue

pytestmark = pytest.mark.django_db
TODAY = date(2017, 1, 20)


@pytest.fixture(autouse=True)
def today() -> None:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})


def body(client: Any, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(f"inspections:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Any, name: str, pk: int, **given: Any) -> int:
    return client.post(reverse(f"inspections:{name}", args=[pk]), given).status_code


def test_an_inspector_plans_names_a_team_draws_and_the_leader_approves(client):
    cast = Cast()
    client.force_login(cast.inspector)
    assert post(client, "begin", cast.bloc.pk, year=2017, basis="Quy định thử") == 302
    programme = InspectionProgramme.objects.get()
    words = {"theme": "Nội dung", "kind": "inspection", "manner": "programme"}
    assert post(client, "item_add", programme.pk, **words, starts_on="2017-02-01", ends_on="2017-01-01") == 422
    assert post(client, "item_add", programme.pk, **words, starts_on="2017-01-10", ends_on="2017-06-30") == 302
    item = programme.items.get()
    assert post(client, "team", item.pk, people=[cast.officer.pk], lead=cast.inspector.pk) == 422
    assert post(client, "team", item.pk, people=[cast.officer.pk, cast.inspector.pk], lead=cast.inspector.pk) == 302
    assert post(client, "draw", item.pk, scope="children") == 422
    assert post(client, "draw", item.pk, scope="children", by_risk=1, at_random=1) == 302
    draw = Draw.objects.get()
    shown = body(client, "drawing", draw.pk)
    assert draw.seed in shown and draw.digest in shown
    assert draw.seed != "" and len(draw.seed) == 32
    unit = draw.candidates.get(place=1)
    assert unit.name in body(client, "candidate", draw.pk, unit.unit_id)
    assert post(client, "approve", programme.pk) == 409

    assert post(client, "submit", programme.pk) == 302
    client.force_login(cast.leader)
    assert reverse("inspections:programme", args=[programme.pk]) in client.get("/viec-cua-toi").content.decode()
    assert post(client, "approve", programme.pk) == 302
    programme.refresh_from_db()
    assert programme.is_approved


def test_an_inspection_goes_its_way_through_the_pages(client):
    cast = Cast()
    row = cast.named()
    client.force_login(cast.inspector)
    assert reverse("inspections:inspection", args=[row.pk]) in client.get("/viec-cua-toi").content.decode()
    assert post(client, "start", row.pk) == 302
    assert post(client, "point_add", row.pk, text="Điểm thêm") == 302
    assert post(client, "next_step", row.pk) == 302
    for point in row.points.all():
        assert post(client, "point", point.pk, result="unmet") == 422
        assert post(client, "point", point.pk, result="met", note="Đã xem") == 302
    assert post(client, "finding_add", row.pk, text="Chậm", remedy="Làm ngay", due_on="2017-01-01") == 422
    assert post(client, "finding_add", row.pk, text="Chậm", remedy="Làm ngay", due_on="2017-03-31") == 302
    finding = row.findings.get()
    assert post(client, "finding_proof", finding.pk, file=upload()) == 422
    assert post(client, "finding_proof", finding.pk, file=upload(), not_secret="on") == 302
    assert post(client, "next_step", row.pk) == 302
    assert post(client, "conclusion", row.pk, text="Đã làm tốt", follower=cast.inspector.pk) == 302
    assert post(client, "conclude", row.pk) == 409

    client.force_login(cast.leader)
    assert post(client, "conclude", row.pk) == 302
    client.force_login(cast.officer)
    answer = client.post(reverse("inspections:give", args=[row.pk]), {"not_secret": "on"})
    finding.refresh_from_db()
    assert answer["Location"] == reverse("tasks:issue", args=[finding.task.issue_id])


def test_the_subject_sees_the_steps_at_once_conclusion_and_findings_later_and_no_papers(client):
    cast = Cast()
    row = cast.written()
    point = row.points.order_by("position")[0]
    client.force_login(cast.subject_leader)
    before = body(client, "inspection", row.pk)
    assert "Chưa cập nhật" not in before and "Ưu điểm." not in before and point.text not in before
    assert client.get(reverse("inspections:point", args=[point.pk])).status_code == 404
    assert client.get(reverse("inspections:item", args=[row.item_id])).status_code == 404

    actions.conclude_inspection(row.pk, by=cast.leader, at=at(10))

    after = body(client, "inspection", row.pk)
    assert "Chưa cập nhật" in after and "Ưu điểm." in after and point.text not in after
    assert row.item.theme in body(client, "programmes")
    assert "Chưa cập nhật" in body(client, "history", cast.subject.pk)


def test_a_planned_inspection_is_not_told_to_its_subject_nor_anything_to_strangers(client):
    cast = Cast()
    row = cast.named()
    stranger = make_holder(cast.tree.south1, Role.LEADER)
    for person in (cast.subject_leader, stranger):
        client.force_login(person)
        assert client.get(reverse("inspections:inspection", args=[row.pk])).status_code == 404
    actions.start_inspection(row.pk, by=cast.inspector, at=at(4))
    assert client.get(reverse("inspections:inspection", args=[row.pk])).status_code == 404
    client.force_login(cast.north_leader)
    assert cast.subject.name in body(client, "inspection", row.pk)


def test_files_of_points_are_for_who_inspects_those_of_findings_for_who_reads_the_conclusion(client):
    cast = Cast()
    row = cast.conducted()
    point, finding = row.points.order_by("position")[0], cast.find(row)
    kept = {"not_secret": True, "by": cast.inspector, "at": at(6)}
    of_point = actions.add_proof(upload(), point_id=point.pk, **kept)
    of_finding = actions.add_proof(upload(), finding_id=finding.pk, **kept)
    client.force_login(cast.inspector)
    for proof in (of_point, of_finding):
        assert client.get(reverse("inspections:proof", args=[proof.pk]))["X-Content-Type-Options"] == "nosniff"

    client.force_login(cast.subject_leader)
    assert client.get(reverse("inspections:proof", args=[of_finding.pk])).status_code == 404
    Inspection.objects.filter(pk=row.pk).update(state="concluded", conclusion="x", concluded_on=TODAY)

    assert client.get(reverse("inspections:proof", args=[of_finding.pk])).status_code == 200
    assert client.get(reverse("inspections:proof", args=[of_point.pk])).status_code == 404


def test_a_remedy_that_is_done_waits_for_its_follower_and_is_accepted(client):
    cast = Cast()
    row = cast.concluded()
    (task,) = cast.given(row)
    finding = row.findings.get()
    address = reverse("inspections:accept", args=[finding.pk])
    client.force_login(cast.inspector)
    assert client.post(address).status_code == 409 and address not in client.get("/viec-cua-toi").content.decode()

    cast.remedied(task)

    assert address in client.get("/viec-cua-toi").content.decode()
    assert client.post(address, {"remark": "Đạt"}).status_code == 302
    assert address not in client.get("/viec-cua-toi").content.decode()


def test_numbers_of_the_work_below_open_lists_with_as_many_rows(client):
    cast = Cast()
    issue = make_issue(cast, [{"due_on": date(2017, 1, 10)}])
    row = assignment_of(issue, cast.subject)
    cast.report(row, proved=False)
    work.approve(row.pk, by=cast.north_leader, at=at(14))
    work.reopen(row.pk, reason="Chưa đúng", by=cast.north_leader, at=at(16))
    for day in (1, 2):
        work.extend(row.pk, date(2017, 2, day), reason="Chờ", by=cast.leader, at=at(17))
    once = assignment_of(issue, cast.tree.north2)
    work.extend(once.pk, date(2017, 2, 1), reason="Chờ", by=cast.leader, at=at(9))
    client.force_login(cast.inspector)

    shown = body(client, "work")

    for cell in ("corrected", "extended_twice"):
        address = f"{reverse('tasks:list')}?don-vi={cast.tree.north.pk}&amp;o={cell}"
        assert f'<a href="{address}">1</a>' in shown
        listed = client.get(address.replace("&amp;", "&")).content.decode()
        assert listed.count('<th scope="row">') == 1 and cast.subject.short_name in listed
    client.force_login(make_holder(cast.subject, Role.CLERK))
    assert client.get(reverse("inspections:work")).status_code == 404


def test_a_former_member_of_the_team_reads_no_more_of_it_in_the_queue(client):
    cast = Cast()
    row = cast.named()
    own = reverse("inspections:inspection", args=[row.pk])
    client.force_login(cast.officer)
    assert own in client.get("/viec-cua-toi").content.decode()
    Holding.objects.filter(account=cast.officer).update(valid_to=TODAY)
    make_holder(cast.tree.south1, Role.OFFICER, account=cast.officer)

    shown = client.get("/viec-cua-toi").content.decode()

    assert own not in shown and row.item.theme not in shown


def test_a_long_draw_is_read_in_pages_and_repeated_when_asked(client, monkeypatch):
    monkeypatch.setattr(import_module("trienkhai.inspections.views.drawing"), "PAGE", 2)
    cast = Cast()
    draw = cast.draw(cast.item(), by_risk=1, at_random=1, at=at(19))
    names = list(draw.candidates.order_by("place").values_list("name", flat=True))
    client.force_login(cast.inspector)

    first, last = body(client, "drawing", draw.pk), body(client, "drawing", draw.pk, page=3)

    assert all(name in first for name in names[:2]) and names[2] not in first
    assert names[4] in last and names[0] not in last
    assert "tone-good" not in first and "tone-good" in body(client, "drawing", draw.pk, **{"lam-lai": "1"})
    draw.candidates.filter(place=1).update(way="")
    again = body(client, "drawing", draw.pk, **{"lam-lai": "1"})
    assert "tone-over" in again
    for number in ("99999999999999999999", str(draw.candidates.get(place=1).unit_id)):
        address = f"/kiem-tra/luot-chon/{'9' * 20}/{number}"
        assert client.get(address).status_code == 404
    assert client.get(f"/kiem-tra/luot-chon/{draw.pk}/{'9' * 20}").status_code == 404


def test_each_number_of_a_draw_opens_the_units_it_counts(client):
    cast = Cast()
    draw = cast.draw(cast.item(), by_risk=1, at_random=2, at=at(19))
    address = reverse("inspections:drawing", args=[draw.pk])
    client.force_login(cast.inspector)

    for shown in (body(client, "item", draw.item_id), body(client, "drawing", draw.pk)):
        numbers = [one for one in numbers_of(shown) if one.url.startswith(address)]
        opened = [(one.value, rows_opened(client.get(one.url).content.decode(), "chon")) for one in numbers]
        assert opened == [(1, 1), (2, 2), (5, 5)]


def test_a_year_that_has_its_programme_is_said_to_and_its_basis_is_changed_on_its_page(client):
    cast = Cast()
    programme = cast.item().programme
    client.force_login(cast.inspector)
    answer = client.post(reverse("inspections:begin", args=[cast.bloc.pk]), {"year": 2017, "basis": "Mới"}, follow=True)
    assert [str(one.level_tag) for one in answer.context["messages"]] == ["info"]
    programme.refresh_from_db()
    assert programme.basis == ""

    assert reverse("inspections:programme_change", args=[programme.pk]) in answer.content.decode()
    assert post(client, "programme_change", programme.pk, basis="Mới") == 302
    assert "Mới" in body(client, "programme", programme.pk)


def test_the_page_asks_for_a_new_day_where_that_of_a_finding_is_past(client):
    cast = Cast()
    row = cast.written()
    past = cast.find(row, "Chậm", due_on=date(2017, 1, 12))
    actions.conclude_inspection(row.pk, by=cast.leader, at=at(10))
    client.force_login(cast.officer)
    name = f"day_{past.pk}"
    assert f'name="{name}"' in body(client, "give", row.pk)

    assert post(client, "give", row.pk, not_secret="on") == 422
    assert post(client, "give", row.pk, not_secret="on", **{name: "2017-01-19"}) == 422
    assert post(client, "give", row.pk, not_secret="on", **{name: "2017-01-31"}) == 302

    past.refresh_from_db()
    assert past.task.due_on == date(2017, 1, 31)


def test_what_nobody_of_the_team_can_carry_on_any_more_stands_in_the_work_of_the_leader(client):
    cast = Cast()
    going = cast.started()
    (task,) = cast.given(row := cast.concluded(programme=going.item.programme, theme="Nội dung hai"))
    cast.remedied(task)
    own = [
        reverse("inspections:inspection", args=[going.pk]),
        reverse("inspections:accept", args=[row.findings.get().pk]),
    ]

    def shown() -> list[bool]:
        client.force_login(cast.leader)
        mine = client.get("/viec-cua-toi").content.decode()
        return [address in mine for address in own]

    assert shown() == [False, False]
    Holding.objects.filter(account__in=(cast.inspector, cast.officer)).update(valid_to=TODAY)

    assert shown() == [True, True]
    assert client.post(own[1], {"remark": "Đạt"}).status_code == 302
    assert shown() == [True, False]


def test_an_item_is_offered_for_change_only_until_an_inspection_of_it_has_begun(client):
    cast = Cast()
    row = cast.named()
    address = reverse("inspections:item_change", args=[row.item_id])
    client.force_login(cast.leader)
    assert address in body(client, "item", row.item_id)

    actions.start_inspection(row.pk, by=cast.inspector, at=at(4))

    assert address not in body(client, "item", row.item_id) and client.get(address).status_code == 409


def test_two_of_a_team_who_write_in_one_place_do_not_write_over_each_other_unread(client):
    cast = Cast()
    row = cast.written()
    conducted = cast.conducted(programme=row.item.programme, theme="Nội dung hai")
    point = conducted.points.order_by("position")[0]
    client.force_login(cast.officer)
    places = (
        (reverse("inspections:point", args=[point.pk]), {"result": "met", "note": "Của tôi"}),
        (reverse("inspections:conclusion", args=[row.pk]), {"text": "Của tôi", "follower": cast.officer.pk}),
    )
    begun = [client.get(address).context["form"]["seen"].value() for address, _given in places]
    actions.tell_point(point.pk, result="partly", note_text="Của người khác", by=cast.inspector, at=at(6))
    actions.write_conclusion(row.pk, text="Của người khác", follower=cast.inspector.pk, by=cast.inspector, at=at(9))

    for (address, given), seen in zip(places, begun, strict=True):
        answer = client.post(address, given | {"seen": seen})
        shown = answer.content.decode()
        assert answer.status_code == 422 and "Của tôi" in shown and "Của người khác" in shown
        assert client.post(address, given | {"seen": answer.context["form"]["seen"].value()}).status_code == 302

    row.refresh_from_db()
    point.refresh_from_db()
    assert row.conclusion == point.note == "Của tôi"


def test_a_finding_is_not_due_beyond_reason_and_its_words_stay(client):
    cast = Cast()
    row = cast.conducted()
    found = cast.find(row, "Chậm")
    client.force_login(cast.inspector)
    words = {"text": "Chậm báo cáo", "remedy": "Báo cáo ngay", "held_by": row.unit_id, "due_on": "2999-12-31"}

    answer = client.post(reverse("inspections:finding", args=[found.pk]), words)

    assert answer.status_code == 422 and "Ngày này quá xa." in answer.content.decode()
    assert "Chậm báo cáo" in answer.content.decode()


def test_the_page_says_what_is_not_done_here(client):
    cast = Cast()
    client.force_login(cast.inspector)

    shown = body(client, "programmes")

    assert "outside-title" in shown


def test_an_ended_subject_says_who_took_over(client):
    cast = Cast()
    row = cast.started()
    type(cast.subject).objects.filter(pk=cast.subject.pk).update(closed_on=TODAY)
    client.force_login(cast.inspector)

    assert "strip warning" in body(client, "inspection", row.pk)


@pytest.mark.parametrize("name", ["programmes", "programme", "item", "inspection", "work", "history"])
def test_pages_ask_as_often_for_three_as_for_one(client, name: str):
    cast = Cast()
    row = cast.written()
    actions.conclude_inspection(row.pk, by=cast.leader, at=at(10))
    cast.given(row)
    client.force_login(cast.inspector)
    item = row.item
    cast.named(item=cast.item(programme=item.programme, theme="Đang chờ"))
    keys = {"programme": [item.programme_id], "item": [item.pk], "inspection": [row.pk], "history": [cast.subject.pk]}
    args = keys.get(name, [])
    body(client, name, *args)
    with CaptureQueriesContext(connection) as one:
        body(client, name, *args)
    for number, unit in enumerate((cast.tree.south1, cast.tree.south2)):
        actions.add_subject(item.pk, unit, by=cast.inspector, at=at(11))
        cast.named(item=cast.item(programme=item.programme, theme=f"Thêm {number}"))
        kept = {"inspection": row, "held_by": cast.subject, "closed_by": cast.inspector, "closed_on": TODAY}
        row.findings.create(position=number + 2, text="Thêm", remedy="Thêm", **kept)
        row.points.create(position=number + 50, text="Thêm")

    with CaptureQueriesContext(connection) as three:
        body(client, name, *args)

    assert len(three) == len(one)


def test_numbers_of_a_programme_open_its_inspections(client):
    cast = Cast()
    concluded = cast.concluded()
    named = cast.named(cast.tree.south, concluded.item)
    programme = concluded.item.programme_id
    client.force_login(cast.leader)
    assert f"/kiem-tra/chuong-trinh/{programme}?cuoc=ket-luan#cuoc" in body(client, "programmes")

    shown = {name: body(client, "programme", programme, cuoc=name) for name in ("lap", "ket-luan", "khac")}

    there = {name: [f'/kiem-tra/cuoc/{row.pk}"' in text for row in (concluded, named)] for name, text in shown.items()}
    assert there == {"lap": [True, True], "ket-luan": [True, False], "khac": [True, True]}
    assert 'id="cuoc"' in shown["lap"] and 'id="cuoc"' not in shown["khac"]


def test_the_history_is_offered_to_whoever_may_open_it(client):
    cast = Cast()
    draw = cast.draw(cast.item(), at_random=1)
    unit = draw.candidates.get(place=1).unit_id
    pages = (("item", (draw.item_id,)), ("candidate", (draw.pk, unit)))
    link = reverse("inspections:history", args=[unit])

    offered = {}
    for who in (cast.leader, make_holder(cast.bloc, Role.CLERK)):
        client.force_login(who)
        shown = [link in body(client, name, *args) for name, args in pages]
        offered[who.pk] = (shown, client.get(link).status_code)

    assert list(offered.values()) == [([True, True], 200), ([False, False], 404)]
