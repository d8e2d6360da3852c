"""Two people reorganise in a real browser: an administrator prepares, tries and submits, a leader approves, and whoever
holds the work of the merged unit finds it at the one that took over.
"""

import pytest

from tests.browser import fits, press
from trienkhai.orgs.models import Reorganisation, Role, Unit
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import Cast, make_issue

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def move_by_part_of_a_name(page, file: Reorganisation, javascript: bool) -> None:
    """East is established; the cell that stands directly under the bloc moves below it, both found by words of their
    names."""
    page.goto(f"/to-chuc/phuong-an/{file.pk}/buoc/establish")
    for name, value in (("parent", "K"), ("code", "K.D"), ("name", "Đảng bộ Đông")):
        page.fill(f"[name={name}]", value)
    page.select_option("[name=kind]", "upper_committee")
    press(page, "main form button.primary")
    page.goto(f"/to-chuc/phuong-an/{file.pk}/buoc/move")
    for name, words, label in (("units", "truc", "Đảng bộ Trực (K.T)"), ("parent", "dong", "Đảng bộ Đông (K.D)")):
        page.fill(f"[name={name}]", words)
        if javascript:
            page.locator(f"#id_{name}_list [role=option]", has_text=label.partition(" (")[0]).click()
    if javascript:
        assert page.locator(".picked label").inner_text().strip() == "Đảng bộ Trực (K.T)"
        assert page.input_value("[name=parent]") == "Đảng bộ Đông (K.D)"
    else:
        press(page, "main form button.primary")
        assert fits(page)
        page.check("[name=units-chon]")
        page.check("[name=parent-chon]")
    press(page, "main form button.primary")
    first, second = file.steps.filter(kind__in=["establish", "move"])
    assert second.payload == {"units": [f"u{Unit.objects.get(present__code='K.T').pk}"], "parent": f"s{first.pk}.0"}


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_a_file_is_prepared_tried_approved_and_its_work_found_at_the_successor(
    desk, today, javascript: bool, width: int
):
    cast = Cast()
    make_issue(cast, selection="unit:K.B.2")
    admin = desk(make_holder(cast.tree.bloc, Role.ADMIN), javascript=javascript, width=width)
    leader = desk(cast.leader, javascript=javascript, width=width)

    admin.goto("/to-chuc")
    press(admin, "a[href='/to-chuc/phuong-an']")
    press(admin, "a[href='/to-chuc/phuong-an/moi']")
    admin.fill("input[name=title]", "Sắp xếp các tổ chức cơ sở của Đảng bộ Bắc")
    admin.fill("input[name=decision]", "12-QĐ/ĐUTHU")
    press(admin, "main form button.primary")
    file = Reorganisation.objects.get()
    press(admin, "a[href$='/buoc/merge']")
    admin.fill("[name=units]", "K.B.2")
    admin.fill("[name=into]", "K.B.1")
    press(admin, "main form button.primary")
    assert "1" in admin.locator("main fieldset legend").first.inner_text() and fits(admin)
    press(admin, "main form button.primary")
    move_by_part_of_a_name(admin, file, javascript)
    press(admin, "button[formaction$='/chay-thu']")
    told = admin.locator("main").inner_text()
    assert "Kết quả dự kiến" in told and "Chi bộ Bắc Hai (K.B.2)" in told and fits(admin)
    assert Unit.objects.get(pk=cast.tree.north2.pk).closed_on.year == 9999
    press(admin, "button[formaction$='/trinh']")

    leader.goto("/viec-cua-toi")
    press(leader, f"a[href='/to-chuc/phuong-an/{file.pk}']")
    assert fits(leader)
    press(leader, "button[formaction$='/duyet']")
    assert "Kết quả thực hiện" in leader.locator("main").inner_text() and fits(leader)

    assert Unit.objects.get(pk=cast.tree.north2.pk).closed_on == today
    work = Assignment.objects.get()
    focal = desk(cast.focal[cast.tree.north1.pk], javascript=javascript, width=width)
    focal.goto("/viec-cua-toi")
    press(focal, f"a[href='/nhiem-vu/{work.pk}']")
    assert "Đảng bộ Bắc Một" in focal.locator("main").inner_text()
    focal.goto(f"/don-vi/{cast.tree.north2.pk}")
    press(focal, f"a[href='/to-chuc/phuong-an?don-vi={cast.tree.north2.pk}']")
    press(focal, f"a[href='/to-chuc/phuong-an/{file.pk}']")
    assert "đã thực hiện" in focal.locator("main").inner_text() and fits(focal)
