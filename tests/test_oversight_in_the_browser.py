"""Supervision in a real browser: the representative of mass organisations plans, announces, tells what was found and
recommends to a leader's post; its holder answers why it is not taken; a member reads what the unit has made public.
"""

from datetime import date

import pytest

from tests.browser import fits, press
from trienkhai.oversight.models import Matter, Plan, Recommendation, Subject
from trienkhai.oversight.tests.make import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_from_the_plan_to_the_answer_and_from_the_list_to_its_proof(desk, today: date, javascript: bool, width: int):
    cast = Cast()
    mass, head, clerk, member = (
        desk(who, javascript=javascript, width=width) for who in (cast.mass, cast.head, cast.clerk, cast.member)
    )

    mass.goto("/giam-sat")
    press(mass, f"a[href='/giam-sat/{cast.unit.pk}/ke-hoach']")
    mass.fill("[name=title]", "Giám sát trong năm")
    press(mass, "main form button.primary")
    plan = Plan.objects.get()
    press(mass, f"a[href='/giam-sat/ke-hoach/{plan.pk}/noi-dung']")
    mass.fill("[name=title]", "Nêu gương của người đứng đầu")
    mass.fill("[name=addressee]", cast.cell.code)
    mass.fill("[name=post]", cast.post.title)
    mass.fill("[name=planned_on]", date(today.year, 12, 31).isoformat())
    assert fits(mass)
    press(mass, "main form button.primary")
    row = Subject.objects.get()
    head.goto(f"/giam-sat/noi-dung/{row.pk}")
    assert row.title not in head.locator("main").inner_text()
    press(mass, f"form[action='/giam-sat/ke-hoach/{plan.pk}/cong-bo'] button")
    assert fits(mass)
    press(mass, f"a[href='/giam-sat/noi-dung/{row.pk}']")
    press(mass, f"a[href='/giam-sat/noi-dung/{row.pk}/ket-qua']")
    mass.fill("[name=findings]", "Đã đối thoại hai buổi")
    press(mass, "main form button.primary")
    press(mass, f"a[href='/giam-sat/noi-dung/{row.pk}/kien-nghi']")
    mass.fill("[name=text]", "Đối thoại mỗi quý")
    press(mass, "main form button.primary")
    made = Recommendation.objects.get()
    assert fits(mass)

    head.goto("/viec-cua-toi")
    press(head, f"a.button[href='/giam-sat/kien-nghi/{made.pk}/tra-loi']")
    head.check("[name=outcome][value=not_taken]")
    head.fill("[name=text]", "Đã có lịch đối thoại mỗi tháng")
    assert fits(head)
    press(head, "main form button.primary")
    mass.goto(f"/giam-sat/noi-dung/{row.pk}")
    assert "Đã có lịch đối thoại mỗi tháng" in mass.locator("main").inner_text()

    clerk.goto("/dan-chu")
    press(clerk, f"form[action^='/dan-chu/{cast.unit.pk}/lay-mau'] button")
    matter = Matter.objects.filter(kind="public").order_by("due_on")[0]
    assert fits(clerk)
    press(clerk, f"a[href='/dan-chu/viec/{matter.pk}/minh-chung']")
    clerk.fill("[name=place]", "Bảng tin tầng 1")
    press(clerk, "main form button.primary")
    assert clerk.locator("p.error").count() == 1
    clerk.fill("[name=link]", "https://tin.minhhoa.vn/1")
    press(clerk, "main form button.primary")
    member.goto("/dan-chu")
    assert "Bảng tin tầng 1" in member.locator("main").inner_text() and fits(member)
