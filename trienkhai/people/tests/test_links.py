"""One-time links: what is stored of them, whom they let in, and when no more."""

from datetime import timedelta

import pytest

from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.common.verdict import Refused
from trienkhai.people.actions import enter_by_link, give_link, hash_of, withdraw_links
from trienkhai.people.models import AccessLink, Account

pytestmark = pytest.mark.django_db
NEW = "mật-khẩu-khác-hẳn-88"


@pytest.fixture
def lan() -> Account:
    return Account.objects.create_user("lan", None, name="Trần Thị Lan")


@pytest.fixture
def admin() -> Account:
    return Account.objects.create_user("quantri1", None, name="Quản Trị")


def test_only_the_digest_of_a_link_is_stored_and_it_is_valid_for_the_days_of_the_norm(lan, admin):
    at = clock.now()
    link, token = give_link(lan, by=admin, at=at)

    assert len(token) >= 32 and link.token_hash == hash_of(token)
    assert token not in str(AccessLink.objects.values()) and link.expires_at == at + timedelta(days=7)


def test_its_owner_chooses_the_password_is_signed_in_and_the_link_is_used_up(client, lan, admin):
    _link, token = give_link(lan, by=admin, at=clock.now())

    shown = client.get(f"/vao/{token}")
    wrong = client.post(f"/vao/{token}", {"new_password1": "ngắn", "new_password2": "ngắn"})
    entered = client.post(f"/vao/{token}", {"new_password1": NEW, "new_password2": NEW})

    assert (shown.status_code, wrong.status_code, entered.status_code) == (200, 200, 302)
    assert shown["Referrer-Policy"] == "same-origin" and "no-store" in shown["Cache-Control"]
    lan.refresh_from_db()
    assert lan.check_password(NEW) and client.session["_auth_user_id"] == str(lan.pk)
    act = Act.objects.get(verb="account.password_chosen")
    assert NEW not in str(act.data) and token not in str(act.data)
    again = client.get(f"/vao/{token}")
    assert again.status_code == 410 and "đã được dùng" in again.content.decode()
    with pytest.raises(Refused):
        enter_by_link(token, NEW, at=clock.now())


@pytest.mark.parametrize("end", ["late", "withdrawn", "renewed", "closed"])
def test_a_link_that_ended_says_so_and_changes_nothing(client, lan, admin, end):
    at = clock.now()
    _link, token = give_link(lan, by=admin, at=at - timedelta(days=8 if end == "late" else 1))
    if end == "withdrawn":
        withdraw_links(lan, at=at)
    elif end == "renewed":
        give_link(lan, by=admin, at=at)
    elif end == "closed":
        Account.objects.filter(pk=lan.pk).update(is_active=False)

    answers = [client.get(f"/vao/{token}"), client.post(f"/vao/{token}", {"new_password1": NEW, "new_password2": NEW})]

    lan.refresh_from_db()
    assert [row.status_code for row in answers] == [410, 410] and "<form" not in answers[0].content.decode().split(
        "main"
    )[1]
    assert not lan.has_usable_password() and "_auth_user_id" not in client.session


def test_links_that_do_not_exist_are_slowed_but_a_true_one_still_opens(client, lan, admin):
    _link, token = give_link(lan, by=admin, at=clock.now())

    codes = [client.get(f"/vao/khong-co-{number}").status_code for number in range(12)]

    assert codes[:10] == [404] * 10 and codes[10:] == [429, 429]
    assert client.get(f"/vao/{token}").status_code == 200
