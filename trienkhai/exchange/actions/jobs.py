"""Large files in the background: tried or brought in by the worker, all of a file or nothing, watched meanwhile.

A dry run holds no lock. An import is one transaction with the state of its job, so that a worker that dies in the
middle leaves the file as it was, and the next one begins anew. The right is asked again under the lock.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.exchange import rules, waiting
from trienkhai.exchange.actions.units import WrongRows, apply_import
from trienkhai.exchange.files import Table, read_tables
from trienkhai.exchange.models import FileJob
from trienkhai.exchange.planning import Plan, plan_import
from trienkhai.exchange.planning.summary import summary_of
from trienkhai.exchange.progress import Stage
from trienkhai.exchange.writing import write_marked
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account

logger = logging.getLogger(__name__)
SILENT_SECONDS = 300
"""A job that is said to run and of which nothing was heard for so long has lost its worker."""


@transaction.atomic
def begin_file_job(unit: Unit, kind: str, token: str, name: str, *, by: Account, at: datetime) -> FileJob:
    """Let the worker try or bring in a kept file. The person's open job, for a form sent twice.

    Raises Refused when the person may not bring in files for the unit.
    """
    Account.objects.select_for_update().get(pk=by.pk)
    rules.can_import(by, unit, day_of(at)).require()
    if running := FileJob.objects.filter(by=by, state__in=("waiting", "running")).first():
        return running
    return FileJob.objects.create(
        unit=unit, kind=kind, token=token, name=name[:250], by=by, created_at=at, changed_at=at
    )


def run_next_file(*, now: Callable[[], datetime]) -> bool:
    """Work on the oldest file that waits, from its first row to its last; False when there is none.

    Several workers do no harm.
    """
    job = _taken(now())
    if job is None:
        return False
    try:
        with override(job.by.language):
            _work(job, now)
    except Exception:  # one file that cannot be worked on must not hold up the worker
        logger.exception("File %s could not be worked on", job.pk)
        _end(job, FileJob.State.STOPPED, now(), fault=_("It could not go on; the log of the worker says why."))
    finally:
        waiting.end_progress(job.token)
    return True


@transaction.atomic
def _taken(at: datetime) -> FileJob | None:
    """The oldest job that waits, or whose worker was not heard of any more; it is this one's now."""
    lost = Q(state="running", changed_at__lt=at - timedelta(seconds=SILENT_SECONDS))
    rows = FileJob.objects.filter(Q(state="waiting") | lost).order_by("created_at", "pk")
    for job in rows.select_for_update(skip_locked=True, of=("self",)).select_related("by", "unit"):
        if job.state == FileJob.State.WAITING or not waiting.is_worked_on(job.token, SILENT_SECONDS):
            job.state, job.changed_at = FileJob.State.RUNNING, at
            job.save(update_fields=["state", "changed_at"])
            return job
    return None


def _work(job: FileJob, now: Callable[[], datetime]) -> None:
    path = waiting.path_of(job.token)
    if path is None:
        _end(job, FileJob.State.STOPPED, now(), fault=_("The file is no longer kept. Send it again."))
        return
    waiting.keep_on(path)

    def tell(stage: Stage, done: int, of: int) -> None:
        waiting.tell_progress(job.token, stage, done, of)

    try:
        with path.open("rb") as source:
            tables = read_tables(source, path.name, day_of(now()), tell=tell)
        if job.kind == FileJob.Kind.TRY:
            _try(job, path, tables, tell, now)
        else:
            _store(job, tables, tell, now)
    except (Refused, ValidationError) as fault:
        words = " ".join(fault.messages) if isinstance(fault, ValidationError) else str(fault)
        _end(job, FileJob.State.STOPPED, now(), fault=words)
    waiting.keep_on(path)


def _try(job: FileJob, path: Path, tables: dict[str, Table], tell: Any, now: Callable[[], datetime]) -> None:
    unit = Unit.objects.select_related("present__parent__present").get(pk=job.unit_id)
    rules.can_import(job.by, unit, day_of(now())).require()
    plan = plan_import(tables, unit, day_of(now()), tell=tell)
    _keep_errors(job, path, plan, tell)
    _end(job, FileJob.State.FINISHED, now(), plan=plan)


def _store(job: FileJob, tables: dict[str, Table], tell: Any, now: Callable[[], datetime]) -> None:
    try:
        with transaction.atomic():
            plan = apply_import(tables, job.unit, by=job.by, at=now(), tell=tell)
            _end(job, FileJob.State.FINISHED, now(), plan=plan)
    except WrongRows as fault:
        _end(job, FileJob.State.STOPPED, now(), fault=" ".join(fault.messages), plan=fault.plan)


def _keep_errors(job: FileJob, path: Path, plan: Plan, tell: Any) -> None:
    if plan.wrong:
        with path.open("rb") as source, waiting.errors_of(job.token).open("wb") as target:
            write_marked(target, plan.tables, source, path.name, tell=tell)


def _end(job: FileJob, state: str, at: datetime, *, fault: str = "", plan: Plan | None = None) -> None:
    job.state, job.fault, job.changed_at = state, fault, at
    job.result = summary_of(plan, day_of(at)) if plan else {}
    job.save(update_fields=["state", "fault", "changed_at", "result"])
