"""Minutes and attendance in a room without a link, and a part that two people write at the same moment."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.browser import fits, press
from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.common.clock import moment
from trienkhai.meetings import actions
from trienkhai.meetings.actions import Details
from trienkhai.meetings.models import Aside, Meeting, PassageVersion
from trienkhai.meetings.tests.make import Cast
from trienkhai.orgs.tests.make import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
WORDS = "Chi bộ thảo luận việc xây nhà văn hóa"
KEPT = """path => caches.open("cuoc-hop").then(store => store.match(path)).then(found => Boolean(found))"""


def begun(cast: Cast, today: date) -> Meeting:
    """A meeting of today that has begun."""
    starts = moment(today, 0)
    made = actions.plan_meeting(cast.cell, Details("cell", starts, "Phòng họp"), by=cast.secretary, at=NOON)
    return actions.begin_meeting(made.pk, began_at=starts, by=cast.secretary, at=clock.now())


def until_kept(page: Any, *paths: str) -> None:
    until(page, lambda: all(page.evaluate(KEPT, path) for path in paths))


def until(page: Any, holds: Callable[[], bool]) -> None:
    for _n in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It did not come true.")


def test_minutes_and_attendance_written_without_a_link_are_stored_once_when_it_is_back(desk, today: date):
    cast = Cast()
    meeting = begun(cast, today)
    minutes, turnout = f"/cuoc-hop/{meeting.pk}/bien-ban", f"/cuoc-hop/{meeting.pk}/thanh-phan"
    page = desk(cast.secretary, width=390)
    page.goto(minutes)
    until_kept(page, minutes, turnout)

    page.context.set_offline(True)
    page.fill("#opening", WORDS)
    page.wait_for_selector("#saved.offline")
    page.wait_for_timeout(600)
    page.reload()
    assert page.input_value("#opening") == WORDS and fits(page)
    page.goto(turnout)
    for field in page.locator("select[name^=who_]").all():
        field.select_option("present")
    page.fill("input[name=summoned_full]", "8")
    page.fill("input[name=present_full]", "7")
    page.locator("main form button.primary").click()
    page.wait_for_selector("[data-offline-note]:not([hidden])")
    # The words may be there already: Chromium lets a page from the worker send once before it keeps it offline.
    assert fits(page) and not meeting.counts.exists()

    page.context.set_offline(False)
    page.wait_for_url(f"**{minutes}")
    page.wait_for_function("() => !document.querySelector('#saved').textContent.includes('mạng')")
    page.wait_for_timeout(2500)
    assert [row.text for row in PassageVersion.objects.all()] == [WORDS]
    assert (meeting.counts.get().present, meeting.participants.exclude(presence="present").count()) == (7, 0)
    assert Act.objects.filter(verb="meeting.turnout_told").count() == 1
    page.goto(turnout)
    page.wait_for_timeout(500)
    assert Act.objects.filter(verb="meeting.turnout_told").count() == 1


def test_words_typed_without_a_link_meet_the_words_of_another_and_both_are_kept(desk, today: date):
    cast = Cast()
    meeting = begun(cast, today)
    minutes = f"/cuoc-hop/{meeting.pk}/bien-ban"
    secretary, leader = desk(cast.secretary, width=390), desk(cast.leader)
    secretary.goto(minutes)
    leader.goto(minutes)
    until_kept(secretary, minutes)

    secretary.context.set_offline(True)
    secretary.fill("#opening", "Lời của bí thư")
    secretary.wait_for_selector("#saved.offline")
    leader.fill("#opening", "Lời của phó bí thư")
    leader.wait_for_selector("#base-opening[value='1']", state="attached")
    secretary.context.set_offline(False)

    secretary.wait_for_selector("#opening-notes .two-people")
    both = secretary.locator("#opening-notes").inner_text()
    assert "Lời của bí thư" in both and "Lời của phó bí thư" in both and fits(secretary)
    assert Aside.objects.get().text == "Lời của bí thư"
    press(secretary, "button[name=resolve-opening][value=both]")
    assert meeting.passages.get(key="opening").text == "Lời của phó bí thư\n\nLời của bí thư"


def test_two_people_who_write_one_part_at_the_same_time_see_both_texts_as_they_are_stored(desk, today: date):
    cast = Cast()
    meeting = begun(cast, today)
    secretary, leader = desk(cast.secretary), desk(cast.leader, width=390)
    for page in (secretary, leader):
        page.goto(f"/cuoc-hop/{meeting.pk}/bien-ban")

    secretary.fill("#opening", "Bí thư ghi")
    secretary.wait_for_selector("#base-opening[value='1']", state="attached")
    leader.fill("#opening", "Phó bí thư ghi")
    leader.wait_for_selector("#opening-notes .two-people")

    assert meeting.passages.get(key="opening").text == "Bí thư ghi" and fits(leader)
    press(leader, "button[name=resolve-opening][value=mine]")
    passage = meeting.passages.get(key="opening")
    assert passage.text == "Phó bí thư ghi" and passage.versions.count() == 2 and not Aside.objects.exists()


def test_pages_kept_on_the_device_leave_it_when_the_person_signs_out(desk, today: date):
    cast = Cast()
    meeting = begun(cast, today)
    minutes = f"/cuoc-hop/{meeting.pk}/bien-ban"
    page = desk(cast.secretary)
    page.goto(minutes)
    until_kept(page, minutes)

    page.context.clear_cookies()
    page.goto("/")

    until(page, lambda: not page.evaluate("() => caches.has('cuoc-hop')"))
