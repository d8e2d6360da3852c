"""Urging in a real browser: the officer sees who is late, urges the unit and drafts the letter; its focal point gets
the words; due days go into a calendar by an address that can be ended.
"""

from datetime import date

import pytest

from tests.browser import fits, press
from trienkhai.common.clock import moment
from trienkhai.documents.models import Draft
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import Cast, make_issue
from trienkhai.urging.actions import urge

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
WORDS = "Đề nghị báo cáo trước thứ Sáu tuần này."


@pytest.fixture
def late(today: date) -> Cast:
    """Two units of north are late with one task since the end of February, and the ladder has run this morning."""
    cast = Cast()
    make_issue(cast, [{"due_on": date(2017, 2, 28)}], selection="unit:K.B.1 + unit:K.B.2")
    urge(on=today, at=moment(today, 7))
    return cast


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_the_officer_urges_a_late_unit_whose_focal_point_reads_it(desk, late: Cast, javascript: bool, width: int):
    unit = late.tree.north1
    officer, focal = (desk(who, javascript=javascript, width=width) for who in (late.officer, late.focal[unit.pk]))

    officer.goto("/don-doc")
    ladder = officer.locator("aside, .side").last.inner_text()
    assert "5 ngày làm việc" in ladder and fits(officer)
    press(officer, f"a[href*='/don-doc/tat-ca?don-vi={late.tree.north.pk}']")
    officer.fill("textarea[name=text]", WORDS)
    press(officer, "main form button.primary")
    officer.goto("/don-doc")
    assert "10/03/2017" in officer.locator("table.late-units").inner_text()

    focal.goto("/hop-thu")
    assert WORDS in focal.locator("ul.inbox").inner_text() and fits(focal)
    press(focal, "ul.inbox li:has(.said) button[data-open]")
    work = Assignment.objects.get(held_by=unit)
    focal.goto(f"/nhiem-vu/{work.pk}")
    assert WORDS in focal.locator("section.urged").inner_text() and fits(focal)


def test_the_letter_is_drafted_with_the_late_tasks_of_the_units_ticked(desk, late: Cast):
    officer = desk(late.officer)
    officer.goto("/don-doc")
    officer.check(f"#gui-{late.tree.north.pk}")
    press(officer, "form[action='/don-doc/cong-van'] button.primary")

    draft = Draft.objects.get()
    assert "Việc 1" in draft.body and f"/van-ban/du-thao/{draft.pk}" in officer.url


def test_the_calendar_of_due_days_ends_with_its_address(desk, late: Cast):
    focal = desk(late.focal[late.tree.north1.pk])
    focal.goto("/tai-khoan/nhan-tin")
    press(focal, "button[value=calendar]")
    address = focal.locator("#feed").input_value()
    calendar = focal.request.get(address)
    assert calendar.ok and "Việc 1" in calendar.text()

    press(focal, "button[value=revoke]")

    assert focal.request.get(address).status == 404
    focal.reload()
    assert focal.locator("button[value=revoke]").count() == 0
