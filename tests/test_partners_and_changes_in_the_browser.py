"""Two ways in a real browser, each of several people: an opinion asked of a unit, answered, read by the asker; a report
returned and sent again, of which the leader sees what changed. With JavaScript on a wide screen, without it on a phone.
"""

from datetime import date

import pytest

from tests.browser import fits, press
from trienkhai.common.clock import moment
from trienkhai.common.models import Installation
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.tasks import actions
from trienkhai.tasks.models import Opinion, Seen
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_issue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
TODAY = date(2017, 1, 20)


@pytest.fixture
def cast() -> Cast:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})
    return Cast()


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_opinion_of_a_partner_from_the_question_to_the_sheet(cast, desk, javascript: bool, width: int):
    body = make_unit(kind="external", relation="external", code="NG.7", name="Ban cán sự đảng Thử")
    focal = make_holder(body, Role.FOCAL)
    who = {"by": cast.officer, "at": moment(date(2017, 1, 4), 9)}
    row = actions.open_partnership(cast.tree.north, body, valid_from=date(2016, 1, 1), **who)

    officer = desk(cast.officer, javascript=javascript, width=width)
    officer.goto(f"/phoi-hop/doi-tac/{row.pk}")
    assert fits(officer)
    press(officer, "main .actions a.primary")
    officer.fill("input[name=subject]", "Dự thảo kế hoạch kiểm tra chung")
    officer.fill("input[name=due_on]", "2017-01-31")
    press(officer, "main form button.primary")
    opinion = Opinion.objects.get()
    assert opinion.asked == body and fits(officer)

    partner = desk(focal, javascript=javascript, width=width)
    partner.goto("/viec-cua-toi")
    press(partner, f"a[href='/phoi-hop/y-kien/{opinion.pk}/tra-loi']")
    partner.fill("textarea[name=answer]", "Nhất trí với dự thảo")
    press(partner, "main form button.primary")
    assert "Nhất trí với dự thảo" in partner.locator("main").inner_text() and fits(partner)

    leader = desk(cast.leader, javascript=javascript, width=width)
    leader.goto(f"/phoi-hop/doi-tac/{row.pk}")
    assert opinion.subject in leader.locator("main").inner_text()
    press(leader, f"a[href='/phoi-hop/y-kien/{opinion.pk}']")
    assert "Nhất trí với dự thảo" in leader.locator("main").inner_text() and fits(leader)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_leader_sees_what_changed_in_a_report_that_came_again(cast, desk, javascript: bool, width: int):
    row = assignment_of(make_issue(cast), cast.tree.north1)
    focal = cast.holder_of(row)
    actions.acknowledge(row.pk, by=focal, at=at(4))
    actions.submit_report(row.pk, text="Đã mở 2 lớp cho đảng viên", by=focal, at=at(5))

    leader = desk(cast.north_leader, javascript=javascript, width=width)
    leader.goto(f"/nhiem-vu/{row.pk}")
    if not javascript:
        press(leader, "form.seen button")
    leader.wait_for_timeout(2500 if javascript else 0)
    assert Seen.objects.get().account == cast.north_leader
    leader.goto(f"/nhiem-vu/{row.pk}/tra-lai")
    leader.fill("textarea[name=reason]", "Thiếu số liệu")
    press(leader, "main form button.primary")

    holder = desk(focal, javascript=javascript, width=width)
    holder.goto(f"/nhiem-vu/{row.pk}/bao-cao")
    holder.fill("textarea[name=text]", "Đã mở 3 lớp cho đảng viên")
    press(holder, "main form button.primary")

    leader.goto("/duyet")
    assert leader.locator(".tag.changed").count() == 1 and fits(leader)
    press(leader, "main .queue a.title")
    leader.wait_for_selector(".difference")
    assert leader.locator(".difference del").first.inner_text() == "2"
    assert leader.locator(".difference ins").first.inner_text() == "3" and fits(leader)
