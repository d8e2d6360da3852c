"""What a person lets run in the background: its jobs, how far each is, the acts it made."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from trienkhai.audit.models import Act
from trienkhai.people.models import Account
from trienkhai.tasks.background import area_of
from trienkhai.tasks.models import BulkJob

LATEST = 10


def visible_jobs(account: Account) -> QuerySet[BulkJob]:
    """One's own: what a person lets run is its own act."""
    return BulkJob.objects.filter(by=account)


def selection_of(job: BulkJob) -> str:
    """What the act of each portion says of whom it is for."""
    return f"job {job.pk}; {area_of(job.area).described(job.narrowed)}"[:1000]


def portions_of(job: BulkJob) -> QuerySet[Act]:
    """The acts of a job, the first portion first."""
    acts = Act.objects.filter(at__gte=job.created_at, actor_id=job.by_id, selection=selection_of(job))
    return acts.order_by("pk")


@dataclass(frozen=True)
class Line:
    """A job as lists show it."""

    job: BulkJob
    title: str | Promise
    url: str


def lines_of(jobs: Iterable[BulkJob]) -> list[Line]:
    return [Line(job, area_of(job.area).kinds[job.kind].title, reverse("tasks:job", args=[job.pk])) for job in jobs]


def jobs_shown(account: Account, area: str) -> list[Line]:
    """Beside the list that jobs of the area decide on: those at work, else the one that ended last. One query."""
    latest = list(visible_jobs(account).filter(area=area).order_by("-created_at", "-pk")[:LATEST])
    return lines_of([job for job in latest if job.is_open] or latest[:1])
