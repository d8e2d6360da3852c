"""Thousands of decisions in the background: portions, a stop, a right that ends, two workers, later reports."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common.verdict import Refused
from trienkhai.notices.models import Notice
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.tasks import actions, background, decisions
from trienkhai.tasks.actions import jobs
from trienkhai.tasks.background import Area
from trienkhai.tasks.models import Assignment, BulkJob, State
from trienkhai.tasks.queries.approving import Filter
from trienkhai.tasks.queries.jobs import portions_of
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import Cast, at, make_issue

pytestmark = pytest.mark.django_db


class Waiting:
    """Twelve tasks at the two units of north, all reported: 24 reports that wait for the leader of north."""

    def __init__(self) -> None:
        self.cast = Cast()
        self.leader = self.cast.north_leader
        make_issue(self.cast, [{} for _n in range(12)], selection="unit:K.B.1 + unit:K.B.2")
        for row in Assignment.objects.all():
            actions.acknowledge(row.pk, by=self.cast.holder_of(row), at=at(4))
        for row in list(Assignment.objects.all())[:-1]:
            self.report(row)

    def report(self, row: Assignment, day: int = 5) -> None:
        actions.submit_report(row.pk, text="Đã xong", by=self.cast.holder_of(row), at=at(day))

    def begin(self, kind: str = "approve", **words: Any) -> BulkJob:
        return actions.begin_job("tasks", kind, [], by=self.leader, at=at(6), **words)


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Area:
    """A second area, whose decisions come to nothing."""
    area = replace(decisions.area, name="elsewhere", decide=lambda portion: 0)
    monkeypatch.setitem(background._areas, area.name, area)
    return area


def states() -> dict[str, int]:
    rows = list(Assignment.objects.values_list("state", flat=True))
    return {state: rows.count(state) for state in set(rows)}


def test_portions_are_carried_out_one_by_one_each_with_its_act_until_none_is_left(waiting: Waiting):
    job = waiting.begin(words="Đồng ý")

    steps = 0
    while actions.run_portion(at=at(6, hour=10), portion=10):
        steps += 1

    job.refresh_from_db()
    assert (job.state, job.done, job.wanted, steps) == ("finished", 23, 23, 3)
    assert [act.count for act in portions_of(job)] == [10, 10, 3]
    assert states() == {State.DONE: 23, State.ACKNOWLEDGED: 1}
    assert recount() == []


def test_a_report_that_came_after_the_question_is_not_decided_unseen(waiting: Waiting):
    waiting.begin()
    waiting.report(Assignment.objects.get(state=State.ACKNOWLEDGED), day=7)

    while actions.run_portion(at=at(7, hour=11), portion=10):
        pass

    assert states() == {State.DONE: 23, State.SUBMITTED: 1}


def test_a_stop_ends_it_after_the_portion_at_work_and_what_was_decided_stays(waiting: Waiting):
    job = waiting.begin()
    actions.run_portion(at=at(6, hour=10), portion=10)

    actions.stop_job(job.pk, by=waiting.leader, at=at(6, hour=10))
    while actions.run_portion(at=at(6, hour=11), portion=10):
        pass

    job.refresh_from_db()
    assert (job.state, job.done) == ("stopped", 10)
    assert states() == {State.DONE: 10, State.SUBMITTED: 13, State.ACKNOWLEDGED: 1}
    with pytest.raises(Refused):
        actions.stop_job(job.pk, by=waiting.leader, at=at(6, hour=12))


def test_a_right_that_ended_between_two_portions_ends_the_decisions(waiting: Waiting):
    job = waiting.begin()
    actions.run_portion(at=at(6, hour=10), portion=10)

    Holding.objects.filter(account=waiting.leader).update(valid_to=at(6).date() + timedelta(days=1))
    while actions.run_portion(at=at(7), portion=10):
        pass

    job.refresh_from_db()
    assert (job.state, job.done, bool(job.fault)) == ("stopped", 10, True)
    assert states()[State.SUBMITTED] == 13


def test_the_person_is_told_when_it_has_ended_and_can_find_it_again(waiting: Waiting, client: Any):
    done = waiting.begin()
    while actions.run_portion(at=at(6, hour=10), portion=20):
        pass
    waiting.report(Assignment.objects.get(state=State.ACKNOWLEDGED), day=6)
    stopped = waiting.begin()
    actions.stop_job(stopped.pk, by=waiting.leader, at=at(6, hour=11))
    actions.run_portion(at=at(6, hour=11))
    client.force_login(waiting.leader)

    told = Notice.objects.filter(kind__startswith="job_").order_by("pk")
    assert [(n.kind, n.params["done"], n.post.holdings.get().account) for n in told] == [
        ("job_finished", 23, waiting.leader),
        ("job_stopped", 0, waiting.leader),
    ]
    listed = client.get(reverse("tasks:jobs")).content.decode()
    queue = client.get(reverse("tasks:approvals")).content.decode()
    assert all(reverse("tasks:job", args=[job.pk]) in listed for job in (done, stopped))
    assert reverse("tasks:job", args=[stopped.pk]) in queue and reverse("tasks:job", args=[done.pk]) not in queue
    client.force_login(waiting.cast.south_leader)
    assert reverse("tasks:job", args=[done.pk]) not in client.get(reverse("tasks:jobs")).content.decode()


def test_the_list_of_jobs_asks_as_much_for_three_as_for_one(waiting: Waiting, client: Any):
    client.force_login(waiting.leader)
    client.get(reverse("tasks:jobs"))

    counts = []
    for number in (1, 2):
        for _n in range(number):
            actions.stop_job(waiting.begin().pk, by=waiting.leader, at=at(6))
            actions.run_portion(at=at(6))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("tasks:jobs"))
        counts.append(len(asked))

    assert BulkJob.objects.count() == 3 and counts[0] == counts[1]


def test_a_job_that_cannot_go_on_is_stopped_and_holds_nothing_up(waiting: Waiting):
    broken = waiting.begin()
    BulkJob.objects.filter(pk=broken.pk).update(narrowed=[["don-vi", "no id"]], words="Đồng ý")

    ran, again = actions.run_portion(at=at(6, hour=10)), actions.run_portion(at=at(6, hour=10))

    broken.refresh_from_db()
    assert (ran, again) == (True, False)
    assert (broken.state, broken.words, bool(broken.fault)) == ("stopped", "", True)
    assert states()[State.SUBMITTED] == 23


def test_a_form_sent_twice_begins_one_and_an_empty_queue_none(waiting: Waiting):
    first, second = waiting.begin(), waiting.begin()

    assert first.pk == second.pk and Act.objects.filter(verb="job.begun").count() == 1
    with pytest.raises(Refused):
        actions.begin_job("tasks", "approve", [], by=waiting.cast.south_leader, at=at(6))


def test_each_area_has_its_own_open_job_of_a_kind(waiting: Waiting, elsewhere: Area):
    first, other = waiting.begin(), actions.begin_job("elsewhere", "approve", [], by=waiting.leader, at=at(6))

    assert first.pk != other.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        BulkJob.objects.create(
            area="elsewhere", kind="approve", by=waiting.leader, wanted=1, created_at=at(6), changed_at=at(6)
        )
    with pytest.raises(KeyError):
        actions.begin_job("nowhere", "approve", [], by=waiting.leader, at=at(6))


def test_a_decision_that_decides_nothing_is_stopped(waiting: Waiting, elsewhere: Area):
    job = actions.begin_job("elsewhere", "approve", [], by=waiting.leader, at=at(6))

    ran, again = actions.run_portion(at=at(6, hour=10)), actions.run_portion(at=at(6, hour=10))

    job.refresh_from_db()
    assert (ran, again, job.state, job.done, bool(job.fault)) == (True, False, "stopped", 0, True)


def test_what_a_stopped_job_left_is_shown_by_its_filter(waiting: Waiting, client: Any):
    kept = Filter(unit=waiting.cast.tree.north1.pk).kept()
    job = actions.begin_job("tasks", "approve", kept, by=waiting.leader, at=at(6))
    actions.run_portion(at=at(6, hour=10), portion=5)
    actions.stop_job(job.pk, by=waiting.leader, at=at(6, hour=10))
    actions.run_portion(at=at(6, hour=10), portion=5)
    client.force_login(waiting.leader)

    shown = client.get(reverse("tasks:job", args=[job.pk])).content.decode()

    assert f'href="{reverse("tasks:approvals")}?don-vi={waiting.cast.tree.north1.pk}"' in shown


def test_many_are_returned_only_with_a_reason(waiting: Waiting):
    with pytest.raises(ValidationError):
        waiting.begin("return", words=" ")

    waiting.begin("return", words="Thiếu minh chứng")
    while actions.run_portion(at=at(6, hour=10), portion=10):
        pass

    assert states() == {State.RETURNED: 23, State.ACKNOWLEDGED: 1}


def test_the_filter_is_kept_with_those_left_out(waiting: Waiting):
    left_out = Assignment.objects.filter(state=State.SUBMITTED).first()
    assert left_out
    narrowed = Filter(unit=waiting.cast.tree.north1.pk, words="viec", without=(left_out.pk,))

    assert Filter.restored(narrowed.kept()) == narrowed


def test_from_so_many_on_the_page_starts_it_and_shows_how_far_it_is(waiting: Waiting, client: Any, monkeypatch: Any):
    monkeypatch.setattr(jobs, "IN_BACKGROUND", 20)
    client.force_login(waiting.leader)

    asked = client.get(reverse("tasks:approve_all")).content.decode()
    sent = client.post(reverse("tasks:approve_all"), {"remark": "Đồng ý"})
    job = BulkJob.objects.get()
    shown = client.get(sent.url).content.decode()
    stopped = client.post(reverse("tasks:job_stop", args=[job.pk]))
    client.force_login(waiting.cast.south_leader)

    assert ("23" in asked and "0 / 23" in shown.replace("0/23", "0 / 23")) or "0" in shown
    assert stopped.status_code == 302 and BulkJob.objects.get().stop_asked
    assert client.get(sent.url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_workers_decide_each_report_once(waiting: Waiting):
    job = waiting.begin()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _n: work(4), range(2)))
    while actions.run_portion(at=at(6, hour=11), portion=4):
        pass

    job.refresh_from_db()
    assert (job.state, job.done) == ("finished", 23)
    assert sum(act.count for act in portions_of(job)) == 23
    assert recount() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_approve_the_same_at_once_each_goes_on_behind_the_other(waiting: Waiting):
    other = make_holder(waiting.cast.tree.north, Role.LEADER)
    mine, theirs = (
        actions.begin_job("tasks", "approve", [], by=person, at=at(6)) for person in (waiting.leader, other)
    )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _n: work(4), range(4)))
    while actions.run_portion(at=at(6, hour=11), portion=4):
        pass

    jobs_now = list(BulkJob.objects.filter(pk__in=[mine.pk, theirs.pk]))
    assert [(job.state, job.fault) for job in jobs_now] == [("finished", "")] * 2
    assert sum(job.done for job in jobs_now) == 23
    assert sum(act.count for job in jobs_now for act in portions_of(job)) == 23
    assert states() == {State.DONE: 23, State.ACKNOWLEDGED: 1} and recount() == []


def work(portion: int) -> None:
    """A worker of its own, until nothing is left."""
    try:
        while actions.run_portion(at=at(6, hour=10), portion=portion):
            pass
    finally:
        connection.close()
