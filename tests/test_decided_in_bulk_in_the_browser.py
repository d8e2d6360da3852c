"""Deciding on many in a real browser: by filter in the background, watched, stopped and read afterwards; and a deputy,
whose approval bears both names.
"""

from datetime import date
from typing import Any

import pytest

from tests.browser import fits, press
from trienkhai.common import clock
from trienkhai.tasks import actions
from trienkhai.tasks.actions import jobs
from trienkhai.tasks.models import Assignment, BulkJob, State
from trienkhai.tasks.tests.make import Cast, at, make_issue
from trienkhai.tasks.tests.play import delegate

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def reported(today: date) -> Cast:
    """Twelve reports of the two units of north wait for its leader: six of one task in time, six of another."""
    cast = Cast()
    make_issue(cast, [{} for _number in range(6)], selection="unit:K.B.1 + unit:K.B.2")
    for row in Assignment.objects.all():
        actions.acknowledge(row.pk, by=cast.holder_of(row), at=at(4))
        actions.submit_report(row.pk, text="Đã hoàn thành", by=cast.holder_of(row), at=at(5))
    return cast


@pytest.mark.parametrize(("javascript", "width"), [(True, 1440), (False, 390)])
def test_what_a_filter_finds_is_approved_in_the_background_watched_and_read_afterwards(
    desk, reported: Cast, monkeypatch: pytest.MonkeyPatch, javascript: bool, width: int
):
    monkeypatch.setattr(jobs, "IN_BACKGROUND", 5)
    leader = desk(reported.north_leader, javascript=javascript, width=width)
    leader.goto(f"/duyet?don-vi={reported.tree.north1.pk}")
    press(leader, "#all button.primary")
    leader.fill("textarea[name=remark]", "Đạt yêu cầu")
    press(leader, "main form button.primary")
    job = BulkJob.objects.get()
    assert leader.url.endswith(f"/duyet/dot/{job.pk}") and State.DONE not in states()

    work(portion=4)
    if not javascript:
        leader.reload()
    leader.locator("#job", has_text="4/6").wait_for()
    work(portion=4)
    if not javascript:
        leader.reload()
    leader.locator("#job ol.plain li").nth(1).wait_for()

    assert fits(leader) and states()[State.DONE] == 6
    focal = desk(reported.focal[reported.tree.north1.pk], javascript=javascript, width=width)
    focal.goto(f"/nhiem-vu/{Assignment.objects.filter(state=State.DONE).first().pk}")
    assert "Đạt yêu cầu" in focal.locator("main").inner_text() and fits(focal)
    leader.goto("/duyet")
    assert leader.locator("[data-queue] li").count() == 6


def test_a_decision_in_the_background_is_stopped_and_the_rest_waits_on(
    desk, reported: Cast, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(jobs, "IN_BACKGROUND", 5)
    leader = desk(reported.north_leader)
    leader.goto("/duyet")
    press(leader, "#all button.primary")
    press(leader, "main form button.primary")
    work(portion=4)

    leader.locator("#job button").click()
    leader.locator("#job p", has_text="Dừng").first.wait_for()
    work(portion=4)

    leader.goto("/duyet")
    assert leader.locator("[data-queue] li").count() == 8
    assert states() == {State.DONE: 4, State.SUBMITTED: 8}


def test_a_deputy_approves_and_both_names_are_shown(desk, reported: Cast):
    deputy = delegate(reported.north_leader, "approve")
    row = Assignment.objects.filter(held_by=reported.tree.north1).first()
    page = desk(deputy)
    page.goto(f"/nhiem-vu/{row.pk}/duyet")
    press(page, "main form button.primary")

    focal = desk(reported.holder_of(row))
    focal.goto(f"/nhiem-vu/{row.pk}")
    told = focal.locator("ol.history li", has_text=deputy.name).inner_text()
    assert reported.north_leader.name in told


def work(portion: int) -> None:
    """The worker decides one portion."""
    assert actions.run_portion(at=clock.now(), portion=portion)


def states() -> dict[str, int]:
    found: dict[Any, int] = {}
    for state in Assignment.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found
