"""A sheet issued in a real browser: the leader issues it, an entry comes later, the inspector finds the sheet as it was
and opens the difference down to its rows. On a wide screen with JavaScript and on a phone without it.
"""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.browser import fits, press
from trienkhai.common.clock import moment
from trienkhai.common.models import Installation
from trienkhai.demo import organisation
from trienkhai.demo.building import store_people, store_units
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Sheet
from trienkhai.tasks.tests.make import make_document

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
TODAY, THEN = date(2017, 8, 10), "2017-06-30"


@pytest.fixture
def bloc() -> Unit:
    """One task to all 841, overdue at the end of June."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    top = Unit.objects.select_related("present").get(pk=units["MH"].pk)
    officer, leader = (Account.objects.get(username=name) for name in ("chuyenvien", "lanhdao"))
    rows = [{"title": "Rà soát quy chế làm việc", "due_on": date(2017, 6, 15)}]
    when = moment(date(2017, 1, 5), 9)
    issue = actions.prepare_issue(make_document(top), top, rows, selection="grassroots", by=officer, at=when)
    actions.issue_tasks(issue.pk, by=leader, at=moment(date(2017, 1, 5), 10))
    return top


def enter_late() -> None:
    """A unit's report of June, brought in after the sheet was issued."""
    own, focal = Assignment.objects.get(held_by__present__code="MH.01.001"), Account.objects.get(username="daumoi")
    actions.acknowledge(own.pk, by=focal, at=moment(date(2017, 6, 9), 9))
    actions.submit_report(own.pk, text="Đã rà soát", by=focal, at=moment(date(2017, 6, 14), 9))


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_from_issuing_to_the_difference_that_another_reads(bloc, sign_in, javascript: bool, width: int):
    leader = sign_in("lanhdao", javascript=javascript, width=width)
    leader.goto(f"/bang-dieu-hanh/{bloc.pk}/bang-in?ngay={THEN}")
    press(leader, "main .actions a.primary")
    assert "30/06/2017" in leader.locator("main .lead").inner_text() and fits(leader)
    press(leader, "main form button.primary")
    sheet = Sheet.objects.get()
    assert leader.url.endswith(f"/da-chot/{sheet.pk}") and fits(leader)
    assert sheet.digest in leader.locator("main").inner_text()
    if not javascript:
        press(leader, "#difference a")
    assert "Không thay đổi từ khi chốt" in leader.locator("#difference").inner_text()

    enter_late()
    inspector = sign_in("kiemtra", javascript=javascript, width=width)
    inspector.goto(f"/bang-dieu-hanh/{bloc.pk}?ngay={THEN}")
    press(inspector, ".issued-line a")
    assert inspector.url.endswith(f"/da-chot/{sheet.pk}")
    if not javascript:
        press(inspector, "#difference a")
    assert inspector.locator(".four .tone-over dd").inner_text().startswith("841")
    row = inspector.locator("#difference tbody tr", has_text="Quá hạn").first
    assert "840" in row.inner_text() and "-1" in row.inner_text() and fits(inspector)
    address = inspector.locator("#difference tbody tr", has_text="Trong hạn").first.locator("a").get_attribute("href")
    with inspector.expect_download() as found:
        inspector.locator("main a[href$='.xlsx']").click()
    book = load_workbook(BytesIO(found.value.path().read_bytes()))
    assert [cell.value for cell in list(book.worksheets[0].rows)[-1]][1:6] == [841, 0, 0, 0, 841]
    inspector.goto(address)
    assert inspector.locator("main tbody tr").count() == 1 and fits(inspector)

    inspector.goto(f"/bang-dieu-hanh/{bloc.pk}/bang-in?ngay={THEN}")
    assert inspector.locator("main .actions a.primary").count() == 0
    assert inspector.goto(f"/bang-dieu-hanh/{bloc.pk}/chot?ngay={THEN}").status == 409
    focal = sign_in("daumoi", javascript=javascript, width=width)
    assert focal.goto(f"/bang-dieu-hanh/da-chot/{sheet.pk}").status == 404
