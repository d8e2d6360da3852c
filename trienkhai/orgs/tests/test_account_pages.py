"""Pages of accounts, of the invitation sheet and of the review of rights, as the people who use them."""

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.notices.tests.make import mail_server
from trienkhai.orgs.actions.reviewing import open_review
from trienkhai.orgs.inviting_sheet import MOST_ROWS
from trienkhai.orgs.models import Holding, Invitation, Post, Role
from trienkhai.orgs.tests.make import NOON, Tree, make_holder
from trienkhai.orgs.tests.make_accounts import PASSWORD, invited, make_admin, make_post
from trienkhai.people.models import AccessLink, Account

pytestmark = pytest.mark.django_db
HEADS = ["Họ tên", "Tên đăng nhập", "Thư điện tử", "Mã đơn vị", "Chức danh", "Từ ngày"]
FORM = {"name": "Trần Thị Lan", "username": "", "email": "", "valid_from": "03/01/2017"}


@pytest.fixture
def north(client) -> Tree:
    """The administrator of north is signed in; its first grassroots has a post of clerk."""
    tree = Tree()
    tree.admin = make_admin(tree.north)
    tree.post, tree.second, tree.third = (make_post(tree.north1, f"Văn thư{end}") for end in ("", " 2", " 3"))
    client.force_login(tree.admin)
    return tree


def link_in(page: str) -> str:
    return re.search(r"http://[^/]+(/vao/[\w-]+)", page)[1]


def test_an_invitation_by_page_shows_the_link_once_and_the_link_opens(client, north):
    shown = client.post(f"/quan-ly-tai-khoan/moi?don-vi={north.north1.pk}", FORM | {"post": north.post.pk})

    page = shown.content.decode()
    way = link_in(page)
    assert shown.status_code == 200 and "lantt" in page and "no-store" in shown["Cache-Control"]
    person = Account.objects.get(username="lantt")
    assert way not in client.get(f"/quan-ly-tai-khoan/{person.pk}").content.decode()
    client.logout()
    client.post(way, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert client.session["_auth_user_id"] == str(person.pk)
    assert north.post.title in client.get("/tai-khoan").content.decode()


def test_the_link_goes_by_mail_where_mail_is_set_up_and_its_failure_is_told(client, north, settings):
    way = f"/quan-ly-tai-khoan/moi?don-vi={north.north1.pk}"
    with mail_server(settings) as postman:
        page = client.post(way, FORM | {"post": north.post.pk, "email": "lan@example.vn"}).content.decode()
        postman.answer = "550 no"
        refused = client.post(way, FORM | {"post": north.second.pk, "email": "hai@example.vn"}).content.decode()
    down = client.post(way, FORM | {"post": north.third.pk, "email": "ba@example.vn"}).content.decode()

    words = postman.mails[0].get_content()
    address = re.search(r"https://trienkhai\.example\.vn/vao/[\w-]+", words)[0]
    assert postman.mails[0]["To"] == "lan@example.vn" and address in page and "lantt" in words
    assert len(postman.mails) == 1 and "trên giấy" in refused and "trên giấy" in down
    assert Account.objects.filter(username__startswith="lantt").count() == 3


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"username": "Có Dấu"}, "username"),
        ({"username": "taken"}, "username"),
        ({"email": "lan@"}, "email"),
        ({"valid_from": "31/02/2017"}, "valid_from"),
        ({"post": "999999"}, "post"),
        ({"post": "abc"}, "post"),
    ],
)
def test_a_wrong_invitation_is_told_at_its_field(client, north, changes, field):
    Account.objects.create_user("taken", name="Đã Có")
    values = FORM | {"post": north.post.pk} | changes

    answer = client.post(f"/quan-ly-tai-khoan/moi?don-vi={north.north1.pk}", values)

    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert not Invitation.objects.exists()


def test_a_post_outside_of_the_branch_cannot_be_asked_for(client, north):
    outside = make_post(north.south1)

    assert client.get(f"/quan-ly-tai-khoan/moi?don-vi={north.south1.pk}").status_code == 404
    answer = client.post(f"/quan-ly-tai-khoan/moi?don-vi={north.north1.pk}", FORM | {"post": outside.pk})
    assert answer.status_code == 422


def test_the_list_and_an_account_ask_the_same_number_of_questions_for_one_and_for_three(client, north):
    invited(north.post, north.admin, username="mot")
    client.get("/quan-ly-tai-khoan")
    before = _count(client, "/quan-ly-tai-khoan")
    for name, post in (("hai", north.second), ("ba", north.third)):
        invited(post, north.admin, username=name)

    assert _count(client, "/quan-ly-tai-khoan") == before
    found = client.get("/quan-ly-tai-khoan?tim=tran+lan&tinh_trang=waiting").content.decode()
    assert "chờ đăng nhập lần đầu" in found and "mot" in found and north.admin.username not in found


def _count(client, address) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_an_account_with_a_post_outside_is_shown_with_the_reason_and_without_buttons(client, north):
    lan = make_holder(north.north1, Role.CLERK)
    make_holder(north.south1, Role.CLERK, account=lan)

    page = client.get(f"/quan-ly-tai-khoan/{lan.pk}").content.decode()

    assert "ngoài nhánh đang quản trị" in page and north.south1.name in page and "/dong" not in page
    assert client.post(f"/quan-ly-tai-khoan/{lan.pk}/dong").status_code == 409


def test_closing_opening_and_renaming_by_page(client, north):
    lan = invited(north.post, north.admin).account
    way = f"/quan-ly-tai-khoan/{lan.pk}"

    client.post(way, {"name": "Trần Thị Liên", "email": "sai"})
    client.post(way, {"name": "Trần Thị Liên", "email": ""})
    client.post(f"{way}/dong")
    closed = client.get(way).content.decode()
    opened = client.post(f"{way}/mo").content.decode()

    assert "Trần Thị Liên" in closed and "đã đóng" in closed and link_in(opened)
    lan.refresh_from_db()
    assert lan.is_active
    assert client.post(f"{way}/mo").status_code == 409


def book(*rows, heads=HEADS) -> SimpleUploadedFile:
    made, buffer = Workbook(), io.BytesIO()
    for row in (heads, *rows):
        made.active.append(list(row))
    made.save(buffer)
    return SimpleUploadedFile("nguoi-dung.xlsx", buffer.getvalue())


def row(name="Trần Thị Lan", username="", email="", code="K.B.1", post="văn thư", day=date(2017, 2, 1)):
    return [name, username, email, code, post, day]


def test_a_sheet_is_shown_first_then_invites_all_and_hands_the_links_over_once(client, north):
    sheet = book(
        row(), row(post="Văn thư 2"), row("Đỗ Văn Ánh", "anhdo", "anh@example.vn", post="VĂN THƯ 3", day="05/02/2017")
    )
    shown = client.post("/quan-ly-tai-khoan/bang-tinh", {"file": sheet})
    assert shown.status_code == 200 and not Invitation.objects.exists()
    page = shown.content.decode()
    assert "lantt2" in page and "Sẽ mời 3 người" in page
    signed = shown.context["signed"]

    file = client.post("/quan-ly-tai-khoan/bang-tinh/moi", {"signed": signed})

    cells = list(load_workbook(io.BytesIO(file.content)).active.iter_rows(values_only=True))
    assert [line[1] for line in cells[1:]] == ["lantt", "lantt2", "anhdo"]
    ways = [re.search(r"/vao/[\w-]+", line[5])[0] for line in cells[1:]]
    assert len(set(ways)) == 3 and client.get(ways[2]).status_code == 200
    assert Holding.objects.get(account__username="anhdo").valid_from == date(2017, 2, 5)
    assert all(way.split("/")[-1] not in str(list(AccessLink.objects.values())) for way in ways)
    again = client.post("/quan-ly-tai-khoan/bang-tinh/moi", {"signed": signed})
    assert again.status_code == 409 and Invitation.objects.count() == 3


def test_every_wrong_cell_is_named_by_row_and_column_and_nothing_is_stored(client, north):
    invited(north.post, north.admin, username="co-roi")
    sheet = book(
        row(),
        row("", "trung"),
        row("Lê Hai", "trung", "không phải thư"),
        row("Lê Ba", "Có Dấu", code="K.N.1"),
        row("=1+1", post="Chức Danh Lạ", day="31/02/2017"),
        row("Lê Năm", "co-roi"),
        row("!!!"),
    )

    answer = client.post("/quan-ly-tai-khoan/bang-tinh", {"file": sheet})

    found = {(fault.row, str(fault.column)) for fault in answer.context["faults"]}
    assert found == {
        (3, "Họ và tên"),
        (4, "Tên đăng nhập"),
        (4, "Thư điện tử"),
        (5, "Mã đơn vị"),
        (5, "Tên đăng nhập"),
        (6, "Họ và tên"),
        (6, "Chức danh"),
        (6, "Từ ngày"),
        (7, "Tên đăng nhập"),
        (8, "Họ và tên"),
    }
    assert answer.status_code == 422 and Invitation.objects.count() == 1


def test_what_only_the_invitation_itself_refuses_is_named_by_row_and_leaves_nothing_behind(client, north):
    before = (Account.objects.count(), Holding.objects.count(), Act.objects.count())
    sheet = book(row(), row("Lê Hai", post="Văn thư 2", day="31/12/9999"))

    answer = client.post("/quan-ly-tai-khoan/bang-tinh", {"file": sheet})

    assert [fault.row for fault in answer.context["faults"]] == [3] and "signed" not in answer.context
    assert (Account.objects.count(), Holding.objects.count(), Act.objects.count()) == before


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.xlsx", b"not a workbook"),
        SimpleUploadedFile("a.csv", b"\xff\xfe\x00"),
        SimpleUploadedFile("a.csv", "Họ tên;Mã đơn vị\nLan;K.B.1\n".encode()),
        SimpleUploadedFile("a.csv", "Họ tên;Mã đơn vị;Chức danh;Mật khẩu\nLan;K.B.1;Văn thư;x\n".encode()),
        SimpleUploadedFile("a.csv", "Họ tên;Họ và tên;Mã đơn vị;Chức danh\nA;B;C;D\n".encode()),
        SimpleUploadedFile("a.csv", b" \n"),
    ],
)
def test_files_that_are_no_such_sheet_are_refused_with_a_sentence(client, north, file):
    answer = client.post("/quan-ly-tai-khoan/bang-tinh", {"file": file})

    assert answer.status_code == 422 and list(answer.context["form"].errors) == ["file"]


def test_too_many_rows_and_a_sheet_signed_for_somebody_else_are_refused(client, north):
    lines = "".join(f"Người {number};K.B.1;Văn thư\n" for number in range(MOST_ROWS + 1))
    many = SimpleUploadedFile("a.csv", ("Họ tên;Mã đơn vị;Chức danh\n" + lines).encode())
    assert client.post("/quan-ly-tai-khoan/bang-tinh", {"file": many}).context["form"].errors
    signed = client.post("/quan-ly-tai-khoan/bang-tinh", {"file": book(row())}).context["signed"]

    client.force_login(make_admin(north.bloc))

    for given in (signed, signed + "x", "", "abc"):
        assert client.post("/quan-ly-tai-khoan/bang-tinh/moi", {"signed": given}).status_code == 409
    assert not Invitation.objects.exists()


def test_the_model_sheet_is_read_back(client, north):
    model = client.get("/quan-ly-tai-khoan/bang-tinh/mau").content

    heads = next(load_workbook(io.BytesIO(model)).active.iter_rows(values_only=True))

    answer = client.post("/quan-ly-tai-khoan/bang-tinh", {"file": book(row(), heads=heads)})
    assert answer.status_code == 200 and answer.context["count"] == 1


def test_a_leader_confirms_on_the_page_and_is_not_offered_to_end(client, north):
    leader, lan = make_holder(north.north, Role.LEADER), make_holder(north.north1, Role.CLERK)
    Post.objects.filter(holdings__account=lan).update(title="Văn thư chi bộ")
    review = open_review(north.north, 2017, by=north.admin, at=NOON)
    client.force_login(leader)

    page = client.get(f"/ra-soat-quyen/{review.pk}").content.decode()
    held = Holding.objects.get(account=lan).pk
    client.post(f"/ra-soat-quyen/{review.pk}/quyet-dinh", {"holding": [held], "outcome": "confirmed"})

    assert "Văn thư chi bộ" in page and 'value="ended"' not in page
    assert review.marks.get().by == leader
    for wrong in ({"outcome": "x"}, {"outcome": "ended", "holding": [held]}, {"outcome": "confirmed", "until": "sai"}):
        assert client.post(f"/ra-soat-quyen/{review.pk}/quyet-dinh", wrong).status_code == 409
    odd = {"holding": ["abc", "9" * 30], "outcome": "confirmed"}
    assert client.post(f"/ra-soat-quyen/{review.pk}/quyet-dinh", odd).status_code == 409
    nothing = {"outcome": "confirmed"}
    assert client.post(f"/ra-soat-quyen/{review.pk}/quyet-dinh", nothing).status_code == 302
    assert review.marks.count() == 1


def test_the_review_of_the_year_stands_in_my_work_when_it_is_due_and_until_it_is_closed(client, north):
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 3, 10)})
    assert "Rà soát quyền năm 2017" not in client.get("/viec-cua-toi").content.decode()
    Installation.objects.update(demo_today=date(2017, 12, 1))

    assert "Rà soát quyền năm 2017" in client.get("/viec-cua-toi").content.decode()
    client.post(f"/don-vi/{north.north.pk}/ra-soat-quyen")

    page = client.get("/viec-cua-toi").content.decode()
    assert "còn" in page and "Tiếp tục" in page
    assert Act.objects.filter(verb="review.opened").count() == 1


def test_a_review_asks_the_same_number_of_questions_for_one_and_for_three(client, north):
    review = open_review(north.north, 2017, by=north.admin, at=NOON)
    client.get(f"/ra-soat-quyen/{review.pk}")
    before = _count(client, f"/ra-soat-quyen/{review.pk}")
    for _number in range(3):
        make_holder(north.north, Role.FOCAL)

    assert _count(client, f"/ra-soat-quyen/{review.pk}") == before
