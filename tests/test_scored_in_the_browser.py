"""The four steps of a score with the people that each needs, then the discipline sheet of the unit above. On a wide
screen and on a phone without scripts.
"""

from datetime import date

import pytest

from tests.browser import fits, press
from trienkhai.common.models import Installation
from trienkhai.meetings.models import ScoreSheet
from trienkhai.meetings.queries.scores import standing
from trienkhai.meetings.tests.make_scores import Scored

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def scored_on() -> None:
    words = {"is_demo": True, "demo_today": date(2017, 2, 20)}
    Installation.objects.update_or_create(pk=1, defaults=words)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_one_person_scores_the_committee_agrees_the_cell_votes_and_the_unit_above_decides(
    desk, scored_on, javascript: bool, width: int
):
    cast = Scored()
    secretary, leader, above = (
        desk(who, javascript=javascript, width=width) for who in (cast.secretary, cast.leader, cast.above)
    )

    secretary.goto(f"/cuoc-hop/{cast.meeting.pk}")
    press(secretary, f"form[action='/cuoc-hop/{cast.meeting.pk}/cham-diem'] button")
    sheet = ScoreSheet.objects.get()
    url = f"/cuoc-hop/phieu-diem/{sheet.pk}"
    press(secretary, "button[name=pass]")
    assert "Nội dung sinh hoạt" in secretary.locator(".strip.error").inner_text() and fits(secretary)
    for field in secretary.locator("input[name^=points_]").all():
        if not field.input_value():
            field.fill("5")
    press(secretary, "button[name=pass]")

    leader.goto(url)
    leader.fill("input[name=points_content]", "18")
    press(leader, "button[name=pass]")
    assert leader.locator("#id_points_content_error").count() == 1 and fits(leader)
    leader.fill("input[name=reason_content]", "Thảo luận kỹ")
    press(leader, "button[name=pass]")

    secretary.goto(url)
    secretary.fill("input[name=votes_for]", "11")
    press(secretary, "button[name=pass]")
    assert secretary.locator("#id_votes_for_error").count() == 1 and fits(secretary)
    secretary.fill("input[name=votes_for]", "9")
    press(secretary, "button[name=pass]")

    above.goto("/sinh-hoat/cham-diem")
    press(above, f"a[href='{url}']")
    assert "Thảo luận kỹ" in above.locator("main").inner_text() and fits(above)
    press(above, "button[name=pass]")
    sheet.refresh_from_db()
    assert sheet.step == "done" and standing(sheet)["content"] == 18

    above.goto(f"/bang-dieu-hanh/{cast.tree.north.pk}/ky-luat?quy=2017-1")
    assert fits(above)
    press(above, f"a[href^='/bang-dieu-hanh/{cast.cell.pk}/ky-luat/bien-ban'][href$='con=1']")
    press(above, f"main a[href='/cuoc-hop/{cast.meeting.pk}']")
    assert fits(above)
