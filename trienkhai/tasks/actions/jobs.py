"""Thousands of decisions in the background: asked for, carried out in portions by the worker, stopped, read afterwards.

Each portion is one transaction with one act, so that a stop, a restart or a second worker neither loses nor doubles a
decision: what was decided no longer waits. The right is asked anew for each portion.
"""

import logging
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from trienkhai.audit.actions import Actor, record
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.documents.marks import fault_of
from trienkhai.notices.actions import tell_posts
from trienkhai.orgs.actors import actor
from trienkhai.orgs.models import Holding, Role
from trienkhai.orgs.rules import Grant, reach_of
from trienkhai.people.models import Account
from trienkhai.tasks.actions.deciding import need_reason
from trienkhai.tasks.background import Kept, Portion, area_of
from trienkhai.tasks.models import BulkJob
from trienkhai.tasks.queries.jobs import selection_of, visible_jobs

logger = logging.getLogger(__name__)
IN_BACKGROUND = 500
"""From so many reports on a page does not wait for the decision."""
PORTION = 250


@transaction.atomic
def begin_job(area: str, kind: str, narrowed: Kept, *, words: str = "", by: Account, at: datetime) -> BulkJob:
    """Let the worker decide what matches now. The person's open job of that kind again, for a form sent twice.

    area, kind: as the area registered them. Raises Refused when nothing waits, ValidationError without a reason for
    what needs one, or for words that bear a mark of secrecy.
    """
    decisions = area_of(area)
    if decisions.kinds[kind].reasoned:
        need_reason(words)
    if sentence := fault_of(words):
        raise ValidationError({"reason": sentence})
    Account.objects.select_for_update().get(pk=by.pk)
    same = BulkJob.objects.filter(by=by, area=area, kind=kind)
    if running := same.filter(state__in=("waiting", "running")).first():
        return running
    wanted = decisions.waiting(by, kind, narrowed, at, day_of(at)).count()
    if not wanted:
        raise Refused(_("Nothing matches that could be done."))
    job = BulkJob.objects.create(
        area=area, kind=kind, narrowed=narrowed, words=words.strip(), by=by, wanted=wanted, created_at=at, changed_at=at
    )
    record("job.begun", job, by=_actor(job, at), at=at, label=f"#{job.pk}", area=area, kind=kind, wanted=wanted)
    return job


@transaction.atomic
def stop_job(job_id: int, *, by: Account, at: datetime) -> BulkJob:
    """End after the portion at work; what was decided stays decided. Raises Refused for a job that has ended."""
    job = visible_jobs(by).select_for_update(of=("self",)).select_related("by").get(pk=job_id)
    if not job.is_open:
        raise Refused(_("This has ended already."))
    if not job.stop_asked:
        job.stop_asked, job.changed_at = True, at
        job.save(update_fields=["stop_asked", "changed_at"])
        record("job.stopped", job, by=_actor(job, at), at=at, label=f"#{job.pk}")
    return job


def _actor(job: BulkJob, at: datetime) -> Actor:
    """The person by the highest post that decides; by none when the right has ended, which a stop does not need."""
    grants = _grants(job, at)
    if not grants:
        return actor(job.by)
    highest = min(grants, key=lambda grant: (len(grant.path), grant.holding_id))
    return actor(
        job.by, Holding.objects.select_related("post__unit__present", "principal__account").get(pk=highest.holding_id)
    )


def _grants(job: BulkJob, at: datetime) -> tuple[Grant, ...]:
    allows = area_of(job.area).kinds[job.kind].allows
    return reach_of(job.by, day_of(at)).of(Role.LEADER).able(allows).grants


def _tell(job: BulkJob, at: datetime) -> None:
    """A notice of the end to the person's own highest post; nobody else reads the page it leads to."""
    own = [grant for grant in reach_of(job.by, day_of(at)).grants if grant.principal is None]
    if not own:
        return
    highest = min(own, key=lambda grant: (grant.role != Role.LEADER, len(grant.path), grant.holding_id))
    post = Holding.objects.values_list("post", flat=True).get(pk=highest.holding_id)
    kind = "job_finished" if job.state == BulkJob.State.FINISHED else "job_stopped"
    tell_posts([post], kind, url=reverse("tasks:job", args=[job.pk]), at=at, done=job.done, wanted=job.wanted)


def run_portion(*, at: datetime, portion: int = PORTION) -> bool:
    """Carry out the next portion of the oldest open job; False when there is none. Several workers do no harm."""
    with transaction.atomic():
        open_jobs = BulkJob.objects.filter(state__in=("waiting", "running")).order_by("created_at", "pk")
        job = open_jobs.select_for_update(skip_locked=True, of=("self",)).select_related("by").first()
        if job is None:
            return False
        try:
            with transaction.atomic():
                _carry_on(job, at, portion)
        except Exception:  # one job that cannot go on must not hold up the worker
            logger.exception("Job %s could not go on", job.pk)
            job.refresh_from_db()
            job.state, job.fault = BulkJob.State.STOPPED, _("It could not go on; the log of the worker says why.")
        if not job.is_open:
            job.words = ""  # each decision keeps them, where they can be erased
            _tell(job, at)
        job.changed_at = at
        job.save()
        return True


def _carry_on(job: BulkJob, at: datetime, portion: int) -> None:
    if job.stop_asked:
        job.state = BulkJob.State.STOPPED
        return
    job.state = BulkJob.State.RUNNING
    waiting = area_of(job.area).waiting(job.by, job.kind, job.narrowed, job.created_at, day_of(at))
    ids = list(waiting.values_list("pk", flat=True)[: min(portion, job.wanted - job.done)])
    with override(job.by.language):
        if not ids:
            _end(job, at)
            return
        try:
            job.done += _decide(job, ids, at)
        except Refused as fault:
            if waiting.filter(pk__in=ids).exists():  # else somebody was faster, and the others go on
                job.state, job.fault = BulkJob.State.STOPPED, str(fault)
    if job.done == job.wanted:
        job.state = BulkJob.State.FINISHED


def _end(job: BulkJob, at: datetime) -> None:
    """Nothing waits for the person any more: all was decided, or the right has ended."""
    if _grants(job, at):
        job.state = BulkJob.State.FINISHED
    else:
        job.state, job.fault = BulkJob.State.STOPPED, _("Your right to decide has ended.")


def _decide(job: BulkJob, ids: list[int], at: datetime) -> int:
    """Raises Refused when not one was decided, which would begin anew for ever."""
    portion = Portion(job.kind, ids, job.words, selection_of(job), job.by, at)
    if not (decided := area_of(job.area).decide(portion)):
        raise Refused(_("Nothing matches that could be done."))
    return decided
