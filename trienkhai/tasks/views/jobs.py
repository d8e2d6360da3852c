"""Decisions in the background, of whatever area: one's own listed, one watched, stopped, read afterwards."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.people.requests import account_of
from trienkhai.tasks import actions
from trienkhai.tasks.background import area_of
from trienkhai.tasks.queries.jobs import lines_of, portions_of, visible_jobs
from trienkhai.tasks.views.rows import paged


@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """What the person let run, the newest first."""
    shown, pager = paged(request, visible_jobs(account_of(request)).order_by("-created_at", "-pk"))
    return page(request, "tasks/jobs.html", {"jobs": lines_of(shown), "pager": pager}, part="list")


@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a decision in the background has come, and what came of it."""
    found = get_object_or_404(visible_jobs(account_of(request)), pk=pk)
    area = area_of(found.area)
    context = {
        "job": found,
        "title": area.kinds[found.kind].title,
        "acts": portions_of(found),
        "address": area.address([] if found.state == found.State.FINISHED else found.narrowed),
        "crumbs": [
            {"label": area.label, "url": area.address([])},
            {"label": _("Decisions in the background"), "url": reverse("tasks:jobs")},
        ],
    }
    return page(request, "tasks/job.html", context, part="progress")


@require_POST
def job_stop(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_jobs(account_of(request)), pk=pk)
    actions.stop_job(found.pk, by=account_of(request), at=clock.now())
    return go(request, "tasks:job", pk)
