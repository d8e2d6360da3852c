"""Meetings when their unit ends: unfinished ones go on or are cancelled, closed ones stay and are still sent up."""

import pytest

from trienkhai.audit.actions import SYSTEM
from trienkhai.common.models import Installation
from trienkhai.meetings import actions, moves
from trienkhai.meetings.entries import to_do
from trienkhai.meetings.models import Meeting, ScoreSheet
from trienkhai.meetings.queries.integrity import altered_minutes
from trienkhai.meetings.rules_scoring import visible_scores, waiting_scores
from trienkhai.meetings.tests.make import Cast, at
from trienkhai.meetings.tests.make_scores import Scored
from trienkhai.orgs.models import Role, Succession
from trienkhai.orgs.succession import CLOSE, Ending
from trienkhai.orgs.tests.make import make_holder

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


def test_a_sheet_not_decided_goes_to_the_successor_and_is_scored_on_there():
    cast = Scored()
    sheet = cast.bring("upper")

    ending = Ending(cast.cell, cast.tree.north1, at(20).date(), {})
    moves.carrier.carry_ending(ending, SYSTEM, at(20))

    sheet.refresh_from_db()
    assert sheet.unit == cast.tree.north1 and list(waiting_scores(cast.above, at(20).date())) == [sheet]
    assert actions.start_score(cast.meeting.pk, by=cast.secretary, at=at(20)) == sheet


def test_a_sheet_of_an_ended_unit_that_could_not_go_waits_for_those_who_took_over():
    cast = Scored()
    sheet = cast.bring("vote")
    heir = make_holder(cast.tree.north1, Role.SECRETARY)
    Succession.objects.create(unit=cast.cell, successor=cast.tree.north1, on=at(15).date())
    type(cast.cell).objects.filter(pk=cast.cell.pk).update(closed_on=at(15).date())

    assert list(waiting_scores(heir, at(20).date())) == [sheet]
    ScoreSheet.objects.update(step="upper")
    assert list(waiting_scores(cast.above, at(20).date())) == [sheet] == list(visible_scores(cast.above, at(20).date()))


def test_closed_minutes_of_an_ended_unit_wait_for_those_who_took_over_until_they_are_sent(client):
    cast = Cast()
    closed = cast.held()
    heir = make_holder(cast.tree.north1, Role.SECRETARY)
    Succession.objects.create(unit=cast.cell, successor=cast.tree.north1, on=at(15).date())
    type(cast.cell).objects.filter(pk=cast.cell.pk).update(closed_on=at(15).date())
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": at(20).date()})

    assert to_do(heir) == [closed] and to_do(make_holder(cast.tree.south1, Role.SECRETARY)) == []
    client.force_login(heir)
    assert f"/cuoc-hop/{closed.pk}" in client.get("/viec-cua-toi").content.decode()
    actions.send_minutes_up(closed.pk, by=heir, at=at(20))
    assert to_do(heir) == []


def test_planned_meetings_are_cancelled_when_that_is_chosen_and_open_minutes_are_asked_about():
    cast = Cast()
    planned, held = cast.plan(25), cast.begin()

    ending = end(cast, meetings=CLOSE)

    assert Meeting.objects.get(pk=planned.pk).state == "cancelled"
    questions = moves.carrier.needs_decision(ending)
    assert len(questions) == 1 and f"{held.get_kind_display()}, " in questions[0] and held.title not in questions[0]


def test_whoever_divides_meetings_by_list_reads_their_kind_and_day_and_no_title():
    cast = Cast()
    row = cast.plan(25)

    ((pk, words),) = moves.MEETINGS.objects(Ending(cast.cell, cast.tree.north1, at(20).date()), reads=True)

    assert pk == row.pk and words.endswith(f"{row.get_kind_display()}, 25/01/2017") and row.title not in words
