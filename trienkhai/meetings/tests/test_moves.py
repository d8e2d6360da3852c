"""Meetings when their unit ends: unfinished ones go on or are cancelled, closed ones stay and are still sent up."""

import pytest

from trienkhai.audit.actions import SYSTEM
from trienkhai.meetings import moves
from trienkhai.meetings.models import Meeting
from trienkhai.meetings.queries.integrity import altered_minutes
from trienkhai.meetings.tests.make import Cast, at
from trienkhai.orgs.succession import CLOSE, Ending

pytestmark = pytest.mark.django_db


def end(cast: Cast, **choices: str) -> Ending:
    ending = Ending(cast.cell, cast.tree.north1, at(20).date(), choices)
    moves.carrier.carry_ending(ending, SYSTEM, at(20))
    return ending


def test_unfinished_meetings_go_to_the_successor_and_closed_ones_stay():
    cast = Cast()
    closed, planned = cast.held(), cast.plan(25)

    end(cast)

    assert Meeting.objects.get(pk=planned.pk).unit == cast.tree.north1
    assert Meeting.objects.get(pk=closed.pk).unit == cast.cell and list(altered_minutes()) == []


def test_planned_meetings_are_cancelled_when_that_is_chosen_and_open_minutes_are_asked_about():
    cast = Cast()
    planned, held = cast.plan(25), cast.begin()

    ending = end(cast, meetings=CLOSE)

    assert Meeting.objects.get(pk=planned.pk).state == "cancelled"
    questions = moves.carrier.needs_decision(ending)
    assert len(questions) == 1 and held.title in questions[0]
