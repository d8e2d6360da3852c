"""An assignment is clarified in a real browser: more time is asked for and granted, a co-ordinating unit answers its
part, a person is named, and work given to the wrong unit is handed over.
"""

from datetime import date

import pytest

from tests.browser import fits, press
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.models import Assignment, Request, Share
from trienkhai.tasks.tests.make import DUE, Cast, make_issue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_more_time_is_asked_for_and_granted_and_the_first_day_stays_known(desk, today, javascript: bool, width: int):
    cast = Cast()
    make_issue(cast, selection="unit:K.B.1")
    work = Assignment.objects.get()
    focal, leader = (desk(who, javascript=javascript, width=width) for who in (cast.holder_of(work), cast.leader))
    focal.goto(f"/nhiem-vu/{work.pk}")
    press(focal, "form[action$='/tiep-nhan'] button")
    press(focal, "a[href$='/de-nghi']")
    focal.check("input[name=kind][value=extend]")
    focal.fill("input[name=due_on]", "2017-07-31")
    focal.fill("textarea[name=reason]", "Chờ kết quả kiểm tra của cấp trên")
    press(focal, "main form button.primary")
    asked = Request.objects.get()
    assert Assignment.objects.get().due_on == DUE

    leader.goto("/viec-cua-toi")
    press(leader, f"a[href='/de-nghi/{asked.pk}']")
    leader.fill("textarea[name=answer]", "Đồng ý")
    press(leader, "button[value=grant]")

    row = Assignment.objects.get()
    assert (row.due_on, row.first_due_on) == (date(2017, 7, 31), DUE) and fits(leader)
    focal.goto(f"/nhiem-vu/{work.pk}")
    told = focal.locator("main").inner_text()
    assert "30/06/2017" in told and "31/07/2017" in told and "Đồng ý" in told and fits(focal)


def test_a_co_ordinating_unit_answers_its_part_and_the_unit_that_leads_reads_it(desk, today):
    cast = Cast()
    part = {"mode": "joint", "selection": "unit:K.B.1", "coordinating_selection": "unit:K.N.1"}
    make_issue(cast, [part])
    work, share = Assignment.objects.get(), Share.objects.get()
    lead, other = desk(cast.holder_of(work)), desk(cast.focal[cast.tree.south1.pk])

    other.goto("/viec-cua-toi")
    press(other, f"a[href='/phoi-hop/{share.pk}']")
    other.fill("textarea[name=answer]", "Nhất trí với dự thảo, đề nghị bổ sung mục 2")
    press(other, "main form button.primary")

    lead.goto(f"/nhiem-vu/{work.pk}")
    assert "Nhất trí với dự thảo, đề nghị bổ sung mục 2" in lead.locator("main").inner_text()
    other.goto("/viec-cua-toi")
    assert other.locator(f"a[href='/phoi-hop/{share.pk}']").count() == 0


def test_work_is_given_to_one_person_and_then_handed_over_to_the_unit_whose_it_is(desk, today):
    cast = Cast()
    make_issue(cast, selection="unit:K.B.1")
    work = Assignment.objects.get()
    colleague = make_holder(cast.tree.north1, Role.FOCAL)
    focal, leader = desk(cast.holder_of(work)), desk(cast.leader)
    focal.goto(f"/nhiem-vu/{work.pk}")
    press(focal, "form[action$='/tiep-nhan'] button")
    press(focal, "a[href$='/phan-cong']")
    focal.select_option("select[name=person]", str(colleague.pk))
    press(focal, "main form button.primary")
    assert colleague.name in focal.locator("main").inner_text()

    press(focal, "a[href$='/de-nghi']")
    focal.check("input[name=kind][value=transfer]")
    focal.fill("input[name=unit]", "K.B.2")
    focal.fill("textarea[name=reason]", "Nhiệm vụ thuộc chức năng của Chi bộ Bắc Hai")
    press(focal, "main form button.primary")
    leader.goto(f"/de-nghi/{Request.objects.get().pk}")
    press(leader, "button[value=grant]")

    receiver = desk(cast.focal[cast.tree.north2.pk])
    receiver.goto("/viec-cua-toi")
    press(receiver, f"a[href='/nhiem-vu/{work.pk}']")
    told = receiver.locator("main").inner_text()
    assert "Chi bộ Bắc Hai" in told and "ban đầu giao Đảng bộ Bắc Một" in told
    assert Assignment.objects.get().held_by_id == cast.tree.north2.pk
