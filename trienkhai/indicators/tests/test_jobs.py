"""Values decided by the thousand in the background: portions, a stop, what came later, a right that ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from trienkhai.audit.models import Act
from trienkhai.common.models import Installation
from trienkhai.common.verdict import Refused
from trienkhai.indicators import decisions
from trienkhai.indicators.models import State, Value
from trienkhai.indicators.tests.make import AFTER_Q1, Cast
from trienkhai.indicators.views import approving
from trienkhai.orgs.models import Holding
from trienkhai.people.models import Account
from trienkhai.tasks.actions.jobs import begin_job, run_portion, stop_job
from trienkhai.tasks.models import BulkJob
from trienkhai.tasks.queries.jobs import portions_of

pytestmark = pytest.mark.django_db
ASKED = AFTER_Q1 + timedelta(hours=1)
LATER = AFTER_Q1 + timedelta(hours=2)


@pytest.fixture
def cast() -> Cast:
    """Five values of one indicator and one of another wait for the leader of the bloc."""
    Installation.objects.update_or_create(pk=1, defaults={"is_demo": True, "demo_today": date(2017, 4, 20)})
    cast = Cast()
    cast.give()
    for unit in cast.tree.grassroots:
        cast.tell(unit, "5")
    other = cast.define("CT2")
    cast.give(to=other)
    cast.tell(cast.tree.north1, "3", indicator=other)
    return cast


def begin(cast: Cast, kind: str = "approve", indicator: int | None = None, **words: Any) -> BulkJob:
    return begin_job("indicators", kind, decisions.kept(indicator), by=cast.leader, at=ASKED, **words)


def states() -> dict[str, int]:
    found = list(Value.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def test_portions_are_decided_one_by_one_each_with_its_act(cast: Cast):
    job = begin(cast)

    steps = 0
    while run_portion(at=LATER, portion=4):
        steps += 1

    job.refresh_from_db()
    assert (job.state, job.done, job.wanted, steps) == ("finished", 6, 6, 2)
    assert [act.count for act in portions_of(job)] == [4, 2]
    assert states() == {State.APPROVED: 6}


def test_only_the_indicator_of_the_filter_is_decided_and_its_code_stands_in_the_act(cast: Cast):
    job = begin(cast, indicator=cast.indicator.pk)

    while run_portion(at=LATER):
        pass

    assert states() == {State.APPROVED: 5, State.SUBMITTED: 1}
    assert "CT1" in Act.objects.get(verb="value.approved").selection
    assert decisions.area.address(job.narrowed).endswith(f"?chi-tieu={cast.indicator.pk}")


def test_returning_needs_a_reason_which_each_value_keeps(cast: Cast):
    with pytest.raises(ValidationError):
        begin(cast, "return", words="  ")
    begin(cast, "return", words="Thiếu minh chứng")

    while run_portion(at=LATER):
        pass

    assert states() == {State.RETURNED: 6}
    assert set(Value.objects.values_list("decision", flat=True)) == {"Thiếu minh chứng"}


def test_what_was_told_after_the_question_is_not_decided_unseen(cast: Cast):
    value = Value.objects.latest("pk")
    Value.objects.filter(pk=value.pk).update(submitted_at=LATER)
    job = begin(cast)

    while run_portion(at=LATER):
        pass

    job.refresh_from_db()
    assert (job.wanted, job.done) == (5, 5) and states() == {State.APPROVED: 5, State.SUBMITTED: 1}


def test_it_stops_after_the_portion_at_work_and_when_the_right_ends(cast: Cast):
    first = begin(cast)
    run_portion(at=LATER, portion=2)
    stop_job(first.pk, by=cast.leader, at=LATER)
    run_portion(at=LATER, portion=2)
    assert states() == {State.APPROVED: 2, State.SUBMITTED: 4}

    second = begin(cast)
    Holding.objects.filter(account=cast.leader).update(valid_to=LATER.date())
    run_portion(at=LATER, portion=2)

    second.refresh_from_db()
    assert not second.is_open and second.done == 0
    assert states() == {State.APPROVED: 2, State.SUBMITTED: 4}
    with pytest.raises(Refused):
        begin_job("indicators", "return", [], words="Thiếu", by=Account.objects.get(pk=cast.leader.pk), at=ASKED)


def test_many_on_the_page_become_a_job_that_can_be_watched_and_few_are_decided_at_once(
    cast: Cast, client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(approving, "IN_BACKGROUND", 6)
    client.force_login(cast.leader)
    address = reverse("indicators:waiting")

    few = client.post(f"{address}?chi-tieu={cast.indicator.pk}", {"verb": "return_all", "reason": "Thiếu"})
    assert few.url.startswith(address) and states() == {State.RETURNED: 5, State.SUBMITTED: 1}
    Value.objects.update(state=State.SUBMITTED)
    wrong = client.post(address, {"verb": "return_all", "reason": " "})
    assert wrong.status_code == 422 and not BulkJob.objects.exists()
    many = client.post(address, {"verb": "approve_all"})

    job = BulkJob.objects.get()
    assert many.url == reverse("tasks:job", args=[job.pk]) and (job.area, job.wanted) == ("indicators", 6)
    assert address in client.get(many.url).content.decode()
    client.force_login(cast.officer)
    assert client.get(many.url).status_code == 404
