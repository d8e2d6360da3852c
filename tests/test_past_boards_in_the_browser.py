"""The board of a past day in a real browser: a leader of the bloc goes from it down to one assignment and takes the
sheet away; the focal point of a unit sees only its own. On a wide screen with JavaScript and on a phone without it.
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
from trienkhai.tasks.models import Assignment
from trienkhai.tasks.tests.make import make_document

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
TODAY, THEN = date(2017, 8, 10), "2017-06-30"
TITLE = "Rà soát quy chế làm việc"


@pytest.fixture
def bloc() -> Unit:
    """One task to all 63, reported by a unit in July, read in August."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    top = Unit.objects.select_related("present").get(pk=units["MH"].pk)
    officer, leader = (Account.objects.get(username=name) for name in ("chuyenvien", "lanhdao"))
    row = {"title": TITLE, "due_on": date(2017, 6, 15), "work_area": "inspection"}
    document = make_document(top)
    issue = actions.prepare_issue(
        document, top, [row], selection="grassroots", by=officer, at=moment(date(2017, 1, 5), 9)
    )
    actions.issue_tasks(issue.pk, by=leader, at=moment(date(2017, 1, 5), 10))
    focal = Account.objects.get(username="daumoi")
    own = Assignment.objects.get(held_by__present__code="MH.01.001")
    actions.acknowledge(own.pk, by=focal, at=moment(date(2017, 1, 9), 9))
    actions.submit_report(own.pk, text="Đã rà soát", by=focal, at=moment(date(2017, 7, 3), 9))
    return top


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_from_the_past_board_down_to_one_assignment(bloc, sign_in, javascript: bool, width: int):
    leader = sign_in("lanhdao", javascript=javascript, width=width)
    leader.goto(f"/bang-dieu-hanh/{bloc.pk}")
    leader.fill("input[name=ngay]", THEN)
    leader.select_option("select[name=mat]", "inspection")
    leader.select_option("select[name=ky]", "2017-06")
    press(leader, "form.board-filters button")
    assert f"ngay={THEN}" in leader.url and leader.locator(".strip.past").count() == 1 and fits(leader)
    overdue = leader.locator(".four .tone-over a")
    assert overdue.inner_text() == "841"
    address = overdue.get_attribute("href")
    leader.goto(address + "&q=ra soat")
    assert leader.locator(".strip.past").count() == 1 and "841" in leader.locator(".pager").inner_text()
    own = Assignment.objects.get(held_by__present__code="MH.01.001")
    leader.goto(address + f"&don-vi={own.held_by_id}")
    assert leader.locator("main tbody tr").count() == 1 and fits(leader)
    assert "đã tiếp nhận" in leader.locator("main tbody").inner_text()
    press(leader, "main table a.title")
    assert leader.url.endswith(f"/{own.pk}") and "chờ duyệt" in leader.locator("main").inner_text()

    leader.goto(f"/bang-dieu-hanh/{bloc.pk}/bang-in?ngay={THEN}")
    assert "30/06/2017" in leader.locator("main .lead").first.inner_text() and fits(leader)
    with leader.expect_download() as found:
        leader.locator("main a[href*='.xlsx']").click()
    book = load_workbook(BytesIO(found.value.path().read_bytes()))
    assert [cell.value for cell in list(book.worksheets[0].rows)[-1]][1:6] == [841, 0, 0, 0, 841]

    focal = sign_in("daumoi", javascript=javascript, width=width)
    focal.goto(f"/bang-dieu-hanh/{own.held_by_id}?ngay={THEN}")
    assert focal.locator(".four .whole").inner_text() == "1" and fits(focal)
    press(focal, ".four .whole a")
    assert focal.locator("main tbody tr").count() == 1
    focal.goto(f"/nhiem-vu?o=total&ngay={THEN}")
    assert focal.locator("main tbody tr").count() == 1
    assert focal.goto(f"/bang-dieu-hanh/{bloc.pk}?ngay={THEN}").status == 404
