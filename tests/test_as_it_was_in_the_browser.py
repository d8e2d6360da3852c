"""Two people after a merger: one follows a sending by the old tree into a branch that is gone; one reads, on a phone
without JavaScript, a past board by today's tree and opens the list behind a number.
"""

import pytest

from tests.browser import fits, press
from tests.test_coverage_by_the_old_tree import Covered
from tests.test_sheets_by_the_old_tree import AUTUMN, merge
from trienkhai.common.models import Installation
from trienkhai.dissemination.models import Sending

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_the_choice_of_the_tree_goes_along_into_branches_and_lists(desk):
    covered = Covered()
    merge(covered.tree)
    Installation.objects.create(pk=1, is_demo=True, demo_today=AUTUMN)
    officer, leader = desk(covered.cast.officer), desk(covered.cast.leader, javascript=False, width=390)

    officer.goto(f"/quan-triet/lan-gui/{Sending.objects.get().pk}")
    assert officer.locator("tbody th", has_text="Đảng bộ Nam").count() == 0
    press(officer, ".as-of a:has-text('Như ngày 01/06/2017')")
    press(officer, "tbody a:has-text('Đảng bộ Nam')")
    assert officer.locator(".lead").inner_text() == "Đảng bộ Nam" and "cay=2017-06-01" in officer.url
    assert officer.locator("tbody th", has_text="Đảng bộ Nam Hai").count() >= 1
    press(officer, ".as-of a:has-text('Như hiện nay')")
    assert "cay=" not in officer.url

    leader.goto(f"/bang-dieu-hanh/{covered.tree.bloc.pk}?ngay=2017-06-19")
    lines = leader.locator("section[aria-labelledby=children-title] tbody tr")
    assert lines.filter(has_text="Đảng bộ Nam").count() == 1 and fits(leader)
    press(leader, ".as-of a:has-text('Như hiện nay')")
    assert lines.filter(has_text="Đảng bộ Nam").count() == 0 and fits(leader)
    line = lines.filter(has_text="Đảng bộ Bắc – Nam")
    number = int(line.locator("td a").first.inner_text())
    press(leader, line.locator("td a"))
    assert leader.locator("#rows tbody tr").count() == number == 4
    assert "theo tổ chức hiện nay" in leader.locator("main").inner_text() and fits(leader)
