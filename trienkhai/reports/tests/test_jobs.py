"""A thousand period reports decided by filter in the background: begun on the page, stopped, begun again, each once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common import clock
from trienkhai.orgs.models import Role
from trienkhai.orgs.tests.make import make_holder
from trienkhai.reports.models import IssuedSheet, PeriodReport, ReportState
from trienkhai.reports.queries.approving import Filter
from trienkhai.reports.queries.integrity import digest_of
from trienkhai.reports.tests.make import Cast, make_waiting, report_of
from trienkhai.tasks.actions import begin_job, jobs, run_portion
from trienkhai.tasks.models import BulkJob
from trienkhai.tasks.queries.jobs import portions_of
from trienkhai.tasks.tests.make import at

pytestmark = pytest.mark.django_db


def states() -> dict[str, int]:
    found = list(PeriodReport.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def work(portion: int = 250) -> None:
    while run_portion(at=clock.now(), portion=portion):
        pass


def worker(portion: int) -> None:
    """In a thread of its own."""
    try:
        work(portion)
    finally:
        connection.close()


def test_a_thousand_are_approved_each_once_over_a_stop_in_the_middle(client: Any):
    cast = Cast()
    ids = make_waiting(cast, 1000)
    client.force_login(cast.north_leader)

    asked = client.get(reverse("reports:approve_all")).content.decode()
    sent = client.post(reverse("reports:approve_all"))
    first = BulkJob.objects.get()
    assert run_portion(at=clock.now())
    queue = client.get(reverse("reports:approvals")).content.decode()
    client.post(reverse("tasks:job_stop", args=[first.pk]))
    work()
    stopped = client.get(sent.url).content.decode()
    again = client.post(reverse("reports:approve_all"))
    work()
    finished = client.get(again.url).content.decode()

    assert "<h1>Duyệt 1.000 báo cáo</h1>" in asked
    assert sent.url == reverse("tasks:job", args=[first.pk]) and sent.url in queue
    assert "250/1.000" in stopped and reverse("reports:approvals") in stopped
    assert "750/750" in finished and finished.count(": 250</li>") == 3
    both = list(BulkJob.objects.order_by("pk"))
    assert [(job.area, job.kind, job.state, job.done) for job in both] == [
        ("reports", "approve", "stopped", 250),
        ("reports", "approve", "finished", 750),
    ]
    assert [len(portions_of(job)) for job in both] == [1, 3]
    assert Act.objects.filter(verb="period_report.approved").count() == 4
    assert states() == {ReportState.APPROVED: 1000}
    sheets = list(IssuedSheet.objects.select_related("report__held_by"))
    assert sorted(sheet.report_id for sheet in sheets) == sorted(ids)
    assert all(sheet.number == 1 and sheet.digest == digest_of(sheet) for sheet in sheets)


def test_many_are_returned_with_one_reason_and_each_unit_is_told(client: Any, monkeypatch: pytest.MonkeyPatch):
    cast = Cast()
    make_waiting(cast, 20)
    client.force_login(cast.north_leader)
    monkeypatch.setattr(jobs, "IN_BACKGROUND", 10)

    empty = client.post(reverse("reports:return_all"), {"reason": "  "})
    sent = client.post(reverse("reports:return_all"), {"reason": "Thiếu số liệu"})
    work(8)

    assert (empty.status_code, sent.status_code) == (422, 302)
    assert states() == {ReportState.RETURNED: 20}
    once = {"reason": "Thiếu số liệu", "returned": 1, "submitted_on": None, "submitted_by": None}
    assert PeriodReport.objects.filter(**once).count() == 20
    job = BulkJob.objects.get()
    assert (job.kind, job.state, job.done, job.words, len(portions_of(job))) == ("return", "finished", 20, "", 3)
    client.force_login(cast.focal[cast.tree.north1.pk])
    inbox = client.get(reverse("notices:inbox")).content.decode()
    assert "bị trả lại" in inbox


def test_below_the_number_many_are_decided_at_once(client: Any):
    cast = Cast()
    period = cast.opened()
    for unit in (cast.tree.north1, cast.tree.north2):
        cast.send(period, unit)
    client.force_login(cast.north_leader)

    client.post(reverse("reports:return_all"), {"ky": period.pk, "reason": "Thiếu"})
    client.post(reverse("reports:return_all"), {"ky": period.pk, "reason": "Thiếu"})

    returned = report_of(period, cast.tree.north1)
    assert (returned.state, returned.returned, BulkJob.objects.count()) == (ReportState.RETURNED, 1, 0)
    assert Act.objects.get(verb="period_report.returned").count == 2


def test_one_that_was_sent_after_the_question_and_ones_own_stay(client: Any):
    cast = Cast()
    period = cast.opened()
    cast.send(period, cast.tree.north1, when=at(6))
    job = begin_job("reports", "approve", [], by=cast.north_leader, at=at(7))
    cast.send(period, cast.tree.north2, when=at(8))
    work(1)

    job.refresh_from_db()
    assert (job.state, job.done) == ("finished", 1)
    assert report_of(period, cast.tree.north2).state == ReportState.SUBMITTED


def test_the_filter_of_a_job_says_what_the_page_said(client: Any):
    cast = Cast()
    make_waiting(cast, 6)
    late = PeriodReport.objects.latest("pk")
    asked = {"ky": str(late.period_id), "don-vi": str(cast.tree.north2.pk), "kip": "late"}
    narrowed = Filter.read(asked)

    assert Filter.restored(narrowed.kept()) == narrowed
    assert list(narrowed.apply(PeriodReport.objects.all())) == [late]
    assert not Filter.read(asked | {"kip": "in_time"}).apply(PeriodReport.objects.all())
    assert Filter.read({"ky": "1; DROP", "don-vi": "²", "kip": "x"}) == Filter()
    client.force_login(cast.north_leader)
    shown = client.get(reverse("reports:approvals"), asked).content.decode()
    assert 'name="kip" value="late"' in shown and f'name="ky" value="{late.period_id}"' in shown


@pytest.mark.django_db(transaction=True)
def test_two_people_and_four_workers_approve_each_report_once():
    cast = Cast()
    make_waiting(cast, 40)
    people = (cast.north_leader, make_holder(cast.tree.north, Role.LEADER))
    begun = [begin_job("reports", "approve", [], by=person, at=clock.now()) for person in people]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _n: worker(5), range(4)))
    work(5)

    ended = list(BulkJob.objects.filter(pk__in=[job.pk for job in begun]))
    assert [(job.state, job.fault) for job in ended] == [("finished", "")] * 2
    assert sum(job.done for job in ended) == IssuedSheet.objects.count() == 40
    assert sum(Act.objects.filter(verb="period_report.approved").values_list("count", flat=True)) == 40
    assert states() == {ReportState.APPROVED: 40}
