"""Open work that is withdrawn because a unit ends: in one act with its reason, reports awaiting approval with it."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trienkhai.audit.actions import Actor, record
from trienkhai.orgs import journal
from trienkhai.orgs.succession import Ending
from trienkhai.tasks import ledger
from trienkhai.tasks.models import OPEN_STATES, Assignment, ProgressReport, ReportState, State


def withdraw_all(rows: QuerySet[Assignment], end: Ending, by: Actor, at: datetime) -> None:
    """Those of the rows that are still open when they are locked."""
    found = list(rows.order_by("pk").values_list("pk", flat=True))
    ledger.lock_many(found)
    held = Assignment.objects.filter(pk__in=found, state__in=OPEN_STATES)
    ids = list(held.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return
    reason = str(_("The unit ended."))
    journal.touch(held)
    act = record(
        "assignments.withdrawn", end.unit, by=by, at=at, count=len(ids), unit_path=end.unit.path, reason=reason
    )
    ledger.shift(ids, ledger.Change(state=State.WITHDRAWN, submitted_on=None), on=end.on, act=act.pk)
    reports = ProgressReport.objects.filter(assignment__in=ids, state=ReportState.SUBMITTED)
    cancelled = {"state": ReportState.CANCELLED, "decided_by": by.account_id, "decided_at": at, "decision": reason}
    journal.update(reports, **cancelled)
