"""A period report in a real browser: an office designs a form, two units fill it, one of them over a link that breaks
and comes back, the office approves and its summary drafts itself.
"""

from datetime import date
from typing import Any

import pytest

from tests.browser import fits, press
from trienkhai.common.models import Installation
from trienkhai.demo import organisation
from trienkhai.demo.building import store_people, store_units
from trienkhai.reports.models import PeriodReport, ReportForm

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
TODAY = date(2017, 3, 10)
LOST = "Chi bộ đã tổ chức học tập nghị quyết, viết khi mất kết nối."


@pytest.fixture(autouse=True)
def organisation_of_the_demo() -> None:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)


def add_field(page: Any, kind: str, label: str) -> None:
    press(page, f"a[href$='loai={kind}']")
    page.fill("#id_label", label)
    press(page, "main form button.primary")


def design_a_form(page: Any) -> ReportForm:
    page.goto("/bao-cao/bieu-mau/moi")
    page.fill("#id_title", "Báo cáo học tập nghị quyết")
    page.select_option("#id_kind", "month")
    page.uncheck("input[value=children]")
    page.fill("#id_units", "MH.01.001, MH.02.002")
    page.select_option("#id_answer_rule", "designer")
    press(page, "main form button.primary")
    press(page, "main .empty a")
    page.fill("#id_title", "Kết quả")
    press(page, "main form button.primary")
    add_field(page, "number", "Số đảng viên học tập")
    add_field(page, "text", "Kết quả nổi bật")
    assert fits(page)
    form = ReportForm.objects.get()
    page.goto(f"/bao-cao/bieu-mau/{form.pk}/ban-hanh")
    page.check("input[name=holds_from][value='2017-03-01']")
    press(page, "main form button.primary")
    return form


def begin(page: Any) -> None:
    page.goto("/bao-cao")
    press(page, "form[action$='/bat-dau'] button")


def stored(page: Any, value: str) -> None:
    page.locator(f"#saved [data-stored]:has-text('{value}')").wait_for()


def test_three_people_from_the_form_to_the_summary_over_a_link_that_breaks(sign_in):
    office = sign_in("lanhdao")
    design_a_form(office)
    assert PeriodReport.objects.count() == 2

    first = sign_in("daumoi", width=390)
    begin(first)
    first.fill("[name=f-c1]", "12")
    stored(first, "Đã lưu")
    first.context.set_offline(True)
    first.fill("[name=f-n1]", LOST)
    first.locator("#saved.offline").wait_for()
    assert first.evaluate("document.activeElement.name") == "f-n1"
    assert not PeriodReport.objects.filter(values__n1=LOST).exists()
    first.context.set_offline(False)
    first.reload()
    assert first.input_value("[name=f-n1]") == LOST
    stored(first, "Đã lưu")
    assert any(row.values.get("n1") == LOST for row in PeriodReport.objects.all())
    assert first.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length") == 0
    assert fits(first)
    press(first, "button[name=send]")
    press(first, "main form button.primary")

    second = sign_in("daumoi2")
    begin(second)
    second.fill("[name=f-c1]", "không rõ")
    second.fill("[name=f-n1]", "Đã phổ biến đến từng chi bộ.")
    press(second, "button[name=send]")
    assert second.locator("#f-c1[aria-invalid=true]").count() == 1
    assert second.input_value("[name=f-n1]") == "Đã phổ biến đến từng chi bộ."
    second.fill("[name=f-c1]", "1.030")
    press(second, "button[name=send]")
    press(second, "main form button.primary")
    assert PeriodReport.objects.filter(state="submitted").count() == 2

    office.goto("/bao-cao/duyet")
    press(office, "form.bulk button.primary")
    press(office, "main form button.primary")
    assert PeriodReport.objects.filter(state="approved").count() == 2
    period = PeriodReport.objects.first().period
    office.goto(f"/bao-cao/ky/{period.pk}")
    press(office, "form[action$='/tong-hop'] button")
    assert office.input_value("[name=f-c1]") == "1042"
    gathered = office.input_value("[name=f-n1]")
    assert LOST in gathered and "Đã phổ biến" in gathered and fits(office)
    summary = PeriodReport.objects.get(summary=True)
    office.goto(f"/bao-cao/{summary.pk}/tong/c1")
    assert "1.030" in office.locator("main table").inner_text()
