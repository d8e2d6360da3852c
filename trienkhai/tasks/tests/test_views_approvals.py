"""The queue of approvals: what waits for whom, singly and by filter, with exceptions."""

from typing import Any

import pytest
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, State
from trienkhai.tasks.tests.make import Cast, at, make_issue

pytestmark = pytest.mark.django_db


def submitted(cast: Cast, tasks: int = 2) -> list[Assignment]:
    """Everything the two units of the north hold, reported."""
    issue = make_issue(cast, [{}] * tasks)
    rows = Assignment.objects.filter(task__issue=issue, held_by__in=[cast.tree.north1, cast.tree.north2])
    for unit in (cast.tree.north1, cast.tree.north2):
        actions.acknowledge_all(rows, selection="x", by=cast.focal[unit.pk], at=at(4))
        actions.report_several(rows, text="Đã xong việc", selection="x", by=cast.focal[unit.pk], at=at(5))
    return list(rows.order_by("pk"))


def test_queue_shows_each_leader_what_waits_for_them_alone(client):
    cast = Cast()
    submitted(cast)

    seen = {}
    for name, account in (("north", cast.north_leader), ("south", cast.south_leader), ("officer", cast.officer)):
        client.force_login(account)
        seen[name] = client.get(reverse("tasks:approvals")).content.decode().count('name="tru"')

    assert seen == {"north": 4, "south": 0, "officer": 0}


def test_everything_that_matches_is_approved_in_one_act_but_for_the_rows_taken_out(client):
    cast = Cast()
    rows = submitted(cast)
    client.force_login(cast.north_leader)

    confirm = client.get(reverse("tasks:approve_all"), {"tru": rows[0].pk})
    client.post(reverse("tasks:approve_all"), {"tru": rows[0].pk})

    assert "3" in confirm.content.decode()
    states = list(
        Assignment.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk").values_list("state", flat=True)
    )
    assert states == [State.SUBMITTED, State.DONE, State.DONE, State.DONE]
    act = Act.objects.get(verb="report.approved")
    assert (act.count, "without 1" in act.selection) == (3, True)


def test_return_needs_a_reason_and_is_kept_with_each_report(client):
    cast = Cast()
    rows = submitted(cast)
    client.force_login(cast.north_leader)

    empty = client.post(reverse("tasks:return_all"), {"reason": " "})
    client.post(reverse("tasks:return_all"), {"reason": "Thiếu minh chứng", "don-vi": cast.tree.north1.pk})

    assert empty.status_code == 422
    returned = Assignment.objects.filter(state=State.RETURNED)
    assert {row.held_by_id for row in returned} == {cast.tree.north1.pk}
    assert {row.reports.get().decision for row in returned} == {"Thiếu minh chứng"}
    assert len(rows) == 4


def test_nothing_that_matches_is_told_and_leaves_no_act(client):
    cast = Cast()
    client.force_login(cast.north_leader)

    answer: Any = client.post(reverse("tasks:approve_all"))

    assert answer.status_code == 409
    assert not Act.objects.filter(verb="report.approved").exists()


def test_preview_shows_the_report_to_its_decider_only(client):
    cast = Cast()
    row = submitted(cast)[0]

    client.force_login(cast.north_leader)
    mine = client.get(reverse("tasks:approval_preview", args=[row.pk])).content.decode()
    client.force_login(make_holder(cast.tree.south, Role.LEADER))
    foreign = client.get(reverse("tasks:approval_preview", args=[row.pk])).content.decode()

    assert "Đã xong việc" in mine
    assert "Đã xong việc" not in foreign
