"""Period reports decided by filter in a real browser: in the background, watched, stopped, gone on with, read."""

from datetime import date

import pytest

from tests.browser import fits, press
from trienkhai.common import clock
from trienkhai.reports.models import PeriodReport, ReportState
from trienkhai.reports.tests.make import Cast, make_waiting
from trienkhai.tasks.actions import jobs, run_portion
from trienkhai.tasks.models import BulkJob

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_a_leader_returns_many_stops_goes_on_and_the_units_read_why(
    desk, today: date, monkeypatch: pytest.MonkeyPatch, javascript: bool, width: int
):
    monkeypatch.setattr(jobs, "IN_BACKGROUND", 3)
    cast = Cast()
    make_waiting(cast, 12)
    leader = desk(cast.north_leader, javascript=javascript, width=width)
    leader.goto("/bao-cao/duyet")
    press(leader, "form.bulk button[formaction]")
    leader.fill("textarea[name=reason]", "Thiếu số liệu")
    press(leader, "main form button.primary")
    work()
    leader.goto("/bao-cao/duyet")
    assert leader.locator("main p", has_text="4/12").count() == 1 and fits(leader)
    press(leader, f"main a[href='/duyet/dot/{BulkJob.objects.get().pk}']")

    press(leader, "#job button")
    work()
    leader.goto("/duyet/dot")
    assert leader.locator("main", has_text="4 / 12").count() == 1 and fits(leader)
    press(leader, "main table a.title")
    press(leader, "#job a.button")
    assert leader.locator("main tbody tr").count() == 8
    press(leader, "form.bulk button.primary")
    press(leader, "main form button.primary")
    while run_portion(at=clock.now(), portion=4):
        pass

    assert {state: PeriodReport.objects.filter(state=state).count() for state in ("approved", "returned")} == {
        ReportState.APPROVED: 8,
        ReportState.RETURNED: 4,
    }
    leader.goto("/hop-thu")
    assert leader.locator("main li", has_text="8/8").count() == 1
    returned = PeriodReport.objects.filter(state="returned").first()
    assert returned
    focal = desk(cast.focal[returned.held_by_id], javascript=javascript, width=width)
    focal.goto(f"/bao-cao/{returned.pk}")
    assert "Thiếu số liệu" in focal.locator("main").inner_text() and fits(focal)


def work() -> None:
    """The worker decides one portion, or ends what was stopped."""
    assert run_portion(at=clock.now(), portion=4)
