"""A person who decides on work has seen it. No act of the organisation: none is recorded."""

from datetime import date, datetime

from django.db import transaction

from trienkhai.people.models import Account
from trienkhai.tasks import rules
from trienkhai.tasks.models import ProgressReport, Seen


@transaction.atomic
def mark_seen(assignment_id: int, report_id: int, *, by: Account, on: date, at: datetime) -> Seen | None:
    """Keep which report the person has before them; None for one they do not see or an older one than was seen."""
    reports = rules.visible_reports(by, on).filter(assignment=assignment_id, pk=report_id)
    report: ProgressReport | None = reports.select_related("assignment").first()
    if report is None:
        return None
    values = {"report": report, "due_on": report.assignment.due_on, "at": at}
    seen, made = Seen.objects.get_or_create(account=by, assignment_id=assignment_id, defaults=values)
    if not made and report.pk >= seen.report_id:
        Seen.objects.filter(pk=seen.pk, report__lte=report.pk).update(**values)
    return seen
