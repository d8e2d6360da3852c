"""The menu in a real browser: a leader approves and the number beside “Duyệt” is gone, while another person's falls
with the page of the queue; the entry of the page is in sight however long the menu, on a desk and on a phone.
"""

from datetime import date
from typing import Any

import pytest

from tests.browser import fits, press
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import Cast, at, make_issue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
WITHIN = """entry => {
  const box = entry.getBoundingClientRect(), frame = entry.closest('nav.rail, .panel').getBoundingClientRect();
  return box.top >= frame.top && box.bottom <= Math.min(frame.bottom, innerHeight);
}"""


def waiting(page: Any) -> str:
    page.goto("/tim")
    return " ".join(page.locator("nav.rail a[href='/duyet']").inner_text().split())


@pytest.mark.parametrize("javascript", [True, False])
def test_who_approves_sees_the_number_go_at_once(desk, today: date, kept_hints, javascript: bool):
    cast = Cast()
    row = Assignment.objects.get(task__issue=make_issue(cast, [{}]), held_by=cast.tree.north1)
    actions.acknowledge(row.pk, by=cast.holder_of(row), at=at(4))
    actions.submit_report(row.pk, text="Đã xong", by=cast.holder_of(row), at=at(5))
    deputy = make_holder(cast.tree.north, Role.LEADER)
    leader, other = (desk(who, javascript=javascript) for who in (cast.north_leader, deputy))
    before = waiting(leader), waiting(other)

    leader.goto(f"/nhiem-vu/{row.pk}/duyet")
    press(leader, "main form button")

    assert before == ("Duyệt 1", "Duyệt 1")
    assert waiting(leader) == "Duyệt"
    other.goto("/duyet")
    assert waiting(other) == "Duyệt"


def test_the_entry_of_the_page_is_in_sight_on_a_desk_and_on_a_phone(desk, today: date):
    leader = Cast().leader
    wide, phone = desk(leader), desk(leader, width=390)

    wide.set_viewport_size({"width": 1440, "height": 600})
    wide.goto("/nhat-ky")
    phone.goto("/nhat-ky")
    phone.keyboard.press("Tab")
    phone.locator(".dock summary").focus()
    phone.keyboard.press("Enter")
    entry = phone.locator(".dock .panel [aria-current]")
    entry.wait_for()

    assert wide.locator(".rail [aria-current]").evaluate(WITHIN)
    assert entry.evaluate(WITHIN) and fits(phone)
    assert phone.get_by_role("list", name="Tổ chức, quản trị").get_by_role("link").count() == 3
    phone.keyboard.press("Escape")
    assert not entry.is_visible()
