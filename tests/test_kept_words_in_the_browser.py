"""What was typed into minutes and attendance and could not be sent: it is not lost, it goes in the name of its writer
only, and never over what another person wrote meanwhile.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.browser import fits, press
from tests.test_offline_minutes_in_the_browser import WORDS, begun, until, until_kept
from tests.weak_link import Gate
from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.meetings import actions
from trienkhai.meetings.actions import ClassTold
from trienkhai.meetings.actions.writing import Typed
from trienkhai.meetings.models import Aside, Meeting, PassageVersion
from trienkhai.meetings.tests.make import Cast
from trienkhai.people.models import Account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
THEIRS = "Lời của phó bí thư"


@pytest.fixture
def gate(live_server: Any) -> Iterator[Gate]:
    found = Gate(live_server.url)
    yield found
    found.close()


def write(meeting: Meeting, key: str, by: Account) -> None:
    actions.save_minutes(meeting.pk, {key: Typed(THEIRS, 0)}, by=by, at=clock.now())


def texts(meeting: Meeting) -> dict[str, str]:
    return dict(meeting.passages.exclude(text="").values_list("key", "text"))


def type_without_a_link(page: Any, meeting: Meeting) -> str:
    """Words into the opening, then the phone is put away."""
    url = f"/cuoc-hop/{meeting.pk}/bien-ban"
    page.goto(url)
    until_kept(page, url)
    page.context.set_offline(True)
    page.fill("#opening", WORDS)
    page.wait_for_selector("#saved.offline")
    page.wait_for_timeout(600)
    page.close()
    return url


def test_words_typed_without_a_link_leave_the_parts_that_another_person_wrote_meanwhile(desk, today: date):
    cast = Cast()
    meeting, page = begun(cast, today), desk(cast.secretary, width=390)
    context = page.context
    url = type_without_a_link(page, meeting)
    write(meeting, "closing", cast.leader)

    context.set_offline(False)
    page = context.new_page()
    page.goto(url)

    until(page, lambda: PassageVersion.objects.count() == 2)
    assert page.input_value("#closing") == THEIRS
    page.fill("#opening", f"{WORDS}.")
    until(page, lambda: PassageVersion.objects.count() == 3)
    assert texts(meeting) == {"opening": f"{WORDS}.", "closing": THEIRS} and not Aside.objects.exists()


def test_words_typed_without_a_link_and_words_stored_meanwhile_are_both_shown(desk, today: date):
    cast = Cast()
    meeting, page = begun(cast, today), desk(cast.secretary, width=390)
    context = page.context
    url = type_without_a_link(page, meeting)
    write(meeting, "opening", cast.leader)

    context.set_offline(False)
    page = context.new_page()
    page.goto(url)

    page.wait_for_selector("#opening-notes .two-people")
    page.reload()
    page.type("#closing", "Kết thúc")
    until(page, lambda: "closing" in texts(meeting))
    assert texts(meeting)["opening"] == THEIRS and Aside.objects.get().text == WORDS
    press(page, "button[name=resolve-opening][value=both]")
    assert texts(meeting)["opening"] == f"{THEIRS}\n\n{WORDS}" and fits(page)


def test_words_sent_to_a_site_that_refuses_them_stay_until_it_takes_them(desk, gate: Gate, today: date):
    cast = Cast()
    meeting, page = begun(cast, today), desk(cast.secretary, width=390)
    url = f"/cuoc-hop/{meeting.pk}/bien-ban"
    page.goto(gate.url + url)
    until_kept(page, url)
    page.reload()

    gate.refusing = True
    page.fill("#opening", WORDS)
    press(page, "#minutes-form button:not([name])")
    assert gate.refused and page.input_value("#opening") == WORDS
    gate.refusing = False
    page = page.context.new_page()
    page.goto(gate.url + url)

    until(page, lambda: texts(meeting) == {"opening": WORDS})


def tell_without_a_link(page: Any, meeting: Meeting) -> str:
    """All present, seven of eight members, held back on the device; then the phone is put away."""
    url = f"/cuoc-hop/{meeting.pk}/thanh-phan"
    page.goto(url)
    until_kept(page, url)
    page.context.set_offline(True)
    for field in page.locator("select[name^=who_]").all():
        field.select_option("present")
    page.fill("input[name=summoned_full]", "8")
    page.fill("input[name=present_full]", "7")
    page.locator("main form button.primary").click()
    page.wait_for_selector("[data-offline-note]:not([hidden])")
    page.close()
    return url


def signed_in(context: Any, account: Account, site: str) -> Any:
    """The next person takes the device: the one before has left it."""
    context.clear_cookies()
    page = context.new_page()
    page.goto("/")
    client = Client()
    client.force_login(account)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return page


def test_attendance_held_back_goes_in_the_name_of_its_writer_only(desk, live_server, today: date):
    cast = Cast()
    meeting, page = begun(cast, today), desk(cast.secretary, width=390)
    context = page.context
    url = tell_without_a_link(page, meeting)
    context.set_offline(False)

    page = signed_in(context, cast.leader, live_server.url)
    page.goto(url)
    page.wait_for_timeout(1500)
    assert page.input_value("input[name=summoned_full]") == "" and not Act.objects.filter(verb="meeting.turnout_told")

    page = signed_in(context, cast.secretary, live_server.url)
    page.goto(url)
    page.wait_for_url("**/bien-ban")
    assert Act.objects.get(verb="meeting.turnout_told").actor_name == cast.secretary.name
    assert meeting.counts.get().present == 7


def test_attendance_held_back_does_not_replace_what_another_person_told_meanwhile(desk, today: date):
    cast = Cast()
    meeting, page = begun(cast, today), desk(cast.secretary, width=390)
    context = page.context
    url = tell_without_a_link(page, meeting)
    who = {row.pk: "present" for row in meeting.participants.all()}
    actions.tell_turnout(meeting.pk, who, {"full": ClassTold(9, 9)}, by=cast.leader, at=clock.now())

    context.set_offline(False)
    page = context.new_page()
    page.goto(url)

    page.wait_for_selector("main form table")
    rows = [row.inner_text().split("\t") for row in page.locator("main form tbody tr").all()]
    assert [row[1:] for row in rows] == [["9", "8"], ["9", "7"]] and fits(page)
    page.wait_for_timeout(1500)
    assert meeting.counts.get().present == 9 and page.input_value("input[name=present_full]") == "7"
    press(page, "main form button.primary")
    assert meeting.counts.get().present == 7
