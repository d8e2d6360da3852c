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
HTMX = {"HX-Request": "true"}


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
        seen[name] = client.get(reverse("tasks:approvals")).content.decode().count('name="chon"')

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


def test_rows_whose_tick_is_taken_away_stay_out(client):
    cast = Cast()
    rows = submitted(cast)
    client.force_login(cast.north_leader)
    shown = {"co": ",".join(str(row.pk) for row in rows), "chon": [row.pk for row in rows[1:]]}

    confirm = client.get(reverse("tasks:approve_all"), shown)
    client.post(reverse("tasks:approve_all"), dict(confirm.context["filter"].hidden()))

    assert confirm.context["count"] == 3
    states = [Assignment.objects.get(pk=row.pk).state for row in rows]
    assert states == [State.SUBMITTED, State.DONE, State.DONE, State.DONE]


def test_filters_narrow_by_branch_and_by_timing(client):
    cast = Cast()
    issue = make_issue(cast, [{"answer_rule": "assigner"}])
    for unit in (cast.tree.north1, cast.tree.south1):
        rows = Assignment.objects.filter(task__issue=issue, held_by=unit)
        late = at(5) if unit == cast.tree.north1 else at(5, 8)
        actions.acknowledge_all(rows, selection="x", by=cast.focal[unit.pk], at=at(4))
        actions.report_several(rows, text="Đã xong", selection="x", by=cast.focal[unit.pk], at=late)
    client.force_login(cast.leader)

    def units(**given: Any) -> list[str]:
        return [row.held_by.code for row, _change in client.get(reverse("tasks:approvals"), given).context["rows"]]

    assert units() == ["K.B.1", "K.N.1"]
    assert [unit.code for unit in client.get(reverse("tasks:approvals")).context["branches"]] == ["K.B", "K.N"]
    assert units(**{"don-vi": cast.tree.south.pk}) == ["K.N.1"]
    assert units(kip="late") == ["K.N.1"]
    assert units(kip="in_time") == ["K.B.1"]


def test_one_decision_from_the_preview_comes_back_to_the_queue(client):
    cast = Cast()
    first, second, *_rest = submitted(cast)
    client.force_login(cast.north_leader)

    page = client.get(reverse("tasks:return", args=[second.pk]), {"back": "approvals"}).content.decode()
    approved = client.post(reverse("tasks:approve", args=[first.pk]), {"back": "approvals"})
    returned = client.post(reverse("tasks:return", args=[second.pk]), {"back": "approvals", "reason": "Thiếu số liệu"})
    elsewhere = client.get(reverse("tasks:assignment", args=[second.pk])).status_code

    assert 'name="back" value="approvals"' in page
    assert [approved["Location"], returned["Location"], elsewhere] == [reverse("tasks:approvals")] * 2 + [200]
    assert Assignment.objects.get(pk=first.pk).state == State.DONE
    assert Assignment.objects.get(pk=second.pk).state == State.RETURNED


def test_report_that_came_again_is_read_beside_why_it_was_returned(client):
    cast = Cast()
    row = submitted(cast)[0]
    holder = cast.holder_of(row)
    actions.return_report(row.pk, reason="Thiếu biên bản", by=cast.north_leader, at=at(6))
    actions.submit_report(row.pk, text="Đã bổ sung biên bản", by=holder, at=at(7))
    client.force_login(cast.north_leader)

    preview = client.get(reverse("tasks:approval_preview", args=[row.pk]), headers=HTMX).content.decode()
    queue = [row for row, _change in client.get(reverse("tasks:approvals")).context["rows"]]

    assert "<html" not in preview
    assert "Đã bổ sung biên bản" in preview and "Thiếu biên bản" in preview
    assert {one.pk: one.returned for one in queue}[row.pk] == 1


def test_queue_asks_the_same_number_of_questions_for_one_and_for_three(
    client, kept_hints, django_assert_max_num_queries
):
    cast = Cast()
    client.force_login(cast.north_leader)
    submitted(cast, tasks=1)
    client.get(reverse("common:search"))
    with django_assert_max_num_queries(24) as one:
        client.get(reverse("tasks:approvals"))
    submitted(cast, tasks=2)

    with django_assert_max_num_queries(24) as three:
        client.get(reverse("tasks:approvals"))

    assert len(three.captured_queries) == len(one.captured_queries)


def test_second_page_follows_the_first(client):
    cast = Cast()
    submitted(cast, tasks=26)
    client.force_login(cast.north_leader)

    sizes = [len(client.get(reverse("tasks:approvals"), {"page": number}).context["rows"]) for number in (1, 2)]

    assert sizes == [50, 2]
