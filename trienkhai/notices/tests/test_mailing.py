"""Digests by e-mail, against a real SMTP server."""

import re
import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from trienkhai.audit.models import Act
from trienkhai.common.clock import moment
from trienkhai.notices.actions import mark_read, plan_digests, send_next, set_choice, tell_people
from trienkhai.notices.models import Digest, MailChoice
from trienkhai.notices.queries import troubled_digests
from trienkhai.notices.tests.make import mail_server, make_reader, told
from trienkhai.notices.wording import GROUPS, SENTENCES, group_of
from trienkhai.orgs.models import Holding
from trienkhai.orgs.tests.make import NOON, Tree

pytestmark = pytest.mark.django_db
MONDAY = date(2017, 7, 10)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def post(settings):
    with mail_server(settings) as postman:
        yield postman


def day(on: date, hour: int = 7) -> int:
    """What a worker does that day; returns how many mails it handled."""
    plan_digests(on=on, at=moment(on, hour))
    number = 0
    while send_next(at=moment(on, hour)):
        number += 1
    return number


def words(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def test_one_mail_a_day_with_what_is_unread_in_titles_and_links(post):
    tree = Tree()
    lan = make_reader(tree.north1)
    told(tree.north1, "Việc một", "Việc hai")
    told(tree.north1, "Việc ba", kind="urge_holder")

    assert (day(MONDAY), day(MONDAY, hour=9)) == (1, 0)

    mail = post.mails[0]
    assert len(post.mails) == 1 and mail["To"] == lan.email and "3" in mail["Subject"]
    text, html = words(mail), mail.get_body(("html",)).get_content()
    for title in ("Việc một", "Việc hai", "Việc ba"):
        assert title in text and title in html
    assert "https://trienkhai.example.vn/nhiem-vu/1" in text and "lời riêng" not in text + html
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Digest.objects.get().state == "sent"


def test_next_mail_holds_only_what_came_since_and_is_unread(post):
    tree = Tree()
    lan = make_reader(tree.north1)
    told(tree.north1, "Cũ")
    day(MONDAY)
    told(tree.north1, "Đã đọc")
    mark_read(lan, on=MONDAY, at=moment(MONDAY, 9))
    told(tree.north1, "Mới")

    day(TUESDAY)
    day(TUESDAY + timedelta(days=1))

    assert len(post.mails) == 2
    assert "Mới" in words(post.mails[1]) and "Cũ" not in words(post.mails[1]) + "Đã đọc"[:0]
    assert "Đã đọc" not in words(post.mails[1])


@pytest.mark.parametrize(("rhythm", "expected"), [("daily", [MONDAY, TUESDAY]), ("weekly", [MONDAY]), ("none", [])])
def test_person_chooses_how_often(post, rhythm, expected):
    tree = Tree()
    set_choice(make_reader(tree.north1), rhythm=rhythm, left_out=[], at=moment(MONDAY, 6))
    for on in (MONDAY, TUESDAY):
        told(tree.north1, f"Việc {on}")
        day(on)

    assert list(Digest.objects.order_by("on").values_list("on", flat=True)) == expected
    assert len(post.mails) == len(expected)


def test_person_chooses_of_what(post):
    tree = Tree()
    set_choice(make_reader(tree.north1), rhythm="daily", left_out=["urging"], at=moment(MONDAY, 6))
    told(tree.north1, "Nhắc", kind="urge_holder")
    assert day(MONDAY) == 1 and post.mails == []

    told(tree.north1, "Duyệt")
    day(TUESDAY)

    assert "Duyệt" in words(post.mails[0]) and "Nhắc" not in words(post.mails[0])


def test_nobody_without_an_address_a_post_or_an_open_account_gets_mail(post):
    tree = Tree()
    make_reader(tree.north1, email="")
    make_reader(tree.north2, is_active=False)
    told(tree.north1, "Việc")
    told(tree.north2, "Việc")

    assert day(MONDAY) == 0 and post.mails == []


def test_every_kind_of_notice_can_be_chosen_by_its_group():
    assert {group_of(kind) for kind in SENTENCES} == set(GROUPS)


def test_mail_speaks_the_language_of_the_account(post):
    tree = Tree()
    make_reader(tree.north1, language="en")
    told(tree.north1, "Việc")

    day(MONDAY)

    assert "this is unread in your inbox" in words(post.mails[0])


def test_setting_leaves_titles_out(post, settings):
    settings.MAIL_DETAIL = "counts"
    tree = Tree()
    make_reader(tree.north1)
    told(tree.north1, "Việc kín")

    day(MONDAY)

    assert "Việc kín" not in post.mails[0].as_string() and "/hop-thu" in words(post.mails[0])


def test_server_that_says_not_now_is_tried_again_ever_more_seldom_and_then_given_up(post):
    tree = Tree()
    make_reader(tree.north1)
    told(tree.north1, "Việc")
    post.answer, at = "451 not now", moment(MONDAY, 7)
    plan_digests(on=MONDAY, at=at)
    pauses = []
    for _try in range(6):
        assert send_next(at=at)
        digest = Digest.objects.get()
        pauses.append(digest.next_at - at)
        assert not send_next(at=at)
        at = digest.next_at

    assert [pause.seconds // 60 for pause in pauses[:5]] == [5, 10, 20, 40, 80]
    assert digest.state == "failed" and "451" in digest.fault
    assert troubled_digests(MONDAY) == {"failed": 1}


def test_what_was_given_up_stands_in_the_next_mail(post):
    tree = Tree()
    make_reader(tree.north1)
    told(tree.north1, "Việc")
    post.answer = "554 never"
    day(MONDAY)
    assert Digest.objects.get().state == "failed" and post.mails == []

    post.answer = ""
    day(TUESDAY)

    assert "Việc" in words(post.mails[0])


def test_server_out_of_reach_is_seen_and_overcome(post, settings, client):
    tree = Tree()
    make_reader(tree.north1)
    told(tree.north1, "Việc")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    at = moment(MONDAY, 7)
    plan_digests(on=MONDAY, at=at)

    assert not send_next(at=at)
    assert troubled_digests(MONDAY) == {"again": 1}
    settings.EMAIL_PORT = port
    assert not send_next(at=at + timedelta(minutes=4))
    assert send_next(at=at + timedelta(minutes=6))

    assert len(post.mails) == 1 and troubled_digests(MONDAY) == {}


def test_worker_that_died_while_sending_never_sends_again(post):
    tree = Tree()
    make_reader(tree.north1)
    told(tree.north1, "Việc")
    plan_digests(on=MONDAY, at=moment(MONDAY, 7))
    Digest.objects.update(state="sending", tries=1)

    assert day(MONDAY, hour=9) == 0

    assert post.mails == [] and troubled_digests(MONDAY) == {"unsure": 1}


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_person_one_mail(post):
    tree = Tree()
    for unit in tree.grassroots:
        make_reader(unit)
        told(unit, "Việc")
    faults: list[Exception] = []

    def worker() -> None:
        try:
            day(MONDAY)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert sorted(mail["To"] for mail in post.mails) == sorted({mail["To"] for mail in post.mails})
    assert len(post.mails) == len(tree.grassroots) == Digest.objects.filter(state="sent").count()


def test_link_of_the_mail_ends_the_mails_by_post_without_signing_in(post, client):
    tree = Tree()
    lan = make_reader(tree.north1)
    told(tree.north1, "Việc")
    day(MONDAY)
    path = re.search(r"https://trienkhai\.example\.vn(/thoi-nhan-thu/\S+)", words(post.mails[0]))[1]

    asked = client.get(path)
    assert asked.status_code == 200 and not MailChoice.objects.exists()
    from django.test import Client

    done = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})

    assert done.status_code == 200 and MailChoice.objects.get(account=lan).rhythm == "none"
    client.post(path)
    assert Act.objects.filter(verb="mail.unsubscribed").count() == 1
    told(tree.north1, "Nữa")
    assert day(TUESDAY) == 0


def test_forged_link_and_link_of_an_old_address_lead_nowhere(post, client):
    tree = Tree()
    lan = make_reader(tree.north1)
    told(tree.north1, "Việc")
    day(MONDAY)
    path = re.search(r"https://trienkhai\.example\.vn(/thoi-nhan-thu/\S+)", words(post.mails[0]))[1]

    assert client.post(path[:-2] + "xx").status_code == 404
    lan.email = "moi@example.vn"
    lan.save()
    assert client.post(path).status_code == 404
    assert not MailChoice.objects.exists()


def test_news_of_a_person_are_mailed_without_a_post_and_to_nobody_else_who_holds_it(post):
    tree = Tree()
    lan, minh = make_reader(tree.north1), make_reader(tree.north1)
    held = Holding.objects.get(account=lan)
    Holding.objects.filter(pk=held.pk).update(valid_to=NOON.date())
    for title in ("Phó Bí thư", "Chánh Văn phòng"):
        named = {"post": title, "unit": "Đảng bộ Bắc", "on": "03/01/2017"}
        tell_people({lan.pk: held.post_id}, "post_ended", url="/", at=NOON, **named)
    told(tree.north1, "Việc một")

    assert (day(MONDAY), day(MONDAY, hour=9)) == (2, 0)

    mails = {mail["To"]: words(mail) for mail in post.mails}
    assert mails[lan.email].count("Phó Bí thư") == mails[lan.email].count("Chánh Văn phòng") == 1
    assert "Việc một" in mails[minh.email] and "Phó Bí thư" not in mails[minh.email]
    assert set(mails) == {lan.email, minh.email}
