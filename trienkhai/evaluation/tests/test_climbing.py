"""Where everybody at the evaluating unit is concerned, the next unit above appraises, decides and answers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.evaluation import actions, rules
from trienkhai.evaluation.climbing import climbed_to
from trienkhai.evaluation.entries import to_do
from trienkhai.evaluation.models import CampaignState, Step
from trienkhai.evaluation.tests.make import WHEN, Cast
from trienkhai.evaluation.tests.test_sides import acts, delegate
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import make_holder, make_unit
from trienkhai.people.models import Account

pytestmark = pytest.mark.django_db
DAY = WHEN.date()


@pytest.fixture
def cast() -> Cast:
    """The only leader of north is the deputy of north2 too; the officer of north appraises."""
    cast = Cast()
    make_holder(cast.tree.north2, Role.LEADER, account=cast.north_leader)
    return cast


def test_what_the_only_leader_may_not_decide_goes_to_the_next_unit_above(cast: Cast):
    campaign = cast.open(units=[cast.tree.north2])
    assert acts(cast.leader) == [] and campaign not in rules.visible_campaigns(cast.leader, DAY)
    cast.proposed(campaign)

    with pytest.raises(Refused):
        actions.decide(campaign.pk, {}, {}, by=cast.north_leader, at=WHEN)
    assert acts(cast.north_leader) == [] and len(acts(cast.leader)) == 1
    assert rules.visible_sheets(cast.leader, DAY).count() == 1
    assert acts(cast.south_leader) == [] and not rules.visible_sheets(cast.south_leader, DAY).exists()

    decided = actions.decide(campaign.pk, {}, {}, by=cast.leader, at=WHEN)
    assert decided.state == CampaignState.DECIDED and acts(cast.leader) == []


def test_whoever_decides_from_above_opens_the_result_and_its_reasons(cast: Cast, client):
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": DAY})
    campaign = cast.proposed(cast.open(units=[cast.tree.north2]))
    sheet = campaign.sheets.get()
    client.force_login(cast.leader)
    address = reverse("evaluation:campaign", args=[campaign.pk])

    assert f"level_{sheet.pk}" in client.post(address).content.decode()
    assert "reasons" in client.post(reverse("evaluation:sheet", args=[sheet.pk])).content.decode()
    client.post(reverse("evaluation:decide", args=[campaign.pk]), {f"level_{sheet.pk}": sheet.proposal["level"]})

    campaign.refresh_from_db()
    assert (campaign.state, campaign.decided_by) == (CampaignState.DECIDED, cast.leader)


def test_another_leader_of_the_unit_keeps_the_decision_there(cast: Cast):
    second = make_holder(cast.tree.north, Role.LEADER)
    campaign = cast.proposed(cast.open(units=[cast.tree.north2]))

    with pytest.raises(Refused):
        actions.decide(campaign.pk, {}, {}, by=cast.leader, at=WHEN)
    assert acts(cast.leader) == [] and len(acts(second)) == 1
    assert not rules.visible_sheets(cast.leader, DAY).exists()


def test_a_delegate_of_the_only_leader_decides_no_more_than_the_leader(cast: Cast):
    deputy = delegate(cast.north_leader, cast.tree.north, Role.LEADER)
    campaign = cast.proposed(cast.open(units=[cast.tree.north2]))

    with pytest.raises(Refused):
        actions.decide(campaign.pk, {}, {}, by=deputy, at=WHEN)

    assert acts(deputy) == [] and len(acts(cast.leader)) == 1


def test_a_sheet_that_nobody_of_the_unit_may_appraise_is_appraised_above(cast: Cast):
    Holding.objects.filter(account=cast.appraiser).update(valid_to=DAY)
    campaign = cast.open(units=[cast.tree.north2])
    sheet = cast.advance(campaign.sheets.get(), Step.UPPER)

    assert acts(cast.north_leader) == []
    assert {row.url for row in to_do(Account.objects.get(pk=cast.leader.pk), DAY)} == {
        reverse("evaluation:sheet", args=[sheet.pk])
    }
    told = Notice.objects.filter(kind="evaluation_came").values_list("post__unit", flat=True)
    assert set(told) == {cast.tree.bloc.pk}
    cast.fill(sheet, by=cast.leader)
    actions.pass_on(sheet.pk, by=cast.leader, at=WHEN)


def test_an_appeal_that_no_leader_of_the_unit_may_answer_is_answered_above(cast: Cast):
    campaign = cast.proposed(cast.open(units=[cast.tree.north2]))
    actions.decide(campaign.pk, {}, {}, by=cast.leader, at=WHEN)
    sheet = campaign.sheets.get()
    actions.appeal(sheet.pk, text="Chưa đúng", by=cast.cell_secretary, at=WHEN)

    assert acts(cast.north_leader) == [] and len(acts(cast.leader)) == 1
    with pytest.raises(Refused):
        actions.answer_appeal(sheet.pk, answer="Giữ", by=cast.north_leader, at=WHEN)
    actions.answer_appeal(sheet.pk, answer="Giữ", by=cast.leader, at=WHEN)
    assert acts(cast.leader) == []


def test_what_came_up_is_looked_for_in_a_fixed_number_of_queries(cast: Cast):
    campaign = cast.proposed(cast.open(units=[cast.tree.north2]))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert climbed_to(Account.objects.get(pk=cast.leader.pk), DAY).campaigns
        return len(queries)

    one = asked()
    for _n in range(3):
        north = make_unit(cast.tree.bloc, kind="upper_committee")
        below = make_unit(north)
        head = make_holder(north, Role.LEADER)
        make_holder(below, Role.LEADER, account=head)
        other = actions.open_campaign(north, "2017-Q2", [below], by=head, at=WHEN)
        other.sheets.update(step=Step.READY, proposal=campaign.sheets.get().proposal)
        type(other).objects.filter(pk=other.pk).update(state=CampaignState.PROPOSED)

    assert asked() == one
    assert len(climbed_to(Account.objects.get(pk=cast.leader.pk), DAY).campaigns) == 4


def test_who_leads_nothing_above_an_evaluation_is_asked_once(cast: Cast, django_assert_num_queries):
    cast.proposed(cast.open(units=[cast.tree.north2]))
    account = Account.objects.get(pk=cast.south_leader.pk)
    climbed_to(account, DAY)

    with django_assert_num_queries(1):
        assert climbed_to(account, date(2017, 7, 5)).campaigns == frozenset()
