"""Two at the same time: one decides and the other is refused; a sheet sent back is not decided over."""

import threading

import pytest
from django.db import connection, transaction

from trienkhai.audit.actions import SYSTEM
from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.evaluation import actions, moves
from trienkhai.evaluation.models import Campaign, CampaignState, Step
from trienkhai.evaluation.queries.integrity import altered_results
from trienkhai.evaluation.tests.make import WHEN, Cast
from trienkhai.orgs.models import Role, Unit
from trienkhai.orgs.succession import Ending
from trienkhai.orgs.tests.make import make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.test_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_leaders_who_decide_at_once_exactly_one_does():
    cast = Cast()
    campaign = cast.proposed(cast.open())
    second = make_holder(cast.tree.north, Role.LEADER)

    def decide(account: Account) -> Campaign:
        return actions.decide(campaign.pk, {}, {}, by=fresh(account), at=WHEN)

    results = at_once(lambda: decide(cast.north_leader), lambda: decide(second))

    assert sum(isinstance(one, Refused) for one in results) == 1
    assert Act.objects.filter(verb="evaluation.decided").count() == 1


@pytest.mark.parametrize("verb", ["pass_on", "decide"])
def test_a_unit_that_ends_waits_for_whoever_is_writing_in_its_evaluations(verb: str):
    """The other one holds the lock, and has read the sheet, when the ending begins."""
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time there")
    cast = Cast()
    campaign = cast.open(units=[cast.tree.north1])
    sheet = cast.advance(cast.sheet(campaign), Step.UPPER)
    cast.fill(sheet)
    if verb == "decide":
        cast.proposed(campaign)
    held, ended = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            Campaign.objects.select_for_update().get(pk=campaign.pk)
            held.set()
            ended.wait(1)
            if verb == "pass_on":
                actions.pass_on(sheet.pk, by=fresh(cast.appraiser), at=WHEN)
            else:
                actions.decide(campaign.pk, {}, {}, by=fresh(cast.north_leader), at=WHEN)

    def finish() -> None:
        held.wait(10)
        unit = Unit.objects.select_related("present").get(pk=cast.tree.north1.pk)
        with transaction.atomic():
            moves.carrier.carry_ending(Ending(unit, cast.tree.north2, WHEN.date(), {}), SYSTEM, WHEN)
        ended.set()

    assert at_once(write, finish) == [None, None]

    sheet.refresh_from_db()
    assert sheet.step == (Step.DECIDED if verb == "decide" else Step.LEFT_OUT) and list(altered_results()) == []


def test_a_sheet_is_either_sent_back_or_decided():
    cast = Cast()
    campaign = cast.proposed(cast.open())
    sheet = cast.sheet(campaign)

    results = at_once(
        lambda: actions.send_back(sheet.pk, reason="Thiếu", by=fresh(cast.appraiser), at=WHEN),
        lambda: actions.decide(campaign.pk, {}, {}, by=fresh(cast.north_leader), at=WHEN),
    )

    assert sum(isinstance(one, Refused) for one in results) == 1
    campaign.refresh_from_db()
    sheet.refresh_from_db()
    frozen = campaign.state == CampaignState.DECIDED
    assert sheet.step == (Step.DECIDED if frozen else Step.SELF) and list(altered_results()) == []
