"""An evaluation in a real browser: opened above, the unit evaluates itself, tells the opinion of its collective and the
vote, the unit above appraises, has the levels proposed and decides; where its only leader leads an evaluated unit too,
the leader of the next unit above decides. On a wide screen and, without scripts, a phone.
"""

from datetime import date
from typing import Any

import pytest

from tests.browser import fits, press
from trienkhai.common.models import Installation
from trienkhai.evaluation.models import Campaign, CampaignState, Sheet, Step
from trienkhai.evaluation.tests.make import Cast
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SCREENS = pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
PASS = "button[name=pass]"


@pytest.fixture
def cast(today: date) -> Cast:
    Installation.objects.update(demo_today=date(2017, 7, 5))
    return Cast()


def fill(page: Any, politics: str) -> None:
    for name, points in {"politics": politics, "unity": "13", "indicators": "15", "meetings": "10"}.items():
        page.fill(f"input[name=c_{name}]", points)


def open_quarter(leader: Any, cast: Cast) -> Sheet:
    """Of all units below; the sheet of the one that goes on."""
    leader.goto(f"/danh-gia/don-vi/{cast.evaluator.pk}/mo")
    leader.select_option("select[name=code]", "2017-Q2")
    assert fits(leader)
    press(leader, "main form button.primary")
    sheet = Sheet.objects.get(unit=cast.tree.north1)
    Sheet.objects.exclude(pk=sheet.pk).delete()
    return sheet


def evaluate_oneself(secretary: Any, sheet: Sheet) -> None:
    """From the queue; what is left out is named and what was typed stays. Then the opinion of the collective."""
    secretary.goto("/viec-cua-toi")
    press(secretary, f"section.waiting a.button[href='/danh-gia/phieu/{sheet.pk}']")
    secretary.fill("input[name=c_politics]", "12,5")
    press(secretary, PASS)
    assert "Đoàn kết, dân chủ" in secretary.locator(".strip.error").inner_text() and fits(secretary)
    assert secretary.input_value("input[name=c_politics]") == "12,5"
    fill(secretary, "12,5")
    press(secretary, PASS)
    press(secretary, PASS)


def tell_the_vote(secretary: Any, sheet: Sheet) -> None:
    """Not more votes than people present."""
    press(secretary, f"a[href='/danh-gia/phieu/{sheet.pk}/bo-phieu']")
    secretary.fill("input[name=present]", "5")
    secretary.fill("input[name=v_good]", "6")
    press(secretary, "main form button.primary")
    assert "6" in secretary.locator("p.error").first.inner_text() and fits(secretary)
    secretary.fill("input[name=v_good]", "5")
    press(secretary, "main form button.primary")
    press(secretary, f"form[action='/danh-gia/phieu/{sheet.pk}/chuyen'] button")


def appraise_and_propose(officer: Any, sheet: Sheet) -> None:
    """The sheet is opened by a button; from the list the number of appraised sheets leads to them."""
    officer.goto(f"/danh-gia/phieu/{sheet.pk}")
    assert officer.locator("input[name=c_politics]").count() == 0
    press(officer, "main form button.primary")
    fill(officer, "11")
    press(officer, PASS)
    officer.goto("/danh-gia")
    assert fits(officer)
    press(officer, f"a[href='/danh-gia/{sheet.campaign_id}?phieu=da-tham-dinh#sheets']")
    assert officer.locator("#sheets tbody tr").count() == 1 and fits(officer)
    press(officer, f"form[action='/danh-gia/{sheet.campaign_id}/de-xuat'] button")


def decide(leader: Any, campaign: Campaign, level: str) -> None:
    leader.goto(f"/danh-gia/{campaign.pk}")
    press(leader, "main form button.primary")
    assert level in leader.locator("main").inner_text() and fits(leader)
    press(leader, ".form-foot button.primary")
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.DECIDED


@SCREENS
def test_the_unit_evaluates_itself_the_collective_votes_and_the_unit_above_decides(
    desk: Any, cast: Cast, javascript: bool, width: int
):
    cast.work(done=2)
    secretary, officer, leader = (
        desk(who, javascript=javascript, width=width) for who in (cast.secretary, cast.appraiser, cast.north_leader)
    )

    sheet = open_quarter(leader, cast)
    evaluate_oneself(secretary, sheet)
    tell_the_vote(secretary, sheet)
    appraise_and_propose(officer, sheet)
    decide(leader, sheet.campaign, "Hoàn thành tốt nhiệm vụ")

    sheet.refresh_from_db()
    assert (sheet.step, sheet.level) == (Step.DECIDED, "good")
    secretary.goto(f"/danh-gia/phieu/{sheet.pk}")
    assert "Hoàn thành tốt nhiệm vụ" in secretary.locator("main").inner_text() and fits(secretary)


@SCREENS
def test_what_the_only_leader_may_not_decide_is_decided_one_level_higher(
    desk: Any, cast: Cast, javascript: bool, width: int
):
    make_holder(cast.tree.north1, Role.LEADER, account=cast.north_leader)
    cast.work(done=2)
    campaign = cast.proposed(cast.open(units=[cast.tree.north1]))
    own, above = (desk(who, javascript=javascript, width=width) for who in (cast.north_leader, cast.leader))

    own.goto("/viec-cua-toi")
    assert own.locator(f"section.waiting a[href='/danh-gia/{campaign.pk}']").count() == 0
    own.goto(f"/danh-gia/{campaign.pk}")
    press(own, "main form.panel-box button.primary")
    assert own.locator(".form-foot button").count() == 0 and fits(own)
    above.goto("/viec-cua-toi")
    press(above, f"section.waiting a.button[href='/danh-gia/{campaign.pk}']")
    decide(above, campaign, "Hoàn thành tốt nhiệm vụ")

    assert campaign.decided_by == cast.leader
    own.goto(f"/danh-gia/{campaign.pk}")
    assert cast.leader.name in own.inner_text("main") and fits(own)
