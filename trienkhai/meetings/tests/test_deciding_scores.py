"""Who decides the score of meetings: never who scored below, by a delegate either; else the next unit above."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.meetings import actions
from trienkhai.meetings.rules_scoring import next_scores, visible_scores, waiting_scores
from trienkhai.meetings.tests.make import at
from trienkhai.meetings.tests.make_scores import Scored
from trienkhai.orgs.models import Holding, Role, Unit
from trienkhai.orgs.tests.make import make_account, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks.tests.make import said

pytestmark = pytest.mark.django_db
ON = date(2017, 1, 20)


def test_whoever_scored_below_does_not_decide_above_while_there_is_another():
    cast = Scored()
    make_holder(cast.tree.north, Role.LEADER, account=cast.secretary)
    sheet = cast.bring("upper")

    with pytest.raises(Refused, match=str(cast.tree.north)):
        actions.pass_score(sheet.pk, by=cast.secretary, at=at(10))

    assert actions.pass_score(sheet.pk, by=cast.above, at=at(10)).step == "done"


def test_where_nobody_else_stands_above_the_last_step_goes_to_the_next_unit_above():
    cast = Scored()
    make_holder(cast.tree.north, Role.LEADER, account=cast.secretary)
    top = make_holder(cast.tree.bloc, Role.SECRETARY)
    sheet = cast.bring("upper")
    assert not waiting_scores(top, ON).exists() and not visible_scores(top, ON).exists()
    with pytest.raises(Refused, match=str(cast.tree.north)):
        actions.pass_score(sheet.pk, by=top, at=at(10))
    cast.above.is_active = False
    cast.above.save()

    with pytest.raises(Refused, match=str(cast.tree.bloc)):
        actions.pass_score(sheet.pk, by=cast.secretary, at=at(10))
    assert list(next_scores(top, ON)) == [sheet] == list(visible_scores(top, ON))
    assert not next_scores(cast.secretary, ON).exists()
    assert actions.pass_score(sheet.pk, by=top, at=at(10)).step == "done"
    assert list(visible_scores(top, ON)) == [sheet]


def test_sheets_that_came_up_cost_as_many_queries_for_three_as_for_one():
    cast = Scored()
    make_holder(cast.tree.north, Role.LEADER, account=cast.secretary)
    top = make_holder(cast.tree.bloc, Role.SECRETARY)
    cast.above.is_active = False
    cast.above.save()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(next_scores(top, ON))
        return len(queries)

    cast.bring("upper")
    asked()  # the person's reach is read once
    one = asked()
    for _ in range(2):
        cast.meeting = cast.held()
        cast.bring("upper")

    assert next_scores(top, ON).count() == 3 and asked() == one


def test_the_topmost_unit_has_nobody_who_decides():
    cast = Scored()
    cast.cell, cast.secretary = cast.tree.bloc, make_holder(cast.tree.bloc, Role.SECRETARY)
    cast.leader = make_holder(cast.tree.bloc, Role.LEADER)
    cast.meeting = cast.held()
    sheet = cast.bring("upper")

    assert not next_scores(cast.secretary, ON).exists()
    with pytest.raises(Refused, match=said("No unit stands above this one.")):
        actions.pass_score(sheet.pk, by=cast.leader, at=at(10))


def stand_in(account: Account, unit: Unit) -> Account:
    """A delegate of the account at the unit."""
    held = Holding.objects.get(account=account, post__unit=unit)
    words = {"manner": "delegated", "principal": held, "valid_from": date(2017, 1, 1)}
    return Holding.objects.create(post=held.post, account=make_account(), **words).account


def test_a_delegate_does_not_decide_in_the_name_of_whoever_scored_below():
    cast = Scored()
    make_holder(cast.tree.north, Role.LEADER, account=cast.secretary)
    deputy, other = (stand_in(account, cast.tree.north) for account in (cast.secretary, cast.above))
    sheet = cast.bring("upper")

    with pytest.raises(Refused, match=str(cast.tree.north)):
        actions.pass_score(sheet.pk, by=deputy, at=at(10))

    assert not next_scores(deputy, ON).exists() and list(next_scores(other, ON)) == [sheet]
    assert actions.pass_score(sheet.pk, by=other, at=at(10)).step == "done"


def test_whoever_let_a_delegate_score_below_neither_agrees_nor_decides():
    cast = Scored()
    secretary = cast.secretary
    make_holder(cast.tree.north, Role.LEADER, account=secretary)
    cast.secretary = stand_in(secretary, cast.cell)
    sheet = cast.bring("committee")

    for person in (secretary, cast.secretary):
        with pytest.raises(Refused):
            actions.pass_score(sheet.pk, by=person, at=at(8))
    assert not next_scores(secretary, ON).exists() and list(next_scores(cast.leader, ON)) == [sheet]
    sheet = actions.pass_score(sheet.pk, by=cast.leader, at=at(8))
    sheet = actions.pass_score(sheet.pk, tally=cast.tally(), by=cast.leader, at=at(9))
    with pytest.raises(Refused, match=str(cast.tree.north)):
        actions.pass_score(sheet.pk, by=secretary, at=at(10))
    assert not next_scores(secretary, ON).exists() and list(next_scores(cast.above, ON)) == [sheet]


def test_a_sheet_that_nobody_above_may_decide_says_so_and_is_listed_with_steps_without_an_owner(client):
    cast = Scored()
    make_holder(cast.tree.north, Role.LEADER, account=cast.secretary)
    cast.above.is_active = False
    cast.above.save()
    sheet = cast.bring("upper")
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": ON})
    admin = make_holder(cast.tree.bloc, Role.ADMIN)
    client.force_login(admin)
    waits = said(
        "Above, nobody but those who scored this sheet below is secretary or leader: it waits until somebody else is."
    )

    with pytest.raises(Refused, match=waits):
        actions.pass_score(sheet.pk, by=cast.secretary, at=at(10))
    assert [(step.unit, step.waiting, step.goes_to) for step in listed(client)] == [(cast.tree.north, 1, None)]

    top = make_holder(cast.tree.bloc, Role.SECRETARY)
    assert [(step.waiting, step.goes_to) for step in listed(client)] == [(1, cast.tree.bloc)]
    actions.pass_score(sheet.pk, by=top, at=at(10))
    assert listed(client) == []


def listed(client: Any) -> list[Any]:
    parts = client.get(reverse("tasks:steps")).context["parts"]
    return [step for part in parts if part["template"] == "meetings/steps.html" for step in part["steps"]]


def test_the_page_calls_waiting_only_what_the_person_takes_on(client):
    cast = Scored()
    sheet = cast.bring("committee")
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": ON})
    shown = {}
    for person in (cast.secretary, cast.leader):
        client.force_login(person)
        shown[person] = client.get(reverse("meetings:scores")).context["waiting"]

    assert shown == {cast.secretary: [], cast.leader: [sheet]}


def test_a_vote_left_out_keeps_the_points_and_their_sum_on_the_page(client):
    cast = Scored()
    sheet = cast.bring("vote")
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": ON})
    client.force_login(cast.secretary)
    address = reverse("meetings:score", args=[sheet.pk])
    total = client.get(address).context["total"]

    answer = client.post(address, {"points_content": 15, "reason_content": "Thảo luận ít", "pass": "1"})

    assert answer.status_code == 422 and answer.context["total"] == total - 5
