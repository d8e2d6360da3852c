"""My work: the queue with the next act of each row, acknowledging all, reporting several; all without JavaScript."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, State
from trienkhai.tasks.queries.waiting import requests_waiting
from trienkhai.tasks.tests.make import Cast, assignment_of, at, make_document, make_issue

pytestmark = pytest.mark.django_db
MINE = "/viec-cua-toi"


@pytest.fixture
def cast() -> Cast:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 6, 29)})
    return Cast()


def focal_of(cast: Cast) -> Account:
    return cast.focal[cast.tree.north1.pk]


def held(cast: Cast) -> list[Assignment]:
    return list(Assignment.objects.filter(held_by=cast.tree.north1).order_by("task__issue", "task__position"))


def test_queue_shows_own_work_by_due_day_with_its_next_act(client, cast):
    make_issue(cast, [{"due_on": date(2017, 9, 30)}, {}, {"due_on": date(2017, 7, 3)}])
    late, first, second = held(cast)
    actions.acknowledge(second.pk, by=focal_of(cast), at=at(4))
    client.force_login(focal_of(cast))

    response = client.get(MINE)

    assert response.status_code == 200
    rows = [(row.assignment.pk, row.act, row.standing.name) for row in response.context["rows"]]
    assert rows == [
        (first.pk, "acknowledge", "soon"),
        (second.pk, "update", "soon"),
        (late.pk, "acknowledge", "in_time"),
    ]


def test_tiles_count_what_their_lists_show(client, cast):
    make_issue(cast, [{"due_on": date(2017, 5, 30)}, {}, {"due_on": date(2017, 9, 30)}])
    actions.acknowledge(held(cast)[0].pk, by=focal_of(cast), at=at(4))
    actions.submit_report(held(cast)[0].pk, text="Xong", by=focal_of(cast), at=at(5))
    actions.return_report(held(cast)[0].pk, reason="Thiếu", by=cast.north_leader, at=at(6))
    client.force_login(focal_of(cast))

    tiles = client.get(MINE).context["tiles"]

    assert [tile["count"] for tile in tiles] == [2, 1, 1, 1, 1]
    for tile in tiles:
        assert len(client.get(tile["url"]).context["rows"]) == tile["count"]


def test_a_leader_sees_what_awaits_approval_and_issue(client, cast):
    issue = actions.prepare_issue(
        make_document(cast.tree.bloc), cast.tree.bloc, [{"title": "Việc"}], selection="children",
        by=cast.officer, at=at(4),
    )  # fmt: skip
    actions.submit_issue(issue.pk, by=cast.officer, at=at(4))
    client.force_login(cast.leader)

    response = client.get(MINE)

    assert [row.pk for row in response.context["issues"]] == [issue.pk]
    assert response.context["tiles"][-1]["url"] == "/duyet"


def test_an_officer_sees_what_was_returned(client, cast):
    issue = actions.prepare_issue(
        make_document(cast.tree.bloc), cast.tree.bloc, [{"title": "Việc"}], selection="children",
        by=cast.officer, at=at(4),
    )  # fmt: skip
    actions.submit_issue(issue.pk, by=cast.officer, at=at(4))
    actions.return_issue(issue.pk, reason="Thiếu đơn vị chủ trì", by=cast.leader, at=at(5))
    client.force_login(cast.officer)

    assert "Thiếu đơn vị chủ trì" in client.get(MINE).content.decode()


@pytest.mark.parametrize(("delegates", "sees"), [([], False), (["extend"], True)])
def test_a_request_waits_for_the_assigner_and_for_whom_it_handed_the_power(cast, delegates, sees):
    issue = make_issue(cast, [{"delegates": delegates}])
    row = assignment_of(issue, cast.tree.north1)
    asked = actions.ask(
        row.pk, kind="extend", reason="Chờ kinh phí", due_on=date(2017, 9, 1), by=focal_of(cast), at=at(5)
    )

    day = date(2017, 2, 1)

    assert list(requests_waiting(cast.leader, day)) == [asked]
    assert list(requests_waiting(cast.north_leader, day)) == ([asked] if sees else [])
    assert not requests_waiting(focal_of(cast), day).exists()


def test_acknowledge_all_asks_first_and_a_form_sent_twice_has_one_effect(client, cast):
    make_issue(cast, [{}, {}])
    client.force_login(focal_of(cast))

    asked = client.get(f"{MINE}/tiep-nhan")
    first, second = client.post(f"{MINE}/tiep-nhan"), client.post(f"{MINE}/tiep-nhan")

    assert asked.status_code == 200 and asked.context["count"] == 2
    assert (first.status_code, second.status_code) == (302, 302)
    assert {row.state for row in held(cast)} == {State.ACKNOWLEDGED}
    assert Act.objects.filter(verb="assignment.acknowledged").count() == 1
    assert Assignment.objects.filter(state=State.ASSIGNED).count() == 8


def test_several_are_reported_with_one_text_once(client, cast):
    make_issue(cast, [{}, {}, {}])
    first, second, third = held(cast)
    for row in (first, second):
        actions.acknowledge(row.pk, by=focal_of(cast), at=at(4))
    client.force_login(focal_of(cast))
    chosen = [first.pk, second.pk, third.pk]

    shown = client.get(f"{MINE}/bao-cao", {"chon": chosen})
    client.post(f"{MINE}/bao-cao", {"chon": chosen, "text": "Đã hoàn thành"})
    again = client.post(f"{MINE}/bao-cao", {"chon": chosen, "text": "Đã hoàn thành"})

    assert {row.pk for row in shown.context["rows"]} == {first.pk, second.pk}
    assert shown.context["left_out"] == 1
    assert again.status_code == 302
    assert [row.state for row in held(cast)] == [State.SUBMITTED, State.SUBMITTED, State.ASSIGNED]
    assert Act.objects.filter(verb="report.submitted").count() == 1


def test_several_without_a_text_ask_for_it(client, cast):
    make_issue(cast)
    row = held(cast)[0]
    actions.acknowledge(row.pk, by=focal_of(cast), at=at(4))
    client.force_login(focal_of(cast))

    response = client.post(f"{MINE}/bao-cao", {"chon": [row.pk], "text": "  "})

    assert response.status_code == 422
    assert f'value="{row.pk}"' in response.content.decode()


def test_the_work_of_others_is_neither_shown_nor_reported(client, cast):
    make_issue(cast)
    row = held(cast)[0]
    actions.acknowledge(row.pk, by=focal_of(cast), at=at(4))
    client.force_login(cast.focal[cast.tree.south1.pk])

    client.post(f"{MINE}/bao-cao", {"chon": [row.pk], "text": "Xong"})

    row.refresh_from_db()
    assert row.state == State.ACKNOWLEDGED
    assert all(one.assignment.held_by_id == cast.tree.south1.pk for one in client.get(MINE).context["rows"])


def test_acknowledging_from_the_queue_leads_back_to_it(client, cast):
    make_issue(cast)
    client.force_login(focal_of(cast))

    response = client.post(f"/nhiem-vu/{held(cast)[0].pk}/tiep-nhan", {"back": "mine"})

    assert (response.status_code, response.url) == (302, MINE)


def test_queries_do_not_grow_with_the_rows(client, cast):
    make_issue(cast)
    client.force_login(focal_of(cast))
    client.get(MINE)

    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(MINE)
    make_issue(cast, [{}, {}])
    with CaptureQueriesContext(connection) as three:
        client.get(MINE)

    assert len(three) == len(one)


def test_menu_counts_what_is_not_acknowledged(client, cast):
    make_issue(cast, [{}, {}])
    client.force_login(focal_of(cast))

    text = client.get(MINE).content.decode()

    assert '<span class="nav-count">2</span>' in text


def test_search_finds_tasks_of_ones_own(client, cast):
    make_issue(cast, [{"title": "Xây dựng quy chế làm việc"}])
    client.force_login(focal_of(cast))

    assert "Xây dựng quy chế" in client.get("/tim", {"q": "quy che"}).content.decode()
    client.force_login(make_holder(cast.tree.office, Role.FOCAL))
    assert "Xây dựng quy chế" not in client.get("/tim", {"q": "quy che"}).content.decode()
