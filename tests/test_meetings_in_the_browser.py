"""A meeting in a real browser: the secretary plans, invites and opens it, the leader writes the same part at the same
time and gets both texts; closed and sent up, the unit above reads the minutes. On a wide screen and a phone.
"""

import time
from datetime import date

import pytest

from tests.browser import fits, press
from trienkhai.common import clock
from trienkhai.common.clock import moment
from trienkhai.meetings.models import Meeting
from trienkhai.meetings.tests.make import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_from_the_plan_to_the_minutes_that_the_unit_above_reads(desk, today: date, javascript: bool, width: int):
    cast = Cast()
    secretary, leader, above = (
        desk(who, javascript=javascript, width=width) for who in (cast.secretary, cast.leader, cast.above)
    )

    secretary.goto("/sinh-hoat")
    press(secretary, f"a[href='/sinh-hoat/{cast.cell.pk}/them']")
    secretary.fill("input[name=day]", today.isoformat())
    secretary.fill("input[name=hour]", "00:00")
    secretary.fill("input[name=place]", "Phòng họp")
    press(secretary, "main form button.primary")
    meeting = Meeting.objects.get()
    assert fits(secretary)
    press(secretary, f"a[href='/cuoc-hop/{meeting.pk}/moi']")
    press(secretary, "main form button.primary")
    leader.goto("/hop-thu")
    assert meeting.title in leader.locator("main").inner_text()

    press(secretary, f"a[href='/cuoc-hop/{meeting.pk}/khai-mac']")
    press(secretary, "main form button.primary")
    for field in secretary.locator("select[name^=who_]").all():
        field.select_option("present")
    secretary.fill("input[name=summoned_full]", "8")
    secretary.fill("input[name=present_full]", "7")
    assert fits(secretary)
    press(secretary, "main form button.primary")
    leader.goto(f"/cuoc-hop/{meeting.pk}/bien-ban")
    secretary.fill("#opening", "Bí thư khai mạc")
    press(secretary, "button[name=done]")
    leader.fill("#opening", "Phó bí thư giới thiệu thành phần")
    press(leader, "button[name=done]")
    both = leader.locator(".two-people").first.inner_text()
    assert "Bí thư khai mạc" in both and "Phó bí thư giới thiệu" in both and fits(leader)
    press(leader, "button[name=resolve-opening][value=both]")
    assert meeting.passages.get(key="opening").text == "Bí thư khai mạc\n\nPhó bí thư giới thiệu thành phần"

    press(leader, f"a[href='/cuoc-hop/{meeting.pk}/bieu-quyet']")
    leader.fill("[name=question]", "Thông qua nghị quyết")
    leader.check("input[name=secret][value='1']")
    leader.fill("input[name=votes_for]", "10")
    press(leader, "main form button.primary")
    assert leader.locator("p.error").count() == 1
    leader.fill("input[name=votes_for]", "9")
    press(leader, "main form button.primary")
    above.goto(f"/cuoc-hop/{meeting.pk}")
    assert "khai mạc" not in above.locator("main").inner_text() and fits(above)

    press(leader, f"a[href='/cuoc-hop/{meeting.pk}/khoa']")
    while clock.now() < moment(today, 0, 2):  # in the first minute of a day it has not ended yet
        time.sleep(5)
    leader.fill("input[name=hour]", "00:01")
    press(leader, "main form button.primary")
    press(leader, f"form[action='/cuoc-hop/{meeting.pk}/gui-len'] button")
    meeting.refresh_from_db()
    assert meeting.state == "closed" and meeting.sent_on == today and fits(leader)
    above.goto(f"/cuoc-hop/{meeting.pk}")
    assert "Bí thư khai mạc" in above.locator("main").inner_text() and fits(above)
