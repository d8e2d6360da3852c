"""The calendar's secret address, and the settings page on which it is made."""

import re
from datetime import date

import pytest
from icalendar import Calendar

from trienkhai.audit.models import Act
from trienkhai.notices.actions import make_feed, revoke_feed
from trienkhai.notices.models import CalendarFeed, MailChoice
from trienkhai.notices.wording import GROUPS, OTHER
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Share, ShareKind
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(monkeypatch) -> Cast:
    from trienkhai.common.models import Installation

    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 2, 1)})
    return Cast()


def events(client, token: str) -> list[tuple[str, date]]:
    answer = client.get(f"/lich/{token}.ics")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(str(event["summary"]), event.decoded("dtstart")) for event in found]


def test_feed_holds_the_due_days_of_the_own_open_work(cast, client):
    issue = make_issue(cast, [{"title": "Báo cáo sơ kết"}, {"title": "Không hạn", "due_on": date(9999, 12, 31)}])
    lan = cast.focal[cast.tree.north1.pk]
    Share.objects.create(
        task=issue.tasks.first(), unit=cast.tree.north1, kind=ShareKind.PART, text="Góp ý", due_on=date(2017, 5, 2)
    )
    token = make_feed(lan, at=NOON)

    assert events(client, token) == [("Góp ý", date(2017, 5, 2)), ("Báo cáo sơ kết", DUE)]


def test_what_is_done_or_no_longer_the_persons_leaves_the_feed(cast, client):
    row = assignment_of(make_issue(cast), cast.tree.north1)
    lan = cast.holder_of(row)
    token = make_feed(lan, at=NOON)
    assert len(events(client, token)) == 1

    actions.acknowledge(row.pk, by=lan, at=at(4))
    actions.submit_report(row.pk, text="Xong", by=lan, at=at(5))
    actions.approve(row.pk, by=cast.north_leader, at=at(6))
    assert events(client, token) == []
    make_issue(cast, [{"title": "Mới"}])
    assert len(events(client, token)) == 1
    Holding.objects.filter(account=lan).update(valid_to=date(2017, 1, 20))

    assert events(client, token) == []


def test_unchanged_feed_is_not_sent_again(cast, client):
    row = assignment_of(make_issue(cast), cast.tree.north1)
    token = make_feed(cast.holder_of(row), at=NOON)
    etag = client.get(f"/lich/{token}.ics")["ETag"]

    same = client.get(f"/lich/{token}.ics", headers={"If-None-Match": etag})
    actions.extend(row.pk, due_on=date(2017, 8, 1), reason="Thêm", by=cast.leader, at=at(20))
    changed = client.get(f"/lich/{token}.ics", headers={"If-None-Match": etag})

    assert (same.status_code, same.content, changed.status_code) == (304, b"", 200)


def test_only_the_newest_address_works_and_only_its_hash_is_kept(cast, client):
    lan = make_holder(cast.tree.north1, Role.FOCAL)
    old = make_feed(lan, at=NOON)
    new = make_feed(lan, at=NOON)

    assert client.get(f"/lich/{old}.ics").status_code == 404
    assert client.get("/lich/khong-co.ics").status_code == 404
    assert client.get(f"/lich/{new}.ics").status_code == 200
    assert new not in str(list(CalendarFeed.objects.values())) and new not in str(list(Act.objects.values()))
    assert revoke_feed(lan, at=NOON)
    assert client.get(f"/lich/{new}.ics").status_code == 404
    assert [act.verb for act in Act.objects.filter(verb__startswith="calendar").order_by("pk")] == [
        "calendar.made",
        "calendar.renewed",
        "calendar.revoked",
    ]


def test_feed_of_a_closed_account_is_gone(cast, client):
    lan = make_holder(cast.tree.north1, Role.FOCAL, account=None)
    token = make_feed(lan, at=NOON)
    lan.is_active = False
    lan.save()

    assert client.get(f"/lich/{token}.ics").status_code == 404


def test_settings_page_makes_shows_once_renews_and_ends_the_address(cast, client):
    lan = cast.focal[cast.tree.north1.pk]
    client.force_login(lan)

    made = client.post("/tai-khoan/nhan-tin", {"do": "calendar"}).content.decode()
    token = re.search(r"/lich/([\w-]+)\.ics", made)[1]
    later = client.get("/tai-khoan/nhan-tin").content.decode()
    client.logout()
    fetched = client.get(f"/lich/{token}.ics")
    client.force_login(lan)
    client.post("/tai-khoan/nhan-tin", {"do": "revoke"})

    assert fetched.status_code == 200 and token not in later
    assert not CalendarFeed.objects.exists()


def test_settings_page_keeps_address_and_choice(cast, client):
    lan = cast.focal[cast.tree.north1.pk]
    client.force_login(lan)
    before = Act.objects.count()

    wrong = client.post("/tai-khoan/nhan-tin", {"do": "address", "email": "khong phai"})
    client.post("/tai-khoan/nhan-tin", {"do": "address", "email": "lan@example.vn"})
    bad = client.post("/tai-khoan/nhan-tin", {"do": "choice", "rhythm": "hourly"})
    client.post("/tai-khoan/nhan-tin", {"do": "choice", "rhythm": "weekly", "kinds": ["given", "progress"]})

    lan.refresh_from_db()
    choice = MailChoice.objects.get(account=lan)
    assert (wrong.status_code, bad.status_code) == (422, 422)
    assert lan.email == "lan@example.vn"
    assert (choice.rhythm, choice.left_out) == ("weekly", sorted({*GROUPS, OTHER} - {"given", "progress"}))
    assert Act.objects.count() == before + 2
    assert "lan@example.vn" not in str(list(Act.objects.values("data")))
