"""Three people at their browsers: one proposes, one answers, and a stranger who is signed out gives feedback without a
name and reads its answer by the code; on a wide screen with JavaScript and on a phone without it.
"""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from tests.browser import fits, press
from trienkhai.common.models import Installation
from trienkhai.feedback import actions, proof
from trienkhai.feedback.models import Letter, PendingLetter, Proposal
from trienkhai.feedback.tests.make import House, easy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def house(today: date) -> House:
    made = House()
    made.receiving_everywhere()
    easy()
    return made


def send(page, javascript: bool) -> None:
    """Press the button; without JavaScript the sum is solved by hand first, as the page says."""
    if not javascript:
        page.fill("input[name=number]", proof.solve(page.locator("input[name=challenge]").input_value()))
    press(page, "main form button.primary")
    page.wait_for_selector("[data-sum]", state="detached")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_a_proposal_is_answered_and_a_stranger_reads_the_answer_by_the_code(
    house, today, desk, open_browser, javascript: bool, width: int
):
    words = {"javascript": javascript, "width": width}
    proposer, leader = desk(house.focal, **words), desk(house.leader, **words)
    proposer.goto("/y-kien/de-xuat/moi")
    proposer.fill("input[name=title]", "Gộp hai biểu báo cáo")
    proposer.fill("textarea[name=text]", "Hai biểu hỏi cùng một số.")
    assert fits(proposer)
    press(proposer, "main form button.primary")
    made = Proposal.objects.get()
    assert fits(proposer) and "Gộp hai biểu" in proposer.locator("h1").inner_text()
    leader.goto(f"/y-kien/de-xuat/{made.pk}/tra-loi")
    leader.check("input[name=outcome][value=partly]")
    leader.fill("textarea[name=reason]", "Gộp từ quý II.")
    press(leader, "main form button.primary")
    proposer.reload()
    assert "Gộp từ quý II." in proposer.locator(".history").inner_text() and fits(proposer)

    context = open_browser(**words)
    stranger, asked = context.new_page(), list[str]()
    stranger.on("request", lambda request: asked.append(urlsplit(request.url).path))
    stranger.goto("/gop-y")
    assert fits(stranger)
    stranger.goto("/gop-y/gui")
    stranger.select_option("select[name=unit]", str(house.tree.north.pk))
    stranger.fill("textarea[name=text]", "Nhà để xe dột nhiều chỗ.")
    assert fits(stranger)
    send(stranger, javascript)
    code = stranger.locator(".receipt code").inner_text()
    assert fits(stranger) and context.cookies() == [] and PendingLetter.objects.count() == 1

    tomorrow = today + timedelta(days=1)
    Installation.objects.filter(pk=1).update(demo_today=tomorrow)
    actions.release_letters(on=tomorrow)
    receiver = desk(house.officer, **words)
    receiver.goto("/y-kien/khong-ten")
    assert fits(receiver)
    press(receiver, "table a.title")
    press(receiver, "a[href$='/tra-loi']")
    receiver.fill("textarea[name=text]", "Sẽ lợp lại trong tháng.")
    press(receiver, "main form button.primary")
    assert Letter.objects.get().answered_on == tomorrow

    stranger.goto("/gop-y/tra-loi")
    stranger.fill("input[name=code]", code.lower())
    send(stranger, javascript)
    assert "Sẽ lợp lại trong tháng." in stranger.locator("main").inner_text() and fits(stranger)
    assert context.cookies() == []
    assert any(path.endswith("proof-worker.js") for path in asked) is javascript
    assert [path for path in asked if path.split("/")[1] != "gop-y"] == []
