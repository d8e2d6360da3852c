"""Pages of lists of members: names on no page but an open list, and never in the search."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.orgs.actions import roster
from trienkhai.orgs.models import Role, RosterMember, RosterSpan, RosterTransfer
from trienkhai.orgs.roster_sheet import write_roster
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_roster import LATER, SPRING, SUMMER, Branch, numbers_of

pytestmark = pytest.mark.django_db
NAME = "Trần Thị Lan"


@pytest.fixture
def branch() -> Branch:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": SUMMER})
    return Branch()


def place(branch: Branch) -> str:
    return f"/don-vi/{branch.cell.pk}/danh-sach"


def text(client, address: str, **data: str) -> str:
    answer = client.post(address, data) if data else client.get(address)
    assert answer.status_code in (200, 403, 404), address
    return answer.content.decode()


def test_the_list_opens_by_a_button_that_leaves_an_act(client, branch):
    span = branch.add()
    client.force_login(branch.secretary)
    assert "data-keep" not in text(client, f"{place(branch)}/them")
    assert NAME not in text(client, place(branch)) and not Act.objects.filter(verb="roster.read").exists()

    opened = text(client, place(branch), ngay="2017-06-20")

    assert NAME in opened and Act.objects.filter(verb="roster.read").count() == 1
    assert NAME not in text(client, place(branch), ngay="2017-01-01")
    for verb in ("dien", "chuyen", "ket-thuc", "dinh-chinh", "bo", "xoa-ten"):
        assert NAME not in text(client, f"/muc-danh-sach/{span.pk}/{verb}"), verb


def test_no_other_page_nor_the_search_shows_a_name(client, branch):
    span = branch.add()
    roster.ask_transfer(span.pk, branch.other, on=SPRING, by=branch.secretary, at=LATER)
    for who in (branch.secretary, branch.second, branch.admin, make_holder(branch.tree.north, Role.LEADER)):
        client.force_login(who)
        for address in (
            f"/don-vi/{branch.cell.pk}", f"/dang-vien?don-vi={branch.cell.pk}", "/danh-sach-dang-vien",
            "/viec-cua-toi", "/nhat-ky", "/tai-khoan", "/chuc-danh", "/tim?q=tran+thi+lan",
        ):  # fmt: skip
            shown = text(client, address)
            assert NAME not in shown.replace('value="tran thi lan"', ""), (address, who)


def test_switched_off_there_is_no_page_and_no_button(client, branch):
    branch.add()
    client.force_login(branch.admin)
    off = f"/danh-sach-dang-vien/{branch.switch.pk}/tat"
    assert client.post(off, {"names": "1"}).status_code == 422 and RosterMember.objects.exists()
    assert client.post(off, {"names": "7", "sure": "on"}).status_code == 422 and RosterMember.objects.exists()

    assert client.post(off, {"names": "1", "sure": "on"}).status_code == 302

    client.force_login(branch.secretary)
    assert client.get(place(branch)).status_code == 404
    assert place(branch) not in text(client, f"/don-vi/{branch.cell.pk}")
    assert client.get(f"/dang-vien/{branch.cell.pk}/nhap").status_code == 200
    assert not RosterMember.objects.exists() and numbers_of(branch.cell, SUMMER)["full"] == 1


def test_the_forms_do_what_they_say_and_show_faults_beside_their_fields(client, branch):
    client.force_login(branch.secretary)
    add = f"{place(branch)}/them"
    words = {"name": NAME, "kind": "probationary", "valid_from": "2017-03-06"}
    assert client.post(add, words).status_code == 302
    assert "cùng họ tên" in client.post(add, words, follow=True).content.decode()
    assert client.post(add, words | {"kind": "friend"}).status_code == 422
    assert client.post(add, words | {"valid_from": "2016-03-06"}).status_code == 422
    first, second = RosterSpan.objects.order_by("pk")

    def post(verb: str, pk: int = first.pk, **data: str) -> int:
        return client.post(f"/muc-danh-sach/{pk}/{verb}", data).status_code

    assert post("bo", second.pk, sure="") == 422 and post("bo", second.pk, sure="on") == 302
    assert post("dien", kind="full", on="2017-03-06") == 422 and post("dien", kind="full", on="2017-05-01") == 302
    assert post("ket-thuc", on="2017-06-20") == 409
    now = RosterSpan.objects.get(kind="full").pk
    assert post("dinh-chinh", now, name="Trần Thị Lành", post="-", account="-") == 302
    assert RosterMember.objects.get().name == "Trần Thị Lành"
    assert post("chuyen", now, to=branch.other.code, on="2017-06-01") == 302
    assert post("ket-thuc", now, on="2017-06-20") == 409
    assert client.post(f"/chuyen-den/{RosterTransfer.objects.get().pk}/rut").status_code == 302
    assert post("ket-thuc", now, on="2017-06-20") == 302
    assert numbers_of(branch.cell, SUMMER) == {"full": 0, "probationary": 0}


def test_a_sheet_is_tried_shown_and_taken_over_once_by_whoever_checked_it(client, branch):
    branch.add()
    client.force_login(branch.secretary)
    content = client.post(f"{place(branch)}/tai-ve")
    assert "nhay-cam" in content["Content-Disposition"] and Act.objects.filter(verb="roster.exported").count() == 1
    RosterMember.objects.update(name="Trần Thị Lành")
    sheet = SimpleUploadedFile("danh-sach.xlsx", content.content)

    tried = client.post(f"{place(branch)}/bang-tinh", {"file": sheet})

    assert tried.context["changing"] == 1 and RosterMember.objects.get().name == "Trần Thị Lành"
    signed = tried.context["signed"]
    take = f"{place(branch)}/bang-tinh/nhap"
    client.force_login(make_holder(branch.cell, Role.LEADER))
    assert client.post(take, {"signed": signed}).status_code == 409
    client.force_login(branch.secretary)
    assert client.post(take, {"signed": signed}).status_code == 302
    assert RosterMember.objects.get().name == NAME
    bad = SimpleUploadedFile("x.xlsx", b"no workbook")
    assert client.post(f"{place(branch)}/bang-tinh", {"file": bad}).status_code == 422
    wrong = SimpleUploadedFile("x.csv", "Số,Họ và tên,Phân loại,Từ ngày\n,A,bạn,hôm qua\n".encode())
    shown = client.post(f"{place(branch)}/bang-tinh", {"file": wrong})
    assert shown.status_code == 422 and len(shown.context["faults"]) == 2


def test_the_file_has_no_formula(branch):
    span = branch.add()
    RosterMember.objects.update(name="=1+1")
    content = write_roster([RosterSpan.objects.select_related("member").get(pk=span.pk)], SUMMER)

    assert load_workbook(io.BytesIO(content)).active["B2"].data_type == "s"


def test_the_open_list_costs_the_same_for_one_row_and_for_three(client, branch):
    client.force_login(branch.secretary)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.post(place(branch), {"ngay": "2017-06-20"}).status_code == 200
        return len(asked)

    branch.add()
    one = queries()
    branch.add("Lê Văn Bình")
    branch.add("Phạm Thị Cúc")

    assert queries() == one
