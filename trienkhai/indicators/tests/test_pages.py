"""The pages: defining, giving, entering as typed, approving, the table, its parts, the spreadsheet, the queue."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from trienkhai.common.models import Installation
from trienkhai.indicators.models import Definition, Giving, Holder, Indicator, State, Target, Value, ValueFile
from trienkhai.indicators.tests.make import Q1, Q2, Cast

pytestmark = pytest.mark.django_db
MEANT = {
    "title": "Số buổi tuyên truyền",
    "measure": "buổi",
    "kind": "number",
    "direction": "higher",
    "aggregation": "sum",
    "code": "CT9",
    "period": "month",
    "valid_from": "2017-01-01",
}


@pytest.fixture
def cast() -> Cast:
    """On a demo's day after the first quarter."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 4, 20)})
    return Cast(usual_high=Decimal(500))


def line(cast: Cast, unit, start: date = Q1) -> str:
    return f"h{cast.holder(unit).pk}-{start.isoformat()}"


def test_an_officer_defines_an_indicator_and_is_led_to_give_it(cast: Cast, client):
    client.force_login(cast.officer)

    answer = client.post(reverse("indicators:add"), MEANT | {"usual_high": "1.234,5", "choices": "", "factor": ""})

    made = Indicator.objects.get(code="CT9")
    assert answer.url == reverse("indicators:give", args=[made.pk])
    assert made.definitions.get().usual_high == Decimal("1234.5")


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"usual_high": "1.234"}, {"period": "week"}, {"valid_from": "hôm nay"}, {"code": "CT1"}]
)
def test_a_wrong_definition_says_so_and_stores_nothing(cast: Cast, client, wrong):
    client.force_login(cast.officer)

    assert client.post(reverse("indicators:add"), MEANT | wrong).status_code == 422
    assert Indicator.objects.count() == 1


def test_giving_counts_first_then_gives_with_targets(cast: Cast, client):
    client.force_login(cast.officer)
    address = reverse("indicators:give", args=[cast.indicator.pk])
    given = {"groups": ["grassroots"], Q1.isoformat(): "12,5", Q2.isoformat(): ""}

    counted = client.post(address, given | {"preview": "1"})
    assert counted.context["counts"].units == 5 and not Giving.objects.exists()
    client.post(address, given)

    assert Giving.objects.get().count == 5
    assert {row.number for row in Target.objects.all()} == {Decimal("12.5")}
    assert client.post(address, {"groups": []}).status_code == 422


def test_targets_are_changed_one_by_one(cast: Cast, client):
    cast.give()
    client.force_login(cast.officer)
    address = reverse("indicators:targets", args=[cast.indicator.pk])
    pk = cast.holder(cast.tree.north1).pk

    assert client.get(address).status_code == 200
    client.post(address, {f"{pk}-{Q1.isoformat()}": "7"})
    assert client.post(address, {f"{pk}-{Q1.isoformat()}": "bảy"}).status_code == 422

    assert Target.objects.get().number == 7


def test_values_are_kept_as_typed_and_sent_when_they_can_be_read(cast: Cast, client):
    cast.give()
    unit = cast.tree.north1
    client.force_login(cast.focal[unit.pk])
    address, name = reverse("indicators:entering"), line(cast, unit)

    wrong = client.post(address, {f"{name}-number": "1.234", "send": "1"})
    kept = Value.objects.get()
    assert (wrong.status_code, kept.typed["number"], kept.state) == (422, "1.234", State.DRAFT)
    assert 'value="1.234"' in wrong.content.decode() and "1,2340" in wrong.content.decode()
    assert 'value="1.234"' in client.get(address).content.decode()
    sent = client.post(address, {f"{name}-number": "234", "send": "1"})

    kept.refresh_from_db()
    assert (sent.status_code, kept.state, kept.number) == (302, State.SUBMITTED, 234)


def test_a_draft_is_kept_without_being_read(cast: Cast, client):
    cast.give()
    unit = cast.tree.north1
    client.force_login(cast.focal[unit.pk])

    answer = client.post(reverse("indicators:entering"), {f"{line(cast, unit)}-number": "khoảng 20", "keep": "1"})

    assert answer.status_code == 302
    assert (Value.objects.get().typed["number"], Value.objects.get().state) == ("khoảng 20", State.DRAFT)


def test_the_unusual_asks_for_a_reason_and_goes_with_it(cast: Cast, client):
    cast.give()
    unit = cast.tree.north1
    client.force_login(cast.focal[unit.pk])
    address, name = reverse("indicators:entering"), line(cast, unit)

    assert client.post(address, {f"{name}-number": "900", "send": "1"}).status_code == 422
    client.post(address, {f"{name}-number": "900", f"{name}-remark": "Kết nạp tập trung", "send": "1"})
    client.force_login(cast.leader)
    page = client.get(reverse("indicators:waiting")).content.decode()

    assert "Kết nạp tập trung" in page and "500" in page


def test_a_leader_approves_those_ticked_returns_others_and_approves_the_rest(cast: Cast, client):
    cast.give()
    values = [cast.tell(unit, "5").sent[0] for unit in cast.tree.grassroots]
    client.force_login(cast.leader)
    address = reverse("indicators:waiting")

    assert client.post(address, {"verb": "approve"}).status_code == 422
    client.post(address, {"verb": "approve", "so-lieu": [values[0].pk]})
    assert client.post(address, {"verb": "return", "so-lieu": [values[1].pk]}).status_code == 422
    client.post(address, {"verb": "return", "so-lieu": [values[1].pk], "reason": "Chưa đủ"})
    client.post(f"{address}?chi-tieu={cast.indicator.pk}", {"verb": "approve_all"})

    assert Value.objects.approved().count() == 4
    assert Value.objects.get(pk=values[1].pk).decision == "Chưa đủ"
    assert client.post(address, {"verb": "approve", "so-lieu": ["x", "9" * 30]}).status_code == 422


def test_an_approved_value_is_corrected_on_its_own_page(cast: Cast, client):
    cast.give()
    unit = cast.tree.north1
    first = cast.told(unit, "5")
    client.force_login(cast.focal[unit.pk])
    address, name = reverse("indicators:correct", args=[first.pk]), line(cast, unit)

    assert client.post(address, {f"{name}-number": "6", "send": "1"}).status_code == 422
    client.post(address, {f"{name}-number": "6", f"{name}-correction_reason": "Đếm sót", "send": "1"})

    assert Value.objects.get(corrects=first).state == State.SUBMITTED
    history = client.get(reverse("indicators:history", args=[cast.holder(unit).pk])).content.decode()
    assert "Đếm sót" in history


def test_evidence_is_added_and_read_by_those_who_see_the_value(cast: Cast, client):
    cast.give()
    unit = cast.tree.north1
    draft = cast.tell(unit, "5", submit=False).kept[0]
    client.force_login(cast.focal[unit.pk])
    upload = SimpleUploadedFile("bieu.txt", "Biểu".encode())

    client.post(reverse("indicators:file_add", args=[draft.pk]), {"file": upload, "not_secret": "on"})

    address = reverse("indicators:file", args=[ValueFile.objects.get().pk])
    assert client.get(address).status_code == 200
    client.force_login(cast.focal[cast.tree.south1.pk])
    assert client.get(address).status_code == 404


def test_the_table_and_the_parts_show_the_sum_and_who_is_missing(cast: Cast, client):
    cast.give(targets={Q1: Decimal(10)})
    cast.told(cast.tree.north1, "7"), cast.told(cast.tree.south1, "1.234,5", remark="Tiếp nhận")
    client.force_login(cast.officer)

    table = client.get(reverse("indicators:indicator", args=[cast.indicator.pk]))
    parts = client.get(reverse("indicators:parts", args=[cast.indicator.pk]) + "?ky=2017-01-01")

    assert table.context["table"].own.cells[0].actual == Decimal("1241.5")
    total = parts.context["summed"].total
    assert (total.counted, total.missing, total.number) == (2, 3, Decimal("1241.5"))
    assert sum(row.top for _unit, row, _own in parts.context["branches"]) == total.number


def test_a_focal_point_sees_the_own_unit_alone(cast: Cast, client):
    cast.give("grassroots + children")
    cast.told(cast.tree.north1, "7"), cast.told(cast.tree.north2, "8")
    client.force_login(cast.focal[cast.tree.north.pk])

    parts = client.get(reverse("indicators:parts", args=[cast.indicator.pk]) + "?ky=2017-01-01")
    table = client.get(reverse("indicators:indicator", args=[cast.indicator.pk]))

    assert {part.unit_id for group in parts.context["groups"] for _unit, part in group["rows"]} == {cast.tree.north.pk}
    assert table.context["table"].rows == []
    away = reverse("indicators:indicator", args=[cast.indicator.pk]) + f"?don-vi={cast.tree.bloc.pk}"
    assert client.get(away).status_code == 404


def test_the_spreadsheet_holds_the_numbers_of_the_table(cast: Cast, client):
    cast.give(targets={Q1: Decimal(10)})
    cast.told(cast.tree.north1, "7,25")
    client.force_login(cast.officer)

    answer = client.get(reverse("indicators:export", args=[cast.indicator.pk]) + "?nam=2017")

    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[4][:4] == ("Đảng bộ Khối Thử", 50, 7.25, 14.5)
    assert [row[0] for row in rows[5:]] == ["Đảng bộ Bắc", "Đảng bộ Nam", "Đảng bộ Trực"]


def test_what_is_due_and_what_waits_stands_in_the_queue(cast: Cast, client):
    cast.give()
    cast.tell(cast.tree.north1, "5")
    client.force_login(cast.focal[cast.tree.south1.pk])
    assert reverse("indicators:entering") in client.get(reverse("tasks:mine")).content.decode()
    client.force_login(cast.leader)

    assert reverse("indicators:waiting") in client.get(reverse("tasks:mine")).content.decode()
    found = client.get(reverse("common:search") + "?q=kết nạp")
    assert reverse("indicators:indicator", args=[cast.indicator.pk]) in found.content.decode()


def test_change_links_close_and_take_back_have_their_pages(cast: Cast, client):
    cast.give()
    client.force_login(cast.officer)
    pk = cast.indicator.pk
    holder = cast.holder(cast.tree.north1)

    for name, given in (
        ("change", {**MEANT, "title": "Tên mới", "from_day": "2017-04-20"}),
        ("links", {"work_area": ""}),
        ("close", {"last_day": "2017-12-31", "reason": "Hết năm"}),
    ):
        address = reverse(f"indicators:{name}", args=[pk])
        assert client.get(address).status_code == 200
        assert client.post(address, given).status_code == 302, name
    address = reverse("indicators:take_back", args=[holder.pk])
    assert client.post(address, {"last_day": "2017-04-20", "reason": "Không còn"}).status_code == 302
    assert Definition.objects.get().title == "Tên mới"
    assert Holder.objects.get(pk=holder.pk).valid_to == date(2017, 4, 21)


@pytest.mark.parametrize("name", ["list", "indicator", "parts", "entering", "waiting"])
def test_pages_take_the_same_number_of_queries_for_one_indicator_and_three(cast: Cast, client, name):
    def count() -> int:
        person = cast.focal[cast.tree.north1.pk] if name == "entering" else cast.leader
        client.force_login(person)
        takes = [cast.indicator.pk] if name in ("indicator", "parts") else []
        address = reverse(f"indicators:{name}", args=takes)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    cast.give()
    cast.tell(cast.tree.north2, "5")
    one = count()
    for code in ("CT2", "CT3"):
        other = cast.define(code)
        cast.give(to=other)
        cast.tell(cast.tree.north2, "5", indicator=other)

    assert count() <= one + (1 if name == "waiting" else 0), name


def test_a_narrow_screen_shows_one_period_at_a_time(cast: Cast, client):
    cast.give()
    cast.told(cast.tree.north1, "7")
    client.force_login(cast.leader)
    address = reverse("indicators:indicator", args=[cast.indicator.pk])

    shown = {asked: client.get(address + asked) for asked in ("", "?ky=2017-10-01", "?ky=x", "?ky=nam")}

    assert [answer.context["phone"] for answer in shown.values()] == [Q1, date(2017, 10, 1), Q1, None]
    rows = len(shown[""].context["table"].rows) + 1
    assert shown[""].content.decode().count('class="reached folded"') == 3 * rows
    assert "folded" not in shown["?ky=nam"].content.decode()


def test_fields_that_only_some_kinds_need_say_so(cast: Cast, client):
    client.force_login(cast.officer)

    answer = client.get(reverse("indicators:add"))

    fields, page = answer.context["form"].fields, answer.content.decode()
    assert page.count(f"({fields['numerator'].needed_for})") == 2
    assert f"({fields['choices'].needed_for})" in page
