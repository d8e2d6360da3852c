"""People at the same time: exactly one approves, a form sent twice counts once, the tally survives bulk and single
writers.
"""

import random
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.people.models import Account
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, ProgressReport, Sheet, State
from trienkhai.tasks.tally import negatives, recount
from trienkhai.tasks.tests.make import DUE, Cast, assignment_of, at, make_document, make_issue
from trienkhai.tasks.tests.stage_coordinating import Partners

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls in threads that start together; each result, or the exception it ended with."""
    start, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[index] = call()
        except Exception as fault:
            results[index] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def fresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def test_of_two_leaders_who_approve_at_once_exactly_one_wins():
    cast = Cast()
    second = make_holder(cast.tree.north, Role.LEADER)
    assignment = assignment_of(make_issue(cast), cast.tree.north1)
    actions.acknowledge(assignment.pk, by=cast.holder_of(assignment), at=at(4))
    actions.submit_report(assignment.pk, text="Xong", by=cast.holder_of(assignment), at=at(5))

    results = at_once(
        lambda: actions.approve(assignment.pk, by=fresh(cast.north_leader), at=at(6)),
        lambda: actions.approve(assignment.pk, by=fresh(second), at=at(6)),
    )

    assert sum(isinstance(result, Refused) for result in results) == 1
    assert sum(isinstance(result, Assignment) for result in results) == 1
    assert Act.objects.filter(verb="report.approved").count() == 1
    assert recount() == []


def test_form_sent_twice_has_one_effect():
    cast = Cast()
    assignment = assignment_of(make_issue(cast), cast.tree.north1)
    lan = cast.holder_of(assignment)
    actions.acknowledge(assignment.pk, by=lan, at=at(4))

    reports = at_once(
        *[lambda: actions.submit_report(assignment.pk, text="Xong", token="t1", by=fresh(lan), at=at(5))] * 2
    )

    assert len({report.pk for report in reports}) == 1
    assert ProgressReport.objects.count() == 1
    assert Act.objects.filter(verb="report.submitted").count() == 1


def test_issue_at_once_by_two_leaders_makes_one_set_of_assignments():
    cast = Cast()
    second = make_holder(cast.tree.bloc, Role.LEADER)
    rows = [{"title": "Việc", "due_on": DUE}]
    issue = actions.prepare_issue(
        make_document(cast.tree.bloc), cast.tree.bloc, rows, selection="grassroots", by=cast.officer, at=at(4)
    )

    results = at_once(
        lambda: actions.issue_tasks(issue.pk, by=fresh(cast.leader), at=at(4)),
        lambda: actions.issue_tasks(issue.pk, by=fresh(second), at=at(4)),
    )

    assert sum(isinstance(result, Refused) for result in results) == 1
    assert Assignment.objects.count() == 5
    assert recount() == []


@pytest.mark.postgresql
def test_tally_equals_recount_after_single_and_bulk_writers_at_once():
    cast = Cast()
    issue = make_issue(cast, [{}] * 6)
    rows = Assignment.objects.filter(task__issue=issue)
    for unit in cast.tree.grassroots:
        actions.acknowledge_all(rows, selection="tất cả", by=cast.focal[unit.pk], at=at(4))

    def single(seed: int) -> list[Exception]:
        chance, faults = random.Random(seed), []
        pks = list(rows.values_list("pk", flat=True))
        for _turn in range(25):
            row = Assignment.objects.select_related("held_by", "answers_to").get(pk=chance.choice(pks))
            holder, approver = fresh(cast.holder_of(row)), fresh(cast.approver_of(row))
            verb, person, words = chance.choice(
                [
                    (actions.submit_report, holder, {"text": "Xong"}),
                    (actions.return_report, approver, {"reason": "Thiếu"}),
                    (actions.approve, approver, {}),
                    (actions.reopen, approver, {"reason": "Chưa"}),
                ]
            )
            try:
                verb(row.pk, by=person, at=at(5), **words)
            except Refused:
                pass
            except Exception as fault:
                faults.append(fault)
        return faults

    def bulk(leader: Account, seed: int) -> list[Exception]:
        chance, faults, me = random.Random(seed), [], fresh(leader)
        for _turn in range(12):
            call = chance.choice(
                [
                    lambda: actions.approve_matching(rows, selection="lọc", by=me, at=at(5)),
                    lambda: actions.return_matching(rows, selection="lọc", reason="Thiếu", by=me, at=at(5)),
                ]
            )
            try:
                call()
            except Refused:
                pass
            except Exception as fault:
                faults.append(fault)
        return faults

    results = at_once(
        *[lambda seed=seed: single(seed) for seed in range(4)],
        lambda: bulk(cast.north_leader, 11),
        lambda: bulk(cast.south_leader, 12),
        lambda: bulk(cast.leader, 13),
    )

    assert [fault for faults in results for fault in faults] == []
    assert recount() == [] and negatives() == 0
    assert not Assignment.objects.filter(state=State.SUBMITTED, submitted_on=None).exists()


def test_sheet_started_and_task_added_twice_at_once_are_stored_once():
    cast = Cast()
    document, bloc = make_document(cast.tree.bloc), cast.tree.bloc

    def start() -> Any:
        return actions.start_issue(document, bloc, [{"title": "Việc"}], by=fresh(cast.officer), at=at(4))

    first, second = at_once(start, start)
    add = {"title": "Việc thêm"}
    added = at_once(
        *[lambda: actions.add_task(first.pk, add, after=1, by=fresh(cast.officer), at=at(5)) for _twice in range(2)]
    )

    assert first == second and added[0] == added[1]
    assert list(first.tasks.order_by("position").values_list("title", flat=True)) == ["Việc", "Việc thêm"]
    assert Act.objects.filter(verb__in=("issue.prepared", "task.added")).count() == 2


def test_of_two_workers_that_store_a_month_at_once_one_does():
    cast = Cast()
    make_issue(cast)
    close = lambda: actions.close_months(on=date(2017, 2, 1), at=at(1, 2))  # noqa: E731

    results = at_once(close, close)

    assert sorted(results) == [0, 1]
    assert Act.objects.filter(verb="sheets.stored").count() == 1
    assert Sheet.objects.count() == 3


def test_opinion_answered_twice_at_once_is_given_once():
    partners = Partners(Cast())
    partners.open()
    asked, second = partners.ask(), make_holder(partners.body, Role.LEADER)

    results = at_once(
        *[
            lambda person=person: actions.answer_opinion(asked.pk, answer="Nhất trí", by=fresh(person), at=at(6))
            for person in (partners.focal, second)
        ]
    )

    assert sorted(type(result).__name__ for result in results) == ["Opinion", "Refused"]
    assert Act.objects.filter(verb="opinion.answered").count() == 1


def test_of_two_workers_each_period_is_opened_by_one():
    cast = Cast()
    make_issue(cast, [{"recurrence": "month", "due_on": date(2017, 1, 31)}] * 3)
    work = lambda: actions.open_occurrences(on=date(2017, 3, 1), at=at(1, 3))  # noqa: E731

    results = at_once(work, work)

    assert sum(results) == 2 * 3 * 5
    assert Act.objects.filter(verb="task.recurred").count() == 2 * 3
    assert Assignment.objects.count() == 3 * 3 * 5
    assert recount() == []


def test_of_two_bulk_approvals_at_once_each_report_is_approved_once():
    cast = Cast()
    second = make_holder(cast.tree.north, Role.LEADER)
    rows = Assignment.objects.filter(task__issue=make_issue(cast, [{}] * 20), held_by=cast.tree.north1)
    focal = cast.focal[cast.tree.north1.pk]
    actions.acknowledge_all(rows, selection="tất cả", by=focal, at=at(4))
    actions.report_several(rows, text="Đã xong", selection="tất cả", by=focal, at=at(5))

    results = at_once(
        *[
            lambda leader=leader: actions.approve_matching(rows, selection="lọc", by=fresh(leader), at=at(6))
            for leader in (cast.north_leader, second)
        ]
    )

    done = [result for result in results if isinstance(result, int)]
    assert sum(done) == 20 and all(isinstance(result, int | Refused) for result in results)
    assert Act.objects.filter(verb="report.approved").count() == len(done)
    assert ProgressReport.objects.filter(state="approved").count() == 20
    assert recount() == []
