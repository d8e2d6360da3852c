"""Signing in and out, the language, one's own account."""

import pytest

from trienkhai.audit.models import Act
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import Tree, make_holder
from trienkhai.people.models import Account, given_name_first

pytestmark = pytest.mark.django_db
PASSWORD = "một-mật-khẩu-dài-2017"
NEW = "mật-khẩu-khác-hẳn-88"


def make_lan() -> Account:
    return Account.objects.create_user("lan", PASSWORD, name="Trần Thị Lan")


def test_sign_in_takes_the_user_name_in_any_case(client):
    make_lan()

    response = client.post("/dang-nhap", {"username": " LAN ", "password": PASSWORD})

    assert response.status_code == 302
    assert client.session["_auth_user_id"]


def test_wrong_password_and_closed_account_do_not_sign_in(client):
    lan = make_lan()

    wrong = client.post("/dang-nhap", {"username": "lan", "password": "sai"})
    Account.objects.filter(pk=lan.pk).update(is_active=False)
    closed = client.post("/dang-nhap", {"username": "lan", "password": PASSWORD})

    assert wrong.context["form"].errors and closed.context["form"].errors
    assert "_auth_user_id" not in client.session


def test_pages_ask_to_sign_in_and_remember_where_one_wanted_to_go(client):
    assert client.get("/tai-khoan")["Location"] == "/dang-nhap?next=/tai-khoan"


def test_sign_out_is_a_post(client):
    client.force_login(make_lan())

    assert client.get("/dang-xuat").status_code == 405
    client.post("/dang-xuat")

    assert "_auth_user_id" not in client.session


def test_language_is_kept_in_the_cookie_and_the_account_and_goes_nowhere_else(client):
    lan = make_lan()
    client.force_login(lan)

    response = client.post("/ngon-ngu", {"language": "en", "next": "https://example.org/"})

    lan.refresh_from_db()
    assert (response["Location"], lan.language) == ("/", "en")
    assert "Posts I hold" in client.get("/tai-khoan").content.decode()


def test_profile_names_the_posts_held_today(client):
    lan = make_holder(Tree().north1, Role.FOCAL)
    client.force_login(lan)

    page = client.get("/tai-khoan").content.decode()

    assert lan.name in page and "Đảng bộ Bắc Một" in page


def test_password_is_changed_by_its_owner_with_the_old_one_and_leaves_an_act(client):
    lan = make_lan()
    client.force_login(lan)

    values = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    response = client.post("/tai-khoan", values)

    lan.refresh_from_db()
    assert response.status_code == 302 and lan.check_password(NEW)
    assert client.get("/tai-khoan").status_code == 200
    act = Act.objects.get(verb="account.password_changed")
    assert NEW not in str(act.data)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"old_password": "sai"}, "old_password"),
        ({"new_password1": "ngắn", "new_password2": "ngắn"}, "new_password2"),
        ({"new_password2": "khác-nữa-cho-dài"}, "new_password2"),
    ],
)
def test_a_wrong_change_of_password_is_told_at_its_field(client, changes, field):
    lan = make_lan()
    client.force_login(lan)
    values = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW} | changes

    response = client.post("/tai-khoan", values, headers={"HX-Request": "true"})

    lan.refresh_from_db()
    assert response.status_code == 422 and list(response.context["form"].errors) == [field]
    assert "<html" not in response.content.decode()
    assert lan.check_password(PASSWORD)


def test_names_are_sorted_by_the_given_name():
    assert given_name_first("Trần Thị Lan") == "Lan Trần Thị"
    names = [Account.objects.create_user(f"u{i}", name=name) for i, name in enumerate(("Lê Ân", "Vũ An", "Đỗ Ánh"))]

    ordered = Account.objects.filter(pk__in=[row.pk for row in names]).order_by("sort_key")

    assert [row.name for row in ordered] == ["Vũ An", "Đỗ Ánh", "Lê Ân"]
