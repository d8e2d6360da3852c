"""Five thousand reports approved by filter in the background: begun on a page, watched, stopped, begun again, read."""

from typing import Any

import pytest
from django.db.models import Count
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.tasks import actions
from trienkhai.tasks.models import Assignment, BulkJob, ProgressReport, State
from trienkhai.tasks.queries.jobs import portions_of
from trienkhai.tasks.tally import recount
from trienkhai.tasks.tests.make import Cast, make_waiting

pytestmark = pytest.mark.django_db
THOUSANDS = 5000


def begin(client: Any, remark: str) -> BulkJob:
    sent = client.post(reverse("tasks:approve_all"), {"remark": remark})
    job = BulkJob.objects.latest("pk")
    assert sent.url == reverse("tasks:job", args=[job.pk])
    return job


def read(client: Any, job: BulkJob) -> str:
    return client.get(reverse("tasks:job", args=[job.pk])).content.decode()


def test_five_thousand_are_decided_each_once_over_a_stop_in_the_middle(client: Any):
    cast = Cast()
    ids = make_waiting(cast, THOUSANDS)
    client.force_login(cast.north_leader)

    first = begin(client, "Đạt yêu cầu")
    for _portion in range(8):
        assert actions.run_portion(at=clock.now())
    halfway = read(client, first)
    client.post(reverse("tasks:job_stop", args=[first.pk]))
    while actions.run_portion(at=clock.now()):
        pass
    stopped = read(client, first)
    second = begin(client, "Đạt yêu cầu")
    while actions.run_portion(at=clock.now()):
        pass
    finished = read(client, second)

    assert 'value="2000"' in halfway and "2.000/5.000" in halfway and halfway.count(": 250</li>") == 8
    assert reverse("tasks:job_stop", args=[first.pk]) not in stopped and "2.000/5.000" in stopped
    assert "3.000/3.000" in finished and finished.count(": 250</li>") == 12
    jobs = list(BulkJob.objects.order_by("pk"))
    assert [(job.state, job.done, job.wanted, job.words) for job in jobs] == [
        ("stopped", 2000, 5000, ""),
        ("finished", 3000, 3000, ""),
    ]
    portions = [list(portions_of(job)) for job in jobs]
    assert [len(acts) for acts in portions] == [8, 12]
    assert {act.count for acts in portions for act in acts} == {250}
    assert Act.objects.filter(verb="report.approved").count() == 20
    assert Assignment.objects.filter(state=State.DONE).count() == len(set(ids)) == THOUSANDS
    once = ProgressReport.objects.filter(state="approved", decided_by=cast.north_leader, decision="Đạt yêu cầu")
    assert once.count() == once.values("assignment").distinct().count() == THOUSANDS
    assert recount() == []
    of_acts = Assignment.objects.values("act").annotate(n=Count("pk")).order_by("act")
    assert {(row["act"], row["n"]) for row in of_acts} == {(act.pk, 250) for acts in portions for act in acts}
