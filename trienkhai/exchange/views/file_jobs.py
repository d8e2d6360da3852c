"""A large file of units and posts in the background: watched, its errors taken out, brought in after its dry run."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from trienkhai.common import clock
from trienkhai.common.htmx import go, page
from trienkhai.common.verdict import Refused
from trienkhai.exchange import actions, rules, waiting
from trienkhai.exchange.models import FileJob
from trienkhai.exchange.progress import line
from trienkhai.exchange.views.waiting_file import XLSX
from trienkhai.orgs.models import Unit
from trienkhai.people.requests import account_of


def begin(request: HttpRequest, unit: Unit, kind: str, token: str, name: str) -> HttpResponse:
    """Hand a kept file to the worker and go to where it is watched."""
    job = actions.begin_file_job(unit, kind, token, name, by=account_of(request), at=clock.now())
    return go(request, "exchange:file_job", job.pk)


def _job(request: HttpRequest, pk: int) -> FileJob:
    rows = rules.visible_file_jobs(account_of(request)).select_related("unit__present")
    return get_object_or_404(rows, pk=pk)


@require_GET
def file_job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the worker has come with a file, and what came of it."""
    job = _job(request, pk)
    leave = reverse("exchange:units", args=[job.unit_id])
    context: dict[str, Any] = {
        "job": job,
        "unit": job.unit,
        "name": job.name,
        "progress": _progress(job),
        "plan": job.result,
        "done": job.kind == FileJob.Kind.STORE and job.state == FileJob.State.FINISHED,
        "marked": reverse("exchange:file_job_marked", args=[job.pk]),
        "store": reverse("exchange:file_job_store", args=[job.pk]),
        "leave": leave,
        "crumbs": [{"label": _("The organisation as a file"), "url": leave}],
    }
    return page(request, "exchange/file_job.html", context, part="progress")


def _progress(job: FileJob) -> dict[str, Any] | None:
    found = waiting.progress_of(job.token) if job.is_open else None
    if found is None:
        return None
    stage, done, of = found
    return {"words": line(stage, done, of), "done": done, "of": of}


@require_POST
def file_job_store(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring in the file whose dry run found nothing wrong."""
    job = _job(request, pk)
    rules.can_import(account_of(request), job.unit, clock.today()).require()
    if job.kind != FileJob.Kind.TRY or job.state != FileJob.State.FINISHED or job.result.get("wrong"):
        raise Refused(_("Only a file whose dry run found nothing wrong is brought in."))
    if waiting.path_of(job.token) is None:
        raise Refused(_("The file is no longer kept. Send it again."))
    return begin(request, job.unit, FileJob.Kind.STORE, job.token, job.name)


@require_GET
def file_job_marked(request: HttpRequest, pk: int) -> FileResponse:
    """The file with what is wrong written in its own rows."""
    job = _job(request, pk)
    try:
        content = waiting.errors_of(job.token).open("rb")
    except FileNotFoundError as fault:
        raise Refused(_("The file is no longer kept. Send it again.")) from fault
    return FileResponse(content, as_attachment=True, filename=f"to-chuc-{job.unit.code}-loi.xlsx", content_type=XLSX)
