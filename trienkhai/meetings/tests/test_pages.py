"""The pages, with those who convene, those who read, those above; and what each is not shown."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.common.models import Installation
from trienkhai.meetings import actions
from trienkhai.meetings.models import Aside, Meeting
from trienkhai.meetings.tests.make import Cast, at
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder

pytestmark = pytest.mark.django_db
TODAY = date(2017, 1, 6)


@pytest.fixture(autouse=True)
def today() -> None:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})


def body(client: Any, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(f"meetings:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_year_of_the_own_unit_and_what_a_unit_above_sees_of_it(client):
    cast = Cast()
    meeting = cast.held()
    client.force_login(cast.member)
    assert meeting.title in body(client, "calendar")

    client.force_login(cast.above)
    shown = body(client, "calendar", **{"don-vi": cast.cell.pk})
    assert meeting.title not in shown and f"/cuoc-hop/{meeting.pk}" in shown
    below = body(client, "below", **{"don-vi": cast.tree.north.pk, "nam": 2017})
    assert cast.cell.name in below

    client.force_login(cast.stranger)
    assert client.get(reverse("meetings:calendar"), {"don-vi": cast.cell.pk}).status_code == 404
    assert client.get(reverse("meetings:meeting", args=[meeting.pk])).status_code == 404


def test_a_unit_above_reads_facts_before_and_the_minutes_after_they_were_sent_up(client):
    cast = Cast()
    meeting = cast.held()
    client.force_login(cast.above)
    shown = body(client, "meeting", meeting.pk)
    assert "Bàn việc riêng" not in shown and meeting.title not in shown and "120" in shown

    actions.send_minutes_up(meeting.pk, by=cast.secretary, at=at(6))

    assert "Bàn việc riêng" in body(client, "meeting", meeting.pk)


def test_a_secretary_plans_invites_opens_tells_votes_and_closes(client):
    cast = Cast()
    client.force_login(cast.secretary)
    given = {"body": "cell", "kind": "regular", "day": "2017-01-06", "hour": "00:00", "place": "Phòng họp", "title": ""}
    answer = client.post(reverse("meetings:add", args=[cast.cell.pk]), given)
    assert answer.status_code == 302
    meeting = Meeting.objects.get()

    seats = {f"seat_{cast.secretary.pk}": "votes", f"seat_{cast.leader.pk}": "guest"}
    assert client.post(reverse("meetings:invite", args=[meeting.pk]), seats).status_code == 302
    assert client.post(reverse("meetings:begin", args=[meeting.pk]), {"hour": "00:00"}).status_code == 302
    who = {f"who_{row.pk}": "present" for row in meeting.participants.all()}
    wrong = client.post(reverse("meetings:turnout", args=[meeting.pk]), who | {"summoned_full": 2, "present_full": 3})
    assert wrong.status_code == 422
    told = who | {"summoned_full": 9, "present_full": 8, "absent_full_exempt": 1}
    assert client.post(reverse("meetings:turnout", args=[meeting.pk]), told).status_code == 302
    ballot = {"question": "Thông qua", "secret": "1", "votes_for": 10}
    assert client.post(reverse("meetings:ballot_add", args=[meeting.pk]), ballot).status_code == 422
    assert client.post(reverse("meetings:ballot_add", args=[meeting.pk]), ballot | {"votes_for": 9}).status_code == 302
    concluded = {"text": "Rà soát", "due_on": "2017-02-01"}
    assert client.post(reverse("meetings:conclusion_add", args=[meeting.pk]), concluded).status_code == 302

    meeting.refresh_from_db()
    assert meeting.ballots.get().secret and meeting.conclusions.get().due_on == date(2017, 2, 1)
    assert meeting.participants.get(account=cast.leader).votes is False


def test_typing_is_stored_and_the_second_writer_gets_both_texts(client):
    cast = Cast()
    meeting = cast.begin()
    address = reverse("meetings:autosave", args=[meeting.pk])
    client.force_login(cast.secretary)
    stored = client.post(address, {"opening": "Của bí thư", "base-opening": "0"}).content.decode()
    assert 'id="base-opening" value="1"' in stored

    client.force_login(cast.leader)
    both = client.post(address, {"opening": "Của phó", "base-opening": "0"}).content.decode()
    assert "two-people" in both and "Của bí thư" in both and "Của phó" in both
    assert 'id="base-opening"' not in both
    assert "Của phó" in body(client, "minutes", meeting.pk)
    page = reverse("meetings:minutes", args=[meeting.pk])
    settled = {"opening": "Của phó", "base-opening": "0", "resolve-opening": "both"}
    assert client.post(page, settled).status_code == 302
    assert meeting.passages.get(key="opening").text == "Của bí thư\n\nCủa phó"


def test_a_text_of_somebody_away_is_shown_to_whoever_closes_and_settled_there(client):
    cast = Cast()
    meeting = cast.begin()
    cast.write(meeting, "Của bí thư")
    cast.write(meeting, "Của phó", by=cast.leader)
    aside = Aside.objects.get()
    clerk = make_holder(cast.cell, Role.CLERK)
    page = reverse("meetings:minutes", args=[meeting.pk])
    client.force_login(clerk)
    assert "Của phó" not in client.get(page).content.decode()
    assert client.post(page, {f"settle-{aside.pk}": "both"}).status_code == 409

    client.force_login(cast.secretary)
    shown = client.get(page).content.decode()
    assert "Của phó" in shown and f'name="settle-{aside.pk}"' in shown and cast.leader.name in shown
    assert client.post(page, {f"settle-{aside.pk}": "both"}).status_code == 302

    assert meeting.passages.get(key="opening").text == "Của bí thư\n\nCủa phó" and not Aside.objects.exists()


def test_a_mark_of_secrecy_is_neither_stored_nor_sent_back(client):
    cast = Cast()
    meeting = cast.begin()
    client.force_login(cast.secretary)

    given = {"opening": "TUYỆT MẬT\nviệc riêng", "base-opening": "0", "closing": "Hết", "base-closing": "0"}
    answer = client.post(reverse("meetings:minutes", args=[meeting.pk]), given)

    assert answer.status_code == 422 and "việc riêng" not in answer.content.decode()
    assert list(meeting.passages.exclude(text="").values_list("text", flat=True)) == ["Hết"]


def test_what_waits_stands_in_the_queue_of_work(client):
    cast = Cast()
    meeting = cast.held()
    client.force_login(cast.secretary)
    assert f"/cuoc-hop/{meeting.pk}" in client.get("/viec-cua-toi").content.decode()

    actions.send_minutes_up(meeting.pk, by=cast.secretary, at=at(6))

    assert f"/cuoc-hop/{meeting.pk}" not in client.get("/viec-cua-toi").content.decode()


def test_a_meeting_without_quorum_says_so_and_offers_no_resolution(client):
    cast = Cast()
    meeting = cast.held(named="none", full=actions.ClassTold(8, 3))
    client.force_login(cast.leader)

    shown = body(client, "meeting", meeting.pk)

    assert reverse("meetings:resolution", args=[meeting.pk]) not in shown
    assert client.post(reverse("meetings:resolution", args=[meeting.pk])).status_code == 409


def test_how_many_came_opens_into_those_who_came_for_whoever_reads_them(client):
    cast = Cast()
    meeting = cast.held(full=actions.ClassTold(8, 5, {"approved": 2}))
    present = meeting.figures["present"]
    assert present == meeting.participants.filter(votes=True, presence="present").count() + 5

    client.force_login(cast.leader)
    own = body(client, "meeting", meeting.pk)
    client.force_login(cast.above)
    above = body(client, "meeting", meeting.pk)

    assert f'href="#attendance" data-count="{present}"' in own
    assert f'<section id="attendance" data-total="{present}">' in own
    assert "#attendance" not in above and f"{present}/" in above


def test_a_number_of_the_units_below_opens_the_meetings_it_counts(client):
    cast = Cast()
    held, planned = cast.held(), cast.plan(9)
    query = {"don-vi": cast.tree.north.pk, "nam": 2017}
    client.force_login(cast.above)

    opened = {fact: body(client, "below_rows", fact, **query) for fact in ("planned", "held", "sent", "missed")}

    shown = {fact: {pk for pk in (held.pk, planned.pk) if f'/cuoc-hop/{pk}"' in text} for fact, text in opened.items()}
    assert shown == {"planned": {held.pk, planned.pk}, "held": {held.pk}, "sent": set(), "missed": set()}
    for fact, who, status in (("held", cast.stranger, 404), ("held", cast.member, 404), ("other", cast.above, 404)):
        client.force_login(who)
        assert client.get(reverse("meetings:below_rows", args=[fact]), query).status_code == status


@pytest.mark.parametrize("name", ["calendar", "below"])
@pytest.mark.parametrize("asked", ["9" * 5000, "0217", "x", "²017"])
def test_a_year_that_cannot_be_is_that_of_today(client, name: str, asked: str):
    cast = Cast()
    client.force_login(cast.above)

    answer = client.get(reverse(f"meetings:{name}"), {"nam": asked})

    assert answer.status_code == 200 and answer.context["year"] == TODAY.year


@pytest.mark.parametrize("name", ["calendar", "below"])
def test_lists_ask_as_often_for_three_as_for_one(client, name: str):
    cast = Cast()
    cast.held()
    client.force_login(cast.above)
    query = {"nam": 2017} | ({"don-vi": cast.cell.pk} if name == "calendar" else {})
    body(client, name, **query)
    with CaptureQueriesContext(
        connection,
    ) as one:
        body(client, name, **query)
    for day in (9, 10):
        cast.begin(cast.plan(day))

    with CaptureQueriesContext(connection) as three:
        body(client, name, **query)

    assert len(three) == len(one)
