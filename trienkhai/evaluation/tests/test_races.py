"""Two at the same time: one decides and the other is refused; a sheet sent back is not decided over."""

import pytest

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.evaluation import actions
from trienkhai.evaluation.models import Campaign, CampaignState, Step
from trienkhai.evaluation.queries.integrity import altered_results
from trienkhai.evaluation.tests.make import WHEN, Cast
from trienkhai.orgs.models import Role
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
