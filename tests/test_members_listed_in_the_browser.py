"""Members by name in a real browser: the administrator of a branch switches the lists on, a cell secretary lists a
member and asks another unit to take one over, whose secretary does; the member reads the own row, the administrator
switches the lists off and only numbers stay.
"""

import re
from datetime import timedelta

import pytest

from tests.browser import fits, press
from trienkhai.audit.models import Act
from trienkhai.orgs.models import Role, RosterMember, RosterSpan
from trienkhai.orgs.tests.make import make_holder
from trienkhai.orgs.tests.make_roster import Branch, numbers_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_members_are_listed_transferred_and_erased(desk, today, javascript: bool, width: int):
    branch = Branch(on=False)
    member = make_holder(branch.cell, Role.MEMBER)
    people = (branch.admin, branch.secretary, branch.second, member)
    office, secretary, second, own = (desk(who, javascript=javascript, width=width) for who in people)
    secretary.goto(f"/don-vi/{branch.cell.pk}")
    assert "Danh sách đảng viên" not in secretary.locator("main").inner_text()

    office.goto("/to-chuc")
    press(office, "main a[href='/danh-sach-dang-vien']")
    assert "chỉ giữ số lượng" in office.locator("main").inner_text() and fits(office)
    press(office, "aside a[href$='/danh-sach/bat']")
    office.fill("input[name=decision]", "12-QĐ/ĐUMH")
    press(office, "main form button.primary")
    assert "12-QĐ/ĐUMH" in office.locator("main").inner_text() and fits(office)

    secretary.goto(f"/don-vi/{branch.cell.pk}/danh-sach")
    press(secretary, "main a[href$='/danh-sach/them']")
    secretary.fill("input[name=name]", "Trần Thị Lan")
    secretary.select_option("select[name=kind]", "full")
    secretary.select_option("select[name=account]", str(member.pk))
    assert fits(secretary)
    press(secretary, "main form button.primary")
    assert "Trần Thị Lan" not in secretary.locator("main").inner_text()
    press(secretary, "main form.filters button")
    assert "Trần Thị Lan" in secretary.locator("table.roster").inner_text() and fits(secretary)

    own.goto("/tai-khoan")
    assert "Trần Thị Lan" in own.locator("section[aria-labelledby=own-rows-title]").inner_text() and fits(own)
    RosterSpan.objects.update(valid_from=today - timedelta(days=7))
    press(secretary, "table.roster a[href$='/chuyen']")
    assert "Trần Thị Lan" not in secretary.locator("main").inner_text()
    secretary.fill("input[name=to]", branch.other.code)
    secretary.keyboard.press("Escape")
    press(secretary, "main form.panel-box button.primary")
    assert numbers_of(branch.cell, today)["full"] == 1

    second.goto("/viec-cua-toi")
    press(second, "section[aria-labelledby=roster-title] a.button")
    press(second, "main form.filters button")
    assert "Trần Thị Lan" in second.locator("main .worklist").inner_text() and fits(second)
    press(second, "main .worklist form[action$='/tiep-nhan'] button")
    assert [numbers_of(unit, today)["full"] for unit in (branch.cell, branch.other)] == [0, 1]

    office.goto("/danh-sach-dang-vien")
    press(office, "main tbody a[href$='/tat']")
    assert re.search(r"1 đảng viên ở 1 đơn vị", office.locator("main").inner_text()) and fits(office)
    office.check("input[name=sure]")
    press(office, "main form button.primary")
    assert not RosterMember.objects.exists() and numbers_of(branch.other, today)["full"] == 1
    assert Act.objects.filter(verb="roster.read").count() == 2
