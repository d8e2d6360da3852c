"""A year of a small organisation, day by day: the same notices whenever it is played, none doubled whoever plays it."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from trienkhai.common.clock import moment
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, Request
from trienkhai.tasks.tests.make import Cast, make_issue
from trienkhai.urging.actions import urge
from trienkhai.urging.models import Run, Silence, Urge

BEGIN, DAYS = date(2017, 1, 4), 362
Worker = Callable[[date], None]


class Killed(Exception):
    """The process ended in the middle of a run."""


def work(day: date) -> None:
    actions.open_occurrences(on=day, at=moment(day, 1))
    urge(on=day, at=moment(day, 2))


def played(worker: Worker) -> list[tuple[str, ...]]:
    """The notices of the year, as far as they do not depend on ids."""
    cast = Cast()
    for unit in cast.tree.grassroots:
        make_holder(unit, Role.LEADER)
    make_issue(
        cast,
        [
            {"title": "Quý I", "due_on": date(2017, 3, 31)},
            {"title": "Sơ kết", "due_on": date(2017, 7, 2)},
            {"title": "Sau lễ", "due_on": date(2017, 9, 4)},
            {"title": "Cuối năm", "due_on": date(2017, 12, 15)},
            {"title": "Hằng quý", "recurrence": "quarter", "due_on": date(2017, 3, 31)},
        ],
    )
    for number in range(DAYS):
        day = BEGIN + timedelta(days=number)
        worker(day)
        if day.weekday() < 5:
            people_work(cast, day)
    rows = Notice.objects.select_related("post__unit__present")
    return sorted(
        (row.at.isoformat(), row.kind, row.post.unit.code, row.post.role, str(sorted(row.params.items())))
        for row in rows
    )


def luck_of(row: Assignment, day: date) -> float:
    """The same for the same duty of the same unit on the same day, whatever ids they have."""
    words = f"{day} {row.task.title} {row.held_by.code} {row.occurrence}"
    return random.Random(words).random()


def people_work(cast: Cast, day: date) -> None:
    """Now and then somebody does something with something that is open."""
    for row in Assignment.objects.exclude(state__in=("done", "withdrawn")).select_related("task", "held_by__present"):
        luck, lan, at = luck_of(row, day), cast.holder_of(row), moment(day, 15)
        if luck > 0.03:
            continue
        if row.state == "assigned":
            actions.acknowledge(row.pk, by=lan, at=at)
        elif row.state == "submitted":
            actions.approve(row.pk, by=cast.approver_of(row), at=at)
        elif row.state == "paused":
            actions.resume(row.pk, by=cast.leader, at=at)
        elif luck < 0.006:
            actions.pause(row.pk, reason="Chờ", by=cast.leader, at=at)
        elif luck < 0.012 and not row.requests.filter(outcome="open").exists():
            actions.ask(
                row.pk, kind="extend", reason="Thêm", due_on=max(day, row.due_on) + timedelta(days=40), by=lan, at=at
            )
        elif luck < 0.02:
            trouble = "Thiếu kinh phí" if luck < 0.016 else ""
            actions.update_progress(row.pk, percent=50, text="Đang làm", bottleneck=trouble, by=lan, at=at)
        else:
            actions.submit_report(row.pk, text="Xong", by=lan, at=at)
    for asked in Request.objects.filter(outcome="open").select_related("assignment__task"):
        if luck_of(asked.assignment, day) > 0.9:
            actions.decide_request(asked.pk, grant=True, answer="", by=cast.leader, at=moment(day, 16))


@pytest.mark.django_db
def test_year_played_twice_tells_the_same():
    lists = []
    for _time in range(2):
        with transaction.atomic():
            lists.append(played(work))
            kinds = Counter(row[1].removesuffix("_many") for row in lists[-1])
            transaction.set_rollback(True)

    assert lists[0] == lists[1]
    assert {"urge_holder", "urge_head", "urge_above", "urge_assigner", "silent", "task_recurred"} <= set(kinds)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_year_with_restarts_and_two_workers_doubles_nothing():
    with transaction.atomic():
        alone = played(work)
        transaction.set_rollback(True)
    faults: list[Exception] = []

    def one_of_two(day: date) -> None:
        try:
            work(day)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    def two_after_a_crash(day: date) -> None:
        if day.day % 3 == 0:
            with suppress(Killed), transaction.atomic():
                work(day)
                raise Killed
        threads = [threading.Thread(target=one_of_two, args=[day]) for _number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    together = played(two_after_a_crash)

    assert faults == []
    assert together == alone
    assert Run.objects.count() == len({row.on for row in Run.objects.all()})
    for model in (Urge, Silence):
        assert model.objects.exists()
