"""Inviting people and looking after their accounts: who may, what is stored, what ends."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.orgs.actions import appoint
from trienkhai.orgs.actions.inviting import (
    change_account,
    close_account,
    open_account,
    renew_link,
    withdraw_invitation,
)
from trienkhai.orgs.models import Holding, Invitation, Role
from trienkhai.orgs.naming_accounts import propose_user_name, short_name, user_name_fault
from trienkhai.orgs.rules_accounts import can_close, can_look_after, left_without, visible_accounts
from trienkhai.orgs.tests.make import NOON, Tree, make_account, make_holder
from trienkhai.orgs.tests.make_accounts import PASSWORD, invited, make_admin, make_post
from trienkhai.people.actions import enter_by_link
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
DAY = date(2017, 1, 3)


@pytest.mark.parametrize(
    ("name", "short"),
    [("Trần Thị Lan", "lantt"), ("Đỗ  Văn Ánh", "anhdv"), ("Y", "y"), ("...", ""), ("Ngô D'Arc (Hòa)", "hoand")],
)
def test_a_user_name_is_made_from_the_given_name_and_first_letters(name, short):
    assert short_name(name) == short


def test_the_next_free_user_name_is_proposed():
    for username in ("lantt", "lantt2"):
        Account.objects.create_user(username, name="x")

    assert propose_user_name("Trần Thị Lan") == "lantt3"
    assert propose_user_name("Lê Lan") == "lanl" and propose_user_name("!!") == ""


@pytest.mark.parametrize("odd", ["", "Lan", "lân", "lan an", ".lan", "lan.", "a" * 61, "=lan"])
def test_odd_user_names_are_refused(odd):
    assert user_name_fault(odd)


def test_the_administrator_of_a_branch_invites_to_its_posts_only():
    tree = Tree()
    admin = make_admin(tree.north)

    made = invited(make_post(tree.north1), admin, email="lan@example.vn")

    assert made.account.username == "lantt" and not made.account.has_usable_password()
    assert made.holding and made.holding.account == made.account and Invitation.objects.count() == 1
    act = Act.objects.get(verb="account.invited")
    assert made.token not in str(act.data) and "lan@example.vn" not in str(act.data)
    for post in (make_post(tree.south1), make_post(tree.bloc)):
        with pytest.raises(Refused):
            invited(post, admin, name="Người Khác")
    assert Account.objects.filter(name="Người Khác").count() == 0


def test_a_taken_user_name_or_a_missing_name_stores_nothing():
    tree = Tree()
    admin, post = make_admin(tree.north), make_post(tree.north1)
    invited(post, admin, username="lan")
    before = (Account.objects.count(), Holding.objects.count(), Act.objects.count())

    for words in ({"username": "lan"}, {"name": "  ", "username": "khac"}, {"username": "có dấu"}):
        with pytest.raises(ValidationError):
            invited(post, admin, **words)

    assert (Account.objects.count(), Holding.objects.count(), Act.objects.count()) == before


def test_an_invitation_nobody_followed_is_withdrawn_with_its_post_and_account():
    tree = Tree()
    admin = make_admin(tree.north)
    made = invited(make_post(tree.north1), admin, valid_from=date(2016, 1, 1))

    withdraw_invitation(Invitation.objects.get().pk, by=admin, at=NOON)

    made.account.refresh_from_db()
    assert not made.account.is_active and not Holding.objects.on(DAY).filter(account=made.account).exists()
    with pytest.raises(Refused):
        enter_by_link(made.token, PASSWORD, at=NOON)
    with pytest.raises(Refused):
        withdraw_invitation(Invitation.objects.get().pk, by=admin, at=NOON)


def test_an_invitation_that_was_followed_is_not_withdrawn():
    tree = Tree()
    admin = make_admin(tree.north)
    made = invited(make_post(tree.north1), admin)
    enter_by_link(made.token, PASSWORD, at=NOON)

    with pytest.raises(Refused):
        withdraw_invitation(Invitation.objects.get().pk, by=admin, at=NOON)


def test_a_post_outside_of_the_branch_keeps_a_branch_administrator_off_the_account():
    tree = Tree()
    admin, above = make_admin(tree.north), make_admin(tree.bloc)
    lan = make_holder(tree.north1, Role.CLERK)
    assert can_look_after(admin, lan, DAY)
    appoint(make_post(tree.south1), lan, valid_from=DAY, by=above, at=NOON)

    verdict = can_look_after(admin, lan, DAY)
    assert not verdict and tree.south1.name in verdict.reason
    for action in (close_account, renew_link):
        with pytest.raises(Refused):
            action(lan.pk, by=admin, at=NOON)
    with pytest.raises(Refused):
        change_account(lan.pk, name="Tên Khác", email="", by=admin, at=NOON)
    assert lan in visible_accounts(admin, DAY) and can_look_after(above, lan, DAY)


def test_a_post_to_come_outside_of_the_branch_counts_one_that_ended_does_not():
    tree = Tree()
    admin = make_admin(tree.north)
    coming, gone = make_holder(tree.north1, Role.CLERK), make_holder(tree.north1, Role.CLERK)
    make_holder(tree.south1, Role.CLERK, account=coming, valid_from=DAY + timedelta(days=30))
    make_holder(tree.south1, Role.CLERK, account=gone, valid_to=date(2016, 1, 1))

    assert not can_look_after(admin, coming, DAY) and can_look_after(admin, gone, DAY)


def test_accounts_without_a_post_belong_to_the_last_one_or_to_the_top():
    tree = Tree()
    admin, above, never = make_admin(tree.north), make_admin(tree.bloc), make_account()
    left = make_holder(tree.north1, Role.CLERK, valid_to=date(2016, 1, 1))

    assert can_look_after(admin, left, DAY) and not can_look_after(admin, never, DAY)
    assert can_look_after(above, never, DAY) and never not in visible_accounts(admin, DAY)
    assert not can_look_after(above, above, DAY) and not can_look_after(left, never, DAY)


def test_closing_ends_password_links_and_sessions_and_opening_gives_a_link(client):
    tree = Tree()
    admin, lan = make_admin(tree.north), make_holder(tree.north1, Role.CLERK)
    lan.set_password(PASSWORD)
    lan.save()
    client.force_login(lan)
    assert client.get("/tai-khoan").status_code == 200

    close_account(lan.pk, by=admin, at=NOON)
    assert client.get("/tai-khoan").status_code == 302
    made = open_account(lan.pk, by=admin, at=NOON)

    assert client.get("/tai-khoan").status_code == 302
    lan.refresh_from_db()
    assert lan.is_active and not lan.check_password(PASSWORD)
    enter_by_link(made.token, PASSWORD + "x", at=NOON)
    assert [row.verb for row in Act.objects.order_by("pk")][-3:] == [
        "account.closed",
        "account.opened",
        "account.password_chosen",
    ]


def test_a_reset_ends_the_old_password_and_its_sessions_at_once(client):
    tree = Tree()
    admin, lan = make_admin(tree.north), make_holder(tree.north1, Role.CLERK)
    lan.set_password(PASSWORD)
    lan.save()
    client.force_login(lan)

    first, second = (renew_link(lan.pk, by=admin, at=NOON) for _number in range(2))

    lan.refresh_from_db()
    assert not lan.has_usable_password() and client.get("/tai-khoan").status_code == 302
    with pytest.raises(Refused):
        enter_by_link(first.token, PASSWORD, at=NOON)
    assert enter_by_link(second.token, PASSWORD, at=NOON) == lan


def test_the_last_administrator_is_not_closed_and_one_who_never_came_is_no_other():
    tree = Tree()
    first = make_admin(tree.bloc)
    waiting = make_holder(tree.bloc, Role.ADMIN)
    outside = make_admin(tree.bloc)
    Holding.objects.filter(account=outside).update(valid_to=date(2017, 6, 1))

    assert left_without([first], DAY) == [] and left_without([first], date(2017, 7, 1)) == [tree.bloc]
    assert not left_without([waiting], DAY)
    with pytest.raises(Refused):
        close_account(outside.pk, by=outside, at=NOON)
    close_account(first.pk, by=outside, at=NOON)
    assert not can_close(waiting, outside, DAY)


def test_a_branch_stays_administered_from_above_when_its_own_administrator_goes():
    tree = Tree()
    above, own = make_admin(tree.bloc), make_admin(tree.north)

    assert can_close(above, own, DAY)
    close_account(own.pk, by=above, at=NOON)
    assert left_without([own], DAY) == []


def test_a_new_name_sorts_and_is_found_and_earlier_acts_keep_the_old_one():
    tree = Tree()
    admin = make_admin(tree.north)
    made = invited(make_post(tree.north1), admin)
    enter_by_link(made.token, PASSWORD, at=NOON)

    change_account(made.account.pk, name=" Trần  Thị Liên ", email="lien@example.vn", by=admin, at=NOON)
    change_account(made.account.pk, name="Trần Thị Liên", email="lien@example.vn", by=admin, at=NOON)

    made.account.refresh_from_db()
    assert (made.account.name, made.account.email) == ("Trần Thị Liên", "lien@example.vn")
    assert "lien" in made.account.search_text
    assert Act.objects.filter(verb="account.changed").count() == 1
    assert Act.objects.get(verb="account.password_chosen").actor_name == "Trần Thị Lan"
