"""The report as a paper in the official layout: a draft that is finished, signed and issued like any other."""

from datetime import datetime

from django.db import transaction

from trienkhai.common.clock import day_of
from trienkhai.documents.actions import begin_draft
from trienkhai.documents.models import Draft
from trienkhai.documents.queries.drafts import habits_of
from trienkhai.people.models import Account
from trienkhai.reports.models import PeriodReport
from trienkhai.reports.papers import body_of, title_of
from trienkhai.reports.queries.beside import beside


@transaction.atomic
def draft_paper(report_id: int, *, by: Account, at: datetime) -> Draft:
    """A draft of the unit's report, tables beside the period before and last year's. Raises Refused."""
    report = PeriodReport.objects.select_related("period__form", "version", "held_by__present").get(pk=report_id)
    words = habits_of(report.held_by) | {
        "kind": "report",
        "title": title_of(report),
        "body": body_of(report, beside(report), day_of(at)),
    }
    return begin_draft(report.held_by, words, by=by, at=at)
