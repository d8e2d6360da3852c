"""A person invited in a real browser: the administrator of a branch makes the link, the person opens it, chooses
a password and finds the work of the post; the review of rights with two people at it.
"""

from datetime import date

import pytest

from tests.browser import fits, press
from trienkhai.orgs.models import Holding, Post, Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import Cast, make_issue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PASSWORD = "chim-khôn-tiếng-rảnh-rang-17"


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_from_the_invitation_to_ones_own_queue(desk, open_browser, today: date, javascript: bool, width: int):
    cast = Cast()
    make_issue(cast, [{"due_on": date(2017, 3, 31)}], selection="unit:K.B.1")
    unit, words = cast.tree.north1, {"javascript": javascript, "width": width}
    Post.objects.create(unit=unit, title="Đầu mối mới", role=Role.FOCAL)
    admin = desk(make_holder(cast.tree.north, Role.ADMIN), **words)
    admin.goto(f"/don-vi/{unit.pk}")
    press(admin, f"a[href='/quan-ly-tai-khoan/moi?don-vi={unit.pk}']")
    admin.fill("input[name=name]", "Trần Thị Lan")
    admin.select_option("select[name=post]", label="Đầu mối mới")
    if javascript:
        admin.locator("input[name=username]").focus()
        admin.wait_for_selector("p.proposed:has-text('lantt')")
    assert fits(admin)
    press(admin, "main form.panel-box button.primary")
    address = admin.locator("code.address").inner_text()
    assert "/vao/" in address and fits(admin)

    person = open_browser(**words).new_page()
    person.goto(address)
    person.fill("input[name=new_password1]", "lan")
    person.fill("input[name=new_password2]", "lan")
    press(person, "main form button.primary")
    assert person.locator("p.error").count() and fits(person)
    for field in ("new_password1", "new_password2"):
        person.fill(f"input[name={field}]", PASSWORD)
    press(person, "main form button.primary")
    person.goto("/viec-cua-toi")
    assert "Việc 1" in person.locator("main").inner_text() and fits(person)

    stranger = open_browser(**words).new_page()
    stranger.goto(address)
    assert "đã được dùng" in stranger.locator("main").inner_text() and fits(stranger)
    lan = Account.objects.get(username="lantt")
    admin.goto(f"/quan-ly-tai-khoan/{lan.pk}")
    admin.click("details summary:has-text('Đóng tài khoản')")
    press(admin, f"form[action='/quan-ly-tai-khoan/{lan.pk}/dong'] button")
    person.reload()
    assert "/dang-nhap" in person.url


def test_the_leader_confirms_and_the_administrator_ends_rights_in_one_review(desk, today: date):
    cast = Cast()
    leader, first = make_holder(cast.tree.north, Role.LEADER), make_holder(cast.tree.north, Role.ADMIN)
    admin = desk(first)
    admin.goto("/ra-soat-quyen")
    press(admin, f"form[action='/don-vi/{cast.tree.north.pk}/ra-soat-quyen'] button")
    gone = Holding.objects.filter(post__unit=cast.tree.north1, post__role=Role.FOCAL).earliest("pk")
    admin.check(f"input[name=holding][value='{gone.pk}']")
    press(admin, "button[value=ended]")
    assert "kết thúc quyền" in admin.locator("main").inner_text() and fits(admin)

    other = desk(leader, width=390)
    other.goto(admin.url)
    assert other.locator("button[value=ended]").count() == 0 and fits(other)
    other.check("input[data-check-all=holding]")
    press(other, "button[value=confirmed]")
    gone.refresh_from_db()
    assert gone.valid_to == today
    assert other.locator("input[name=holding]").count() == 0
