"""Evaluations when a unit ends: its open sheets are left out, what it evaluates goes on at the successor."""

import pytest

from trienkhai.audit.actions import SYSTEM
from trienkhai.evaluation import moves
from trienkhai.evaluation.models import Campaign, CampaignState, Sheet, Step
from trienkhai.evaluation.queries.integrity import altered_results
from trienkhai.evaluation.tests.make import WHEN, Cast
from trienkhai.orgs.models import Unit
from trienkhai.orgs.succession import Ending

pytestmark = pytest.mark.django_db


def end(unit: Unit, successor: Unit, **choices: str) -> Ending:
    unit = Unit.objects.select_related("present").get(pk=unit.pk)
    ending = Ending(unit, successor, WHEN.date(), choices)
    moves.carrier.carry_ending(ending, SYSTEM, WHEN)
    return ending


def test_open_sheets_of_a_unit_that_ended_are_left_out_and_what_was_proposed_is_void():
    cast = Cast()
    campaign = cast.proposed(cast.open())

    end(cast.tree.north1, cast.tree.north2)

    campaign.refresh_from_db()
    assert (cast.sheet(campaign).step, campaign.state) == (Step.LEFT_OUT, CampaignState.OPEN)
    assert not Sheet.objects.exclude(proposal={}).exists()


def test_frozen_results_stay_as_they_were_decided():
    cast = Cast()
    campaign = cast.decided(cast.open())

    end(cast.tree.north1, cast.tree.north2)
    end(cast.tree.north, cast.tree.south)

    assert cast.sheet(campaign).step == Step.DECIDED and list(altered_results()) == []
    assert Campaign.objects.get().unit == cast.tree.north


def test_an_evaluation_under_way_goes_on_at_the_successor_unless_it_evaluates_the_same_period():
    cast = Cast()
    campaign = cast.open()
    ending = end(cast.tree.north, cast.tree.south)
    campaign.refresh_from_db()
    assert campaign.unit == cast.tree.south and moves.carrier.needs_decision(ending) == []

    Campaign.objects.filter(pk=campaign.pk).update(unit=cast.tree.north)
    other = Campaign.objects.get(pk=campaign.pk)
    other.pk, other.unit = None, cast.tree.south
    other.save()

    unit = Unit.objects.select_related("present").get(pk=cast.tree.north.pk)
    assert len(moves.carrier.needs_decision(Ending(unit, cast.tree.south, WHEN.date(), {}))) == 1
