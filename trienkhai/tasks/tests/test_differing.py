"""What changed since a person who decides last saw the work; steps without an owner; both names."""

from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.dashboards.verification import check_site
from trienkhai.documents.actions import store_file
from trienkhai.orgs.models import Holding, Manner, Post, Role
from trienkhai.orgs.tests.make import NOON, make_account, make_holder
from trienkhai.tasks import actions, rules
from trienkhai.tasks.actions.seeing import mark_seen
from trienkhai.tasks.models import Assignment, Issue, Seen, State
from trienkhai.tasks.queries.differing import differences, word_diff
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_document, make_issue
from trienkhai.tasks.tests.play import LATER_DUE, delegate

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 1, 20)})
    return Cast()


@pytest.fixture
def row(cast: Cast) -> Assignment:
    found = assignment_of(make_issue(cast), cast.tree.north1)
    actions.acknowledge(found.pk, by=cast.holder_of(found), at=at(4))
    return found


def file_of(cast: Cast, name: str) -> Any:
    return store_file(ContentFile(name.encode()), owner=cast.tree.north1, by=None, at=NOON, name=name)


def submit(cast: Cast, row: Assignment, text: str, day: int, *names: str) -> Any:
    files = [file_of(cast, name) for name in names]
    return actions.submit_report(row.pk, text=text, files=files, by=cast.holder_of(row), at=at(day))


def reread(row: Assignment) -> Assignment:
    return Assignment.objects.get(pk=row.pk)


def test_what_was_never_seen_is_new_and_what_was_seen_is_not(cast, row):
    report = submit(cast, row, "Đã họp", 5)
    leader = cast.north_leader
    before = differences(leader, [reread(row)])[row.pk]

    mark_seen(row.pk, report.pk, by=leader, on=date(2017, 1, 6), at=at(6))

    after = differences(leader, [reread(row)])[row.pk]
    assert before.new and not after.new and not after.changed
    assert differences(cast.leader, [reread(row)])[row.pk].new


def test_report_that_came_again_shows_percent_words_evidence_and_due_day(cast, row):
    focal, leader = cast.holder_of(row), cast.north_leader
    files = [file_of(cast, "cu.txt"), file_of(cast, "giu.txt")]
    first = actions.update_progress(
        row.pk, percent=60, text="Đã mở 2 lớp cho đảng viên", files=files, by=focal, at=at(5)
    )
    mark_seen(row.pk, first.pk, by=leader, on=date(2017, 1, 6), at=at(6))
    actions.extend(row.pk, LATER_DUE, reason="Rộng", by=cast.leader, at=at(7))
    second = [file_of(cast, "giu.txt"), file_of(cast, "moi.txt")]
    actions.submit_report(row.pk, text="Đã mở 3 lớp cho đảng viên mới", files=second, by=focal, at=at(8))

    found = differences(leader, [reread(row)], in_words=True)[row.pk]

    assert (found.percent, found.due) == ((60, 100), (DUE, LATER_DUE))
    assert [one.file.name for one in found.added] == ["moi.txt"]
    assert [one.file.name for one in found.removed] == ["cu.txt"]
    assert found.words == [
        ("=", "Đã mở "), ("-", "2"), ("+", "3"), ("=", " lớp cho đảng viên"), ("+", " mới")
    ]  # fmt: skip


def test_who_returned_a_report_has_seen_it(cast, row):
    submit(cast, row, "Đã họp", 5)
    actions.return_report(row.pk, reason="Thiếu", by=cast.north_leader, at=at(6))
    submit(cast, row, "Đã họp và kết luận", 7)

    found = differences(cast.north_leader, [reread(row)])[row.pk]

    assert not found.new and found.reworded and found.since == at(6)


def test_older_report_never_takes_the_place_of_a_newer_one(cast, row):
    first = submit(cast, row, "Một", 5)
    actions.return_report(row.pk, reason="Thiếu", by=cast.north_leader, at=at(6))
    second = submit(cast, row, "Hai", 7)
    for report in (second, first):
        mark_seen(row.pk, report.pk, by=cast.north_leader, on=date(2017, 1, 8), at=at(8))

    assert Seen.objects.get().report == second


def test_look_is_kept_by_a_post_and_never_by_a_get(cast, row, client):
    report = submit(cast, row, "Đã họp", 5)
    client.force_login(cast.north_leader)
    for path in ("/duyet", f"/duyet/{row.pk}/xem", f"/nhiem-vu/{row.pk}"):
        client.get(path)
    assert not Seen.objects.exists()
    acts = Act.objects.count()

    answer = client.post(f"/duyet/{row.pk}/da-xem", {"report": report.pk}, headers={"HX-Request": "true"})

    assert answer.status_code == 204 and Seen.objects.get().account == cast.north_leader
    assert Act.objects.count() == acts
    client.post(f"/duyet/{row.pk}/da-xem", {"report": "x"})
    client.force_login(cast.focal[cast.tree.south1.pk])
    assert client.post(f"/duyet/{row.pk}/da-xem", {"report": report.pk}).status_code == 404
    assert Seen.objects.count() == 1


def test_queue_and_preview_show_the_difference(cast, row, client):
    submit(cast, row, "Đã mở 2 lớp", 5)
    actions.return_report(row.pk, reason="Thiếu", by=cast.north_leader, at=at(6))
    submit(cast, row, "Đã mở 3 lớp", 7)
    client.force_login(cast.north_leader)

    queue, preview = client.get("/duyet"), client.get(f"/duyet/{row.pk}/xem").content.decode()

    [(_row, change)] = queue.context["rows"]
    assert change.reworded and not change.words
    assert "<del>2</del><ins>3</ins>" in preview


def test_queue_asks_as_often_for_three_changed_reports_as_for_one(cast, client):
    client.force_login(cast.north_leader)
    numbers = []
    rows = list(Assignment.objects.filter(task__issue=make_issue(cast, [{}] * 3), unit=cast.tree.north1))
    for row in rows:
        actions.acknowledge(row.pk, by=cast.holder_of(row), at=at(4))
        submit(cast, row, "Một", 5, f"{row.pk}.txt")
        actions.return_report(row.pk, reason="Thiếu", by=cast.north_leader, at=at(6))
        report = submit(cast, row, "Hai", 7, f"{row.pk}-2.txt")
        mark_seen(row.pk, report.pk, by=cast.north_leader, on=date(2017, 1, 8), at=at(8))
        client.get("/duyet")
        with CaptureQueriesContext(connection) as asked:
            client.get("/duyet")
        numbers.append(len(asked))

    assert numbers[0] == numbers[2]


class TestWordDifference:
    @given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
    def test_both_texts_can_be_read_from_it(self, old, new):
        pieces = word_diff(old, new)

        assert "".join(text for sign, text in pieces if sign != "+") == old
        assert "".join(text for sign, text in pieces if sign != "-") == new


def test_leader_of_two_steps_in_a_row_acts_once(cast, row):
    post = Post.objects.create(unit=cast.tree.bloc, title="Phó Bí thư", role=Role.LEADER, reach="branch")
    Holding.objects.create(post=post, account=cast.north_leader, valid_from=date(2010, 1, 1))
    submit(cast, row, "Đã xong", 5)

    actions.approve(row.pk, by=cast.north_leader, at=at(6))

    assert reread(row).state == State.DONE
    assert not rules.awaiting_decision(cast.north_leader, date(2017, 1, 6)).exists()
    assert Act.objects.filter(verb="report.approved").count() == 1


def test_leader_who_prepares_tasks_issues_them_without_submitting_to_oneself(cast):
    rows = [{"title": "Việc", "due_on": DUE}]
    bloc = cast.tree.bloc
    issue = actions.prepare_issue(make_document(bloc), bloc, rows, selection="children", by=cast.leader, at=at(4))

    actions.issue_tasks(issue.pk, by=cast.leader, at=at(4))

    issue.refresh_from_db()
    assert issue.state == Issue.State.ISSUED and issue.submitted_at is None


def test_step_without_an_owner_is_listed_with_its_counts_and_told_by_the_check(cast, row, client):
    Holding.objects.filter(account=cast.north_leader).update(valid_to=date(2017, 1, 10))
    submit(cast, row, "Đã xong", 12)
    seen = {}
    people = (cast.officer, cast.leader, make_holder(cast.tree.bloc, Role.ADMIN), cast.holder_of(row))
    for name, person in zip(("officer", "leader", "admin", "focal"), people, strict=True):
        client.force_login(person)
        answer = client.get("/duyet/chua-co-nguoi")
        seen[name] = answer.context["steps"] if answer.status_code == 200 else answer.status_code

    [step] = seen["officer"]
    assert (step.unit, step.open, step.waiting, step.goes_to) == (cast.tree.north, 2, 1, cast.tree.bloc)
    assert seen["leader"] == seen["admin"] == [step] and seen["focal"] == 403
    assert any(cast.tree.north.name in sentence for sentence in check_site(date(2017, 1, 20)))


def test_right_of_a_deputy_ends_with_the_last_second_of_its_last_day(cast, row):
    deputy = delegate(cast.north_leader, "approve", valid_to=date(2017, 1, 10))
    submit(cast, row, "Đã xong", 5)
    midnight = at(10, hour=0)

    for call in (
        lambda: actions.approve(row.pk, by=deputy, at=midnight),
        lambda: actions.approve_matching(Assignment.objects.all(), selection="x", by=deputy, at=midnight),
    ):
        with pytest.raises(Refused):
            call()
    actions.approve(row.pk, by=deputy, at=midnight - (at(2) - at(1)) / 86400)

    assert reread(row).state == State.DONE


def test_both_names_stand_on_report_decision_and_history(cast, row, client):
    deputy = delegate(cast.north_leader, "return")
    helper = delegate(cast.holder_of(row))
    actions.submit_report(row.pk, text="Đã xong", by=helper, at=at(5))
    actions.return_report(row.pk, reason="Thiếu", by=deputy, at=at(6))
    actions.submit_report(row.pk, text="Đã bổ sung", by=helper, at=at(7))
    client.force_login(cast.north_leader)

    page = client.get(f"/nhiem-vu/{row.pk}")
    preview = client.get(f"/duyet/{row.pk}/xem").content.decode()

    returned = next(report for report in page.context["reports"] if report.state == "returned")
    assert cast.north_leader.name in returned.decided_for
    for body in (page.content.decode(), preview):
        assert helper.name in body and cast.holder_of(row).name in body
        assert deputy.name in body and f"{cast.north_leader.name} –" in body


def test_acting_holder_is_named_with_the_manner_of_the_post(cast, row):
    acting = make_account()
    post = Post.objects.create(unit=cast.tree.north, title="Bí thư", role=Role.LEADER, reach="branch")
    Holding.objects.create(post=post, account=acting, manner=Manner.ACTING, valid_from=date(2017, 1, 1))
    submit(cast, row, "Đã xong", 5)

    actions.approve(row.pk, by=acting, at=at(6))

    assert Act.objects.latest("pk").post_label == "quyền Bí thư, Đảng bộ Bắc"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ".join(f"w{n * 7 % 301}" for n in range(9000)), " ".join(f"w{n * 11 % 307}" for n in range(9000))),
        ("a " * 15000, "a b " * 7500),
        ("a\n" * 15000, "a\n\n" * 10000),
    ],
)
def test_long_texts_lose_nothing_when_compared(old, new):
    found = word_diff(old, new)

    assert "".join(text for sign, text in found if sign != "+") == old
    assert "".join(text for sign, text in found if sign != "-") == new
