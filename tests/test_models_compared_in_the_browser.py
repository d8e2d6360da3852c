"""Three people study the model of their organisation in a real browser: an administrator compares two drafts and asks
the units concerned, a unit's leader answers for the unit, a leader of the office chooses.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.browser import fits, press
from trienkhai.common.clock import moment
from trienkhai.orgs.models import Comparison, Reorganisation, Role
from trienkhai.orgs.tests.make import Tree, make_holder
from trienkhai.orgs.tests.make_reorganising import Office, dissolve, merge, move

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def open_comparison(admin: Any, *drafts: Reorganisation) -> Comparison:
    admin.goto("/to-chuc")
    press(admin, "a[href='/to-chuc/so-sanh']")
    press(admin, "a[href='/to-chuc/so-sanh/moi']")
    admin.fill("[name=title]", "Mô hình cho nhiệm kỳ mới")
    admin.fill("[name=question]", "Mô hình nào ít tầng nấc mà vẫn bám cơ sở?")
    for draft in drafts:
        admin.check(f"input[name=drafts][value='{draft.pk}']")
    press(admin, "main form button.primary")
    return Comparison.objects.get()


def reckon_costs(admin: Any, one: Comparison, flattening: Reorganisation, width: int) -> None:
    """Written for the present model and one draft; told with what it changes, beside the trees of both."""
    press(admin, "a[href$='/chi-phi']")
    admin.fill("[name=ten-0]", "Chi thường xuyên")
    admin.fill("[name=do-0]", "triệu đồng")
    admin.fill("[name=so-0-0]", "1.200")
    admin.fill(f"[name=so-0-{one.drafts.get(reorganisation=flattening).pk}]", "950,5")
    assert fits(admin)
    press(admin, "main form button.primary")
    press(admin, "form[action$='/chay-thu'] button")
    admin.goto(f"/to-chuc/so-sanh/{one.pk}?xem=2")
    told = admin.locator("main").inner_text()
    assert "−249,5 giảm" in told and "Bỏ cấp trung gian" in told and fits(admin)
    assert admin.locator(".two-trees .goes").inner_text().startswith("Đảng bộ Nam (K.N)")
    assert admin.locator("td.c1").first.is_visible() == (width == 1440)


def ask_the_units(admin: Any, until: date) -> None:
    press(admin, "a[href$='/lay-y-kien']")
    admin.fill("[name=due_on]", until.isoformat())
    assert fits(admin)
    press(admin, "main form button.primary")


def answer_for_the_unit(south: Any, one: Comparison) -> None:
    south.goto("/viec-cua-toi")
    press(south, f"a[href='/to-chuc/so-sanh/{one.pk}']")
    assert fits(south)
    press(south, "main .strip a.button")
    south.check("input[name=preference][value=none]")
    south.fill("[name=text]", "Đảng bộ Nam đề nghị giữ cấp trung gian đến hết nhiệm kỳ.")
    press(south, "main form button.primary")
    assert "đến hết nhiệm kỳ" in south.locator("main").inner_text() and fits(south)


def choose(leader: Any, one: Comparison, merging: Reorganisation) -> None:
    """Having read what the units said."""
    leader.goto(f"/to-chuc/so-sanh/{one.pk}")
    assert "đến hết nhiệm kỳ" in leader.locator("main").inner_text()
    press(leader, "a[href$='/chon']")
    leader.check(f"input[name=draft][value='{one.drafts.get(reorganisation=merging).pk}']")
    leader.fill("[name=reason]", "Ít xáo trộn; ý kiến của đơn vị có cơ sở.")
    press(leader, "main form button.primary")
    told = leader.locator("main").inner_text()
    assert "Ít xáo trộn" in told and fits(leader)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_drafts_are_compared_units_asked_and_one_chosen(desk, today, javascript: bool, width: int):
    tree = Tree()
    office = Office(tree.bloc)
    when = {"at": moment(today, 8), "effective_on": today}
    merging = office.file(merge(tree.north2, into=tree.north1), title="Hợp nhất hai cơ sở", **when)
    steps = (move(tree.bloc, tree.south1, tree.south2), dissolve(tree.south, tree.bloc))
    flattening = office.file(*steps, title="Bỏ cấp trung gian", **when)
    head = make_holder(tree.south, Role.LEADER)
    ways = {"javascript": javascript, "width": width}
    admin, south, leader = desk(office.admin, **ways), desk(head, **ways), desk(office.leader, **ways)

    one = open_comparison(admin, merging, flattening)
    reckon_costs(admin, one, flattening, width)
    ask_the_units(admin, today + timedelta(days=7))
    answer_for_the_unit(south, one)
    choose(leader, one, merging)

    merging.refresh_from_db()
    flattening.refresh_from_db()
    assert (merging.state, flattening.state) == (Reorganisation.State.SUBMITTED, Reorganisation.State.SET_ASIDE)
    leader.goto("/viec-cua-toi")
    press(leader, f"a[href='/to-chuc/phuong-an/{merging.pk}']")
    press(leader, "button[formaction$='/duyet']")
    assert Reorganisation.objects.get(pk=merging.pk).state == Reorganisation.State.CARRIED_OUT
