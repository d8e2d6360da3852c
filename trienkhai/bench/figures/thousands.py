"""Five thousand reports approved by filter in the background, beside the same rows changed by two bare updates."""

import time

from django.db import transaction

from trienkhai.bench.organisation import TODAY, Organisation
from trienkhai.bench.scratch import Scratch
from trienkhai.bench.timing import seconds
from trienkhai.common.clock import moment
from trienkhai.tasks.actions import begin_job, run_portion
from trienkhai.tasks.models import Assignment, BulkJob, ProgressReport, ReportState, State

REPORTS = 5000
AT = moment(TODAY, 9)


def measure(scratch: Scratch, organisation: Organisation) -> dict[str, float]:
    """Each way on a copy of its own, so that what is measured afterwards finds the database as it was.

    `background_longest_s`: how long a portion held its rows at most.
    """
    with scratch.copy():
        _let_root_decide(organisation)
        spans = _portions(organisation)
        job = BulkJob.objects.get()
        assert (job.state, job.done) == (BulkJob.State.FINISHED, job.wanted)
    with scratch.copy():
        floor = _floor(_let_root_decide(organisation), organisation)
    return {
        "background_reports": job.done,
        "background_portions": len(spans),
        "background_longest_s": max(spans),
        "background_to_floor": sum(spans) / floor,
        "background_s": sum(spans),
        "background_floor_s": floor,
    }


def _let_root_decide(organisation: Organisation) -> list[int]:
    """Reports that wait below are put before the leader of the root; their ids."""
    waiting = Assignment.objects.filter(state=State.SUBMITTED).order_by("pk")
    ids = list(waiting.values_list("pk", flat=True)[:REPORTS])
    waiting.update(answers_to=organisation.leaves[0][0])
    Assignment.objects.filter(pk__in=ids).update(answers_to=organisation.root)
    return ids


def _portions(organisation: Organisation) -> list[float]:
    """The seconds of each portion, its commit included."""
    begin_job("tasks", "approve", [], by=organisation.leader, at=AT)
    spans = []
    begun = time.perf_counter()
    while run_portion(at=AT):
        spans.append(time.perf_counter() - begun)
        begun = time.perf_counter()
    return spans


def _floor(ids: list[int], organisation: Organisation) -> float:
    def updates() -> None:
        with transaction.atomic():
            Assignment.objects.filter(pk__in=ids).update(state=State.DONE, since_on=TODAY)
            ProgressReport.objects.filter(assignment__in=ids, state=ReportState.SUBMITTED).update(
                state=ReportState.APPROVED, decided_by=organisation.leader, decided_at=AT
            )

    return seconds(updates)
