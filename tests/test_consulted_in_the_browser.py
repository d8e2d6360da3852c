"""A draft goes round in real browsers: the officer asks, one unit writes clause by clause and sends, the officer
answers and closes, the unit reads the answer; a day is moved and one withdrawn; on a wide
screen and on a phone without JavaScript.
"""

from datetime import date, timedelta

import pytest

from tests.browser import fits, press
from trienkhai.common import clock
from trienkhai.feedback.models import ClauseOpinion, Consultation
from trienkhai.feedback.tests.make import House

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_an_opinion_on_a_clause_is_answered_and_its_unit_reads_why(desk, today: date, javascript: bool, width: int):
    house = House()
    draft = house.draft()
    officer, focal = (desk(who, javascript=javascript, width=width) for who in (house.officer, house.focal))

    officer.goto("/y-kien/du-thao")
    press(officer, "a[href='/y-kien/du-thao/moi']")
    officer.select_option("select[name=draft]", str(draft.pk))
    press(officer, "main form button.primary")
    assert fits(officer)
    officer.fill("input[name=units]", house.tree.north1.present.code)
    officer.fill("input[name=due_on]", (today + timedelta(days=7)).isoformat())
    press(officer, "main form button.primary")
    made = Consultation.objects.get()
    assert fits(officer) and made.asked.get().unit == house.tree.north1

    focal.goto("/viec-cua-toi")
    press(focal, "a[href^='/y-kien/du-thao/don-vi/']")
    assert fits(focal)
    first = made.passages.get(label="I › 1").pk
    focal.check(f"input[name=stance_{first}][value=other]")
    focal.fill(f"textarea[name=wording_{first}]", "Ghi rõ số buổi sinh hoạt chuyên đề.")
    press(focal, "button[name=send]")
    assert fits(focal) and not ClauseOpinion.objects.exists() and focal.locator(".error").count()
    focal.fill(f"textarea[name=reason_{first}]", "Để kiểm tra được.")
    press(focal, "button[name=send]")
    assert ClauseOpinion.objects.get().asked.sent_by == house.focal and fits(focal)

    officer.goto("/viec-cua-toi")
    officer.goto(f"/y-kien/du-thao/{made.pk}?yk=cho")
    press(officer, "a[href^='/y-kien/du-thao/y-kien/']")
    assert "Để kiểm tra được." in officer.locator("main").inner_text() and fits(officer)
    officer.check("input[name=reply][value=partly]")
    officer.fill("textarea[name=reason]", "Ghi ít nhất hai buổi.")
    press(officer, "main form button.primary")
    assert fits(officer)
    press(officer, "form[action$='/ket-thuc'] button")
    made.refresh_from_db()
    assert made.closed_on == today

    focal.reload()
    assert "Ghi ít nhất hai buổi." in focal.locator("main").inner_text() and fits(focal)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_a_day_is_moved_and_the_consultation_withdrawn_and_the_unit_asked_reads_why(
    desk, today: date, javascript: bool, width: int
):
    house = House()
    when, due = clock.moment(today, 8), today + timedelta(days=7)
    made = house.consultation(house.tree.north1, due_on=due, at=when)
    officer, focal = (desk(who, javascript=javascript, width=width) for who in (house.officer, house.focal))

    officer.goto(f"/y-kien/du-thao/{made.pk}")
    press(officer, "a[href$='/doi-han']")
    officer.fill("input[name=due_on]", (today - timedelta(days=1)).isoformat())
    officer.fill("textarea[name=reason]", "Các đơn vị cần thêm thời gian.")
    press(officer, "main form button.primary")
    assert officer.locator(".error").count() and fits(officer)
    assert officer.input_value("textarea[name=reason]") == "Các đơn vị cần thêm thời gian."
    later = due + timedelta(days=7)
    officer.fill("input[name=due_on]", later.isoformat())
    press(officer, "main form button.primary")
    made.refresh_from_db()
    assert made.due_on == later and fits(officer)

    focal.goto("/hop-thu")
    press(focal, f"button:has-text('{later:%d/%m/%Y}')")
    said = focal.locator("main").inner_text()
    assert "Các đơn vị cần thêm thời gian." in said and f"{later:%d/%m/%Y}" in said and fits(focal)
    assert focal.locator("a[href^='/y-kien/du-thao/don-vi/']").count() == 1

    press(officer, "a[href$='/rut']")
    officer.fill("textarea[name=reason]", "Dự thảo phải viết lại.")
    press(officer, "main form button.primary")
    made.refresh_from_db()
    assert made.withdrawn and made.closed_on == today and fits(officer)
    assert not officer.locator("a[href$='/rut'], a[href$='/doi-han']").count()

    focal.reload()
    assert "Dự thảo phải viết lại." in focal.locator("main").inner_text() and fits(focal)
    assert not focal.locator("a[href^='/y-kien/du-thao/don-vi/']").count()
    focal.goto("/viec-cua-toi")
    assert not focal.locator("a[href^='/y-kien/du-thao/']").count()
