"""An indicator in a real browser: the holder enters a value and sends it, the unit above approves it, and the sum opens
into its parts; on a wide screen with JavaScript and on a phone without it.
"""

from datetime import date
from decimal import Decimal

import pytest

from tests.browser import fits, press
from trienkhai.common.clock import moment
from trienkhai.common.models import Installation
from trienkhai.demo import organisation
from trienkhai.demo.building import store_people, store_units
from trienkhai.indicators import actions
from trienkhai.indicators.actions import Frame, Gift, Meaning
from trienkhai.indicators.models import Holder, Indicator, State, Value
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
TODAY, Q1 = date(2017, 4, 5), date(2017, 1, 1)


@pytest.fixture
def indicator() -> Indicator:
    """Of one branch of the demo's bloc, given to all below it, on a day after the first quarter."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": TODAY})
    units = store_units(organisation.units())
    store_people(organisation.posts(), units)
    branch = Unit.objects.select_related("present").get(pk=units["MH.01"].pk)
    leader, at = Account.objects.get(username="lanhdao2"), moment(TODAY, 8)
    meaning = Meaning("Số đảng viên mới kết nạp", "đảng viên", usual_high=Decimal(50))
    found = actions.define_indicator(branch, Frame("CT1", "quarter", Q1), meaning, by=leader, at=at)
    actions.give_indicator(found.pk, branch, Gift("children", {Q1: Decimal(4)}), by=leader, at=at)
    return found


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_from_a_typed_number_to_the_sum_that_opens_into_its_parts(indicator, sign_in, javascript: bool, width: int):
    holder = Holder.objects.get(indicator=indicator, unit__present__code="MH.01.001")
    name = f"h{holder.pk}-2017-01-01"
    focal = sign_in("daumoi", javascript=javascript, width=width)
    focal.goto("/viec-cua-toi")
    press(focal, "main a[href^='/chi-tieu/nhap']")
    focal.fill(f"input[name='{name}-number']", "1.234")
    press(focal, "main button[name=send]")
    assert "1,2340" in focal.locator("main").inner_text()
    assert focal.input_value(f"input[name='{name}-number']") == "1.234" and fits(focal)
    focal.fill(f"input[name='{name}-number']", "60")
    press(focal, "main button[name=send]")
    assert "50" in focal.locator(f"#{name}").inner_text()
    focal.fill(f"input[name='{name}-remark']", "Kết nạp đợt 03/02")
    press(focal, "main button[name=send]")
    assert Value.objects.get().state == State.SUBMITTED

    leader = sign_in("lanhdao2", javascript=javascript, width=width)
    leader.goto("/viec-cua-toi")
    press(leader, "main a[href='/chi-tieu/duyet']")
    assert "Kết nạp đợt 03/02" in leader.locator("main").inner_text() and fits(leader)
    leader.check("input[name='so-lieu']")
    press(leader, "main button[value=approve]")
    assert Value.objects.get().state == State.APPROVED

    leader.goto(f"/chi-tieu/{indicator.pk}")
    assert fits(leader)
    press(leader, "main tr.own a.figure")
    assert leader.locator("#shown-number").inner_text() == "60"
    assert "60" in leader.locator("#branches tfoot").inner_text() and fits(leader)
    assert leader.locator("#counted tbody tr").count() == 1
