"""Guessing made slow, without keeping a colleague out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.common.clock import moment
from trienkhai.people.models import Account, Attempt
from trienkhai.people.slowing import SIGN_IN, forget, forget_old, key_of, pause, take_attempt

pytestmark = pytest.mark.django_db
NOON = moment(date(2017, 1, 3), 12)
PASSWORD = "một-mật-khẩu-dài-2017"
SLOW = {"free": 5, "first_seconds": 5, "most_seconds": 900, "forget_hours": 12}


def test_the_first_attempts_are_free_then_each_waits_twice_as_long_up_to_the_longest():
    assert [pause(count, SLOW) for count in (1, 4, 5, 6, 7, 12, 13, 500)] == [0, 0, 5, 10, 20, 640, 900, 900]


@given(st.integers(0, 10**6))
def test_a_pause_never_gets_shorter_and_never_longer_than_the_longest(count):
    assert pause(count, SLOW) <= pause(count + 1, SLOW) <= 900


def test_an_attempt_within_the_pause_is_told_how_long_and_not_counted():
    key = key_of("sign-in", "lan", "10.0.0.1")
    for _number in range(5):
        assert take_attempt(SIGN_IN, key, at=NOON) == 0

    waits = take_attempt(SIGN_IN, key, at=NOON + timedelta(seconds=2))

    assert 1 <= waits <= 4 and Attempt.objects.get().count == 5
    assert take_attempt(SIGN_IN, key, at=NOON + timedelta(seconds=6)) == 0
    assert take_attempt(SIGN_IN, key, at=NOON + timedelta(hours=13)) == 0
    assert Attempt.objects.get().count == 1
    forget(key)
    assert not Attempt.objects.exists()


def test_old_attempts_are_swept_away():
    take_attempt(SIGN_IN, "x", at=NOON)

    assert (forget_old(at=NOON), forget_old(at=NOON + timedelta(days=31))) == (0, 1)


def test_wrong_passwords_slow_that_account_from_that_address_alone(client):
    lan, hoa = (Account.objects.create_user(name, PASSWORD, name=name) for name in ("lan", "hoa"))
    for _number in range(5):
        client.post("/dang-nhap", {"username": "lan", "password": "sai"})

    slowed = client.post("/dang-nhap", {"username": "LAN ", "password": PASSWORD})
    assert "_auth_user_id" not in client.session and "giây" in str(slowed.context["form"].errors)

    client.post("/dang-nhap", {"username": "hoa", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(hoa.pk)
    client.logout()
    client.post("/dang-nhap", {"username": "lan", "password": PASSWORD}, REMOTE_ADDR="10.9.8.7")
    assert client.session["_auth_user_id"] == str(lan.pk)


def test_the_right_password_wipes_out_the_wrong_ones_before_it(client):
    Account.objects.create_user("lan", PASSWORD, name="Lan")
    for word in ("sai", "sai", PASSWORD):
        client.post("/dang-nhap", {"username": "lan", "password": word})

    assert "_auth_user_id" in client.session and not Attempt.objects.exists()
