"""An evaluation in a real browser: opened above, the unit evaluates itself, tells the opinion of its collective and the
vote, the unit above appraises, has the levels proposed and decides. On a wide screen and, without scripts, a phone.
"""

from datetime import date

import pytest

from tests.browser import fits, press
from trienkhai.common.models import Installation
from trienkhai.evaluation.models import Campaign, CampaignState, Sheet, Step
from trienkhai.evaluation.tests.make import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def fill(page, politics: str) -> None:
    for name, points in {"politics": politics, "unity": "13", "indicators": "15", "meetings": "10"}.items():
        page.fill(f"input[name=c_{name}]", points)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_the_unit_evaluates_itself_the_collective_votes_and_the_unit_above_decides(
    desk, today: date, javascript: bool, width: int
):
    Installation.objects.update(demo_today=date(2017, 7, 5))
    cast = Cast()
    cast.work(done=2)
    secretary, officer, leader = (
        desk(who, javascript=javascript, width=width) for who in (cast.secretary, cast.appraiser, cast.north_leader)
    )

    leader.goto(f"/danh-gia/don-vi/{cast.evaluator.pk}/mo")
    leader.select_option("select[name=code]", "2017-Q2")
    assert fits(leader)
    press(leader, "main form button.primary")
    campaign, sheet = Campaign.objects.get(), Sheet.objects.get(unit=cast.tree.north1)
    Sheet.objects.exclude(pk=sheet.pk).delete()

    secretary.goto("/viec-cua-toi")
    press(secretary, f"section.waiting a.button[href='/danh-gia/phieu/{sheet.pk}']")
    secretary.fill("input[name=c_politics]", "12,5")
    press(secretary, "button[name=pass]")
    assert "Đoàn kết, dân chủ" in secretary.locator(".strip.error").inner_text() and fits(secretary)
    fill(secretary, "12,5")
    press(secretary, "button[name=pass]")
    press(secretary, "button[name=pass]")
    press(secretary, f"a[href='/danh-gia/phieu/{sheet.pk}/bo-phieu']")
    secretary.fill("input[name=present]", "5")
    secretary.fill("input[name=v_good]", "6")
    press(secretary, "main form button.primary")
    assert "6" in secretary.locator("p.error").first.inner_text() and fits(secretary)
    secretary.fill("input[name=v_good]", "5")
    press(secretary, "main form button.primary")
    press(secretary, f"form[action='/danh-gia/phieu/{sheet.pk}/chuyen'] button")

    officer.goto(f"/danh-gia/phieu/{sheet.pk}")
    assert officer.locator("input[name=c_politics]").count() == 0
    press(officer, "main form button.primary")
    fill(officer, "11")
    press(officer, "button[name=pass]")
    officer.goto(f"/danh-gia/{campaign.pk}")
    press(officer, f"form[action='/danh-gia/{campaign.pk}/de-xuat'] button")

    leader.goto(f"/danh-gia/{campaign.pk}")
    press(leader, "main form button.primary")
    assert "Hoàn thành tốt nhiệm vụ" in leader.locator("main").inner_text() and fits(leader)
    press(leader, ".form-foot button.primary")
    campaign.refresh_from_db()
    sheet.refresh_from_db()
    assert (campaign.state, sheet.step, sheet.level) == (CampaignState.DECIDED, Step.DECIDED, "good")
    secretary.goto(f"/danh-gia/phieu/{sheet.pk}")
    assert "Hoàn thành tốt nhiệm vụ" in secretary.locator("main").inner_text() and fits(secretary)
