"""The pages of the score: who is shown what, what a wrong figure answers, how many queries a list costs."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.common.models import Installation
from trienkhai.meetings import actions
from trienkhai.meetings.models import ScoreSheet
from trienkhai.meetings.tests.make import Cast, at
from trienkhai.meetings.tests.make_scores import Scored
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks.tests.make import make_issue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> None:
    words = {"is_demo": True, "demo_today": date(2017, 1, 20)}
    Installation.objects.update_or_create(pk=1, defaults=words)


def body(client: Any, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"meetings:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_secretary_scores_from_the_page_of_the_meeting_and_a_missing_criterion_is_named(client):
    cast = Scored()
    client.force_login(cast.secretary)
    assert reverse("meetings:score_start", args=[cast.meeting.pk]) in body(client, "meeting", cast.meeting.pk)

    client.post(reverse("meetings:score_start", args=[cast.meeting.pk]))
    sheet = ScoreSheet.objects.get()
    url = reverse("meetings:score", args=[sheet.pk])
    refused = client.post(url, {"points_order": "4", "points_time": "3", "pass": "1"})
    wrong = client.post(url, {"points_order": "9", "points_time": "2"})

    assert refused.status_code == 422 and "Điều hành của chủ trì" in refused.content.decode()
    assert wrong.status_code == 422 and sheet.marks.get(code="order").points == 4
    assert "120/150" in body(client, "score", sheet.pk) and "Minh họa" in body(client, "score", sheet.pk)
    rows = body(client, "score_rows", sheet.pk, "time")
    assert reverse("meetings:meeting", args=[cast.meeting.pk]) in rows
    assert client.get(reverse("meetings:score_rows", args=[sheet.pk, "chairing"])).status_code == 404


def test_a_score_waits_among_the_work_of_whoever_takes_the_next_step(client):
    cast = Scored()
    sheet = cast.bring("committee")
    url = reverse("meetings:score", args=[sheet.pk])

    def waits(person: Any) -> bool:
        client.force_login(person)
        return url in client.get("/viec-cua-toi").content.decode()

    assert waits(cast.leader) and not waits(cast.secretary) and not waits(cast.above) and not waits(cast.member)
    actions.pass_score(sheet.pk, by=cast.leader, at=at(8))
    actions.pass_score(sheet.pk, tally=cast.tally(), by=cast.secretary, at=at(9))
    assert waits(cast.above) and not waits(cast.secretary)
    actions.pass_score(sheet.pk, by=cast.above, at=at(10))
    assert not waits(cast.above)


def test_who_may_not_score_reads_or_finds_nothing(client):
    cast = Scored()
    sheet = cast.bring("vote")
    url = reverse("meetings:score", args=[sheet.pk])
    client.force_login(cast.member)
    assert '<button class="primary"' not in body(client, "score", sheet.pk)
    assert client.post(url, {"points_order": "1"}).status_code == 409
    for person in (cast.above, cast.stranger):
        client.force_login(person)
        assert client.get(url).status_code == 404

    actions.pass_score(sheet.pk, tally=cast.tally(), by=cast.secretary, at=at(9))

    client.force_login(cast.above)
    assert cast.cell.name in body(client, "scores")
    client.post(url, {"pass": "1"})
    assert ScoreSheet.objects.get().step == "done" and "93" in body(client, "score", sheet.pk)


def test_votes_beyond_those_present_are_shown_beside_their_field(client):
    cast = Scored()
    sheet = cast.bring("vote")
    client.force_login(cast.secretary)

    given = {"meeting": str(cast.meeting.pk), "votes_for": "11", "pass": "1"}
    answer = client.post(reverse("meetings:score", args=[sheet.pk]), given)

    assert answer.status_code == 422 and "11" in answer.content.decode() and not sheet.steps.filter(step="vote")


def test_a_day_without_a_norm_is_told_on_the_page_of_its_meeting(client):
    cast = Cast()
    meeting = cast.held()
    client.force_login(cast.secretary)

    assert "Chưa có quy định về chấm điểm" in body(client, "meeting", meeting.pk)


def test_targets_open_into_the_tasks_in_sight_and_count_those_that_are_not(client):
    cast = Scored()
    bloc = cast.tree.bloc
    givers: Any = SimpleNamespace(
        tree=cast.tree, officer=make_holder(bloc, Role.OFFICER), leader=make_holder(bloc, Role.LEADER)
    )
    make_issue(givers, [{"due_on": date(2017, 1, 10)}])
    sheet = cast.start(18)
    client.force_login(cast.secretary)
    assert "Việc 1" in body(client, "score_rows", sheet.pk, "results")

    client.force_login(cast.member)
    shown = body(client, "score_rows", sheet.pk, "results")
    assert "Việc 1" not in shown and "0/1" in shown


def test_the_list_costs_the_same_with_one_sheet_and_with_three(client):
    cast = Scored()
    cast.bring("vote")
    client.force_login(cast.secretary)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            body(client, "scores")
        return len(queries)

    count()
    one = count()
    for _n in range(2):
        cast.meeting = cast.held()
        cast.bring("vote")

    assert count() == one
