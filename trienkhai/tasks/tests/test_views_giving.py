"""The pages of giving: an officer prepares and submits, a leader issues; a foreign officer sees nothing of it."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.documents.models import Clause, DocumentText
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import NOON, make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Issue
from trienkhai.tasks.tests.make import DUE, Cast, make_document

pytestmark = pytest.mark.django_db
FAR = date(2099, 6, 30)


def prepared(cast: Cast) -> Issue:
    document = make_document(cast.tree.bloc)
    rows = [
        {"title": "Việc một", "due_on": FAR, "quote": "Giao các đơn vị làm việc một."},
        {"title": "Việc hai", "due_on": FAR},
    ]
    return actions.prepare_issue(document, cast.tree.bloc, rows, selection="grassroots", by=cast.officer, at=NOON)


def go(client: Any, account: Account, name: str, pk: int, **data: Any) -> Any:
    client.force_login(account)
    return client.post(reverse(f"tasks:{name}", args=[pk]), data)


def test_officer_starts_from_a_document_and_each_task_stands_beside_its_sentence(client):
    cast = Cast()
    document = make_document(cast.tree.bloc)
    words = "Giao các tổ chức cơ sở đảng hoàn thành trước ngày 30/6/2099."
    reading = {
        "tasks": [
            {
                "text": words,
                "lead": "các tổ chức cơ sở đảng",
                "deadline": "trước ngày 30/6/2099",
                "quote": words,
                "start": 0,
                "end": 60,
            }
        ]
    }
    text = DocumentText.objects.create(document=document, sha256="0" * 64, text=words, reading=reading, created_at=NOON)
    Clause.objects.create(text=text, kind="arabic", label="1", position=0, start=0, end=60)

    client.force_login(cast.officer)
    answer = client.post(reverse("tasks:issue_start", args=[document.pk]), follow=True)

    task = Issue.objects.get().tasks.get()
    assert (task.selection, task.due_on, task.mode) == ("grassroots", date(2099, 6, 29), "each")
    assert words in answer.content.decode()
    assert task.clauses.get().label == "1"


def test_officer_edits_drops_adds_and_submits_then_the_leader_issues_to_all(client):
    cast = Cast()
    issue = prepared(cast)
    first, second = issue.tasks.order_by("position")

    edited = go(
        client,
        cast.officer,
        "draft_edit",
        first.pk,
        title="Việc một, sửa",
        mode="each",
        answer_rule="by_level",
        due_on="2099-07-01",
    )
    go(client, cast.officer, "draft_drop", second.pk)
    go(client, cast.officer, "draft_add", issue.pk, title="Việc ba", mode="each", answer_rule="by_level", due_on="")
    refused = go(client, cast.officer, "issue_issue", issue.pk)
    go(client, cast.officer, "issue_submit", issue.pk)
    issued = go(client, cast.leader, "issue_issue", issue.pk)

    assert (edited.status_code, refused.status_code, issued.status_code) == (302, 409, 302)
    titles = set(Assignment.objects.values_list("task__title", flat=True))
    assert titles == {"Việc một, sửa", "Việc ba"}
    assert Assignment.objects.count() == 10
    assert Act.objects.filter(verb="issue.issued").get().count == 10


def test_leader_returns_with_a_reason_that_the_officer_reads(client):
    cast = Cast()
    issue = prepared(cast)
    go(client, cast.officer, "issue_submit", issue.pk)

    empty = go(client, cast.leader, "issue_return", issue.pk, reason=" ")
    go(client, cast.leader, "issue_return", issue.pk, reason="Bổ sung sản phẩm")

    assert empty.status_code == 422
    client.force_login(cast.officer)
    assert "Bổ sung sản phẩm" in client.get(reverse("tasks:issue", args=[issue.pk])).content.decode()


def test_selection_is_chosen_by_ticking_and_shown_in_words_with_its_counts(client):
    cast = Cast()
    issue = prepared(cast)

    go(client, cast.officer, "issue_selection", issue.pk, groups=["kind:upper_committee"], units="K.T", without="K.N")
    nobody = go(client, cast.officer, "issue_selection", issue.pk, groups=[], units="")
    unknown = go(client, cast.officer, "issue_selection", issue.pk, units="KHÔNG.CÓ")

    issue.refresh_from_db()
    assert issue.selection == "kind:upper_committee + unit:K.T - unit:K.N"
    assert (nobody.status_code, unknown.status_code) == (422, 422)


def test_due_day_before_the_issue_day_is_told_at_its_field_and_nothing_changes(client):
    cast = Cast()
    issue = prepared(cast)
    task = issue.tasks.first()

    answer = go(
        client,
        cast.officer,
        "draft_edit",
        task.pk,
        title="Khác",
        mode="each",
        answer_rule="by_level",
        due_on="2016-12-31",
    )

    task.refresh_from_db()
    assert answer.status_code == 422
    assert (task.title, task.due_on) == ("Việc một", FAR)


def test_task_without_lead_is_not_issued(client):
    cast = Cast()
    rows = [{"title": "Việc", "due_on": DUE, "selection": "sector:press"}]
    issue = actions.prepare_issue(make_document(cast.tree.bloc), cast.tree.bloc, rows, by=cast.officer, at=NOON)

    answer = go(client, cast.leader, "issue_issue", issue.pk)

    assert answer.status_code == 409
    assert Assignment.objects.count() == 0


def test_officer_of_another_branch_does_not_find_the_issue(client):
    cast = Cast()
    issue = prepared(cast)
    stranger = make_holder(cast.tree.south, Role.OFFICER)

    client.force_login(stranger)
    answers = [client.get(reverse("tasks:issue", args=[issue.pk])).status_code]
    answers += [
        go(client, stranger, name, issue.pk).status_code for name in ("issue_submit", "issue_issue", "draft_add")
    ]

    assert answers == [404, 404, 404, 404]


def test_list_of_issues_asks_the_same_number_of_questions_for_one_and_for_three(client, django_assert_max_num_queries):
    cast = Cast()
    prepared(cast)
    client.force_login(cast.officer)
    with django_assert_max_num_queries(40) as one:
        client.get(reverse("tasks:issues"))
    prepared(cast), prepared(cast)

    with django_assert_max_num_queries(40) as three:
        client.get(reverse("tasks:issues"))

    assert len(three.captured_queries) == len(one.captured_queries)


def test_draft_carries_a_task_from_above_further_and_both_pages_show_the_chain(client):
    cast = Cast()
    above = actions.prepare_issue(
        make_document(cast.tree.bloc),
        cast.tree.bloc,
        [{"title": "Việc của khối", "due_on": FAR, "selection": "unit:K.B"}],
        by=cast.officer,
        at=NOON,
    )
    actions.issue_tasks(above.pk, by=cast.leader, at=NOON)
    held = Assignment.objects.get(held_by=cast.tree.north)
    own = actions.prepare_issue(
        make_document(cast.tree.north),
        cast.tree.north,
        [{"title": "Việc của nhánh", "due_on": FAR}],
        by=cast.north_leader,
        at=NOON,
    )
    task = own.tasks.get()

    stored = go(
        client, cast.north_leader, "draft_edit", task.pk, title="Việc của nhánh", mode="each",
        answer_rule="by_level", due_on="30/06/2099", due_words="trong tháng 6", serves=held.pk,
    )  # fmt: skip
    actions.issue_tasks(own.pk, by=cast.north_leader, at=NOON)

    task.refresh_from_db()
    assert stored.status_code == 302
    assert (task.serves, task.due_on, task.due_words) == (held, FAR, "trong tháng 6")
    below = Assignment.objects.filter(task=task).first()
    client.force_login(cast.north_leader)
    assert "Việc của nhánh" in client.get(reverse("tasks:assignment", args=[held.pk])).content.decode()
    assert "Việc của khối" in client.get(reverse("tasks:assignment", args=[below.pk])).content.decode()


def test_task_that_the_unit_does_not_hold_is_nothing_to_carry_further(client):
    cast = Cast()
    issue = prepared(cast)

    client.force_login(cast.officer)
    page = client.get(reverse("tasks:draft_edit", args=[issue.tasks.first().pk]))

    assert "serves" not in page.context["form"].fields


def test_words_of_a_draft_with_a_wrong_day_are_kept_on_the_page(client):
    cast = Cast()
    issue = prepared(cast)
    task = issue.tasks.first()

    page = go(client, cast.officer, "draft_edit", task.pk, title="Chữ đã gõ", mode="each", due_on="32/13/2017")

    assert page.status_code == 422
    assert "Chữ đã gõ" in page.content.decode()


def test_pages_of_issues_follow_each_other(client):
    cast = Cast()
    for _number in range(31):
        prepared(cast)
    client.force_login(cast.officer)

    sizes = [len(client.get(reverse("tasks:issues"), {"page": number}).context["rows"]) for number in (1, 2)]

    assert sizes == [30, 1]


def test_sheet_started_twice_from_a_document_is_one_sheet(client):
    cast = Cast()
    document = make_document(cast.tree.bloc)
    DocumentText.objects.create(document=document, sha256="0" * 64, text="Chữ", created_at=NOON)

    first = go(client, cast.officer, "issue_start", document.pk)
    second = go(client, cast.officer, "issue_start", document.pk)

    assert first["Location"] == second["Location"]
    assert Issue.objects.count() == 1
    assert Act.objects.filter(verb="issue.prepared").count() == 1


def test_sheet_of_an_issued_document_is_followed_by_a_new_one(client):
    cast = Cast()
    issue = prepared(cast)
    DocumentText.objects.create(document=issue.document, sha256="0" * 64, text="Chữ", created_at=NOON)
    actions.issue_tasks(issue.pk, by=cast.leader, at=NOON)

    go(client, cast.officer, "issue_start", issue.document_id)

    assert Issue.objects.filter(document=issue.document).count() == 2


def test_added_task_sent_twice_is_stored_once(client):
    cast = Cast()
    issue = prepared(cast)
    client.force_login(cast.officer)
    where = reverse("tasks:draft_add", args=[issue.pk])
    after = client.get(where).context["form"]["after"].value()
    given = {"title": "Việc ba", "mode": "each", "answer_rule": "by_level", "after": after}

    client.post(where, given)
    client.post(where, given)
    client.post(where, given | {"title": "Việc bốn", "after": after + 1})

    assert list(issue.tasks.order_by("position").values_list("title", flat=True)[2:]) == ["Việc ba", "Việc bốn"]
    assert Act.objects.filter(verb="task.added").count() == 2


def test_leaving_out_sent_twice_leaves_out_once_and_taking_in_brings_back(client):
    cast = Cast()
    issue = prepared(cast)
    task = issue.tasks.first()

    go(client, cast.officer, "draft_drop", task.pk, dropped="1")
    go(client, cast.officer, "draft_drop", task.pk, dropped="1")
    left_out = issue.tasks.get(pk=task.pk).dropped
    go(client, cast.officer, "draft_drop", task.pk, dropped="0")

    assert left_out and not issue.tasks.get(pk=task.pk).dropped
    assert Act.objects.filter(verb="task.dropped").count() == 1


@pytest.mark.parametrize("name", ["issue_submit", "issue_issue"])
def test_submitting_or_issuing_twice_has_one_effect(client, name):
    cast = Cast()
    issue = prepared(cast)

    first = go(client, cast.leader, name, issue.pk)
    second = go(client, cast.leader, name, issue.pk)

    assert (first.status_code, second.status_code) == (302, 409)
    assert Assignment.objects.count() == (10 if name == "issue_issue" else 0)


@pytest.mark.parametrize("name", ["draft_add", "issue_selection", "issue_return"])
def test_empty_form_is_told_what_is_missing(client, name):
    cast = Cast()
    issue = prepared(cast)
    actions.submit_issue(issue.pk, by=cast.officer, at=NOON)

    page = go(client, cast.leader, name, issue.pk)

    assert page.status_code == 422
    assert page.context["form"].errors
