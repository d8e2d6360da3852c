"""The upper unit's report drafts itself from those below, then a person writes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.reports import rules
from trienkhai.reports.actions.filling import locked_report, note, take_machine
from trienkhai.reports.models import Period, PeriodReport, ReportState
from trienkhai.reports.queries.summing import below, kept_parts, summed


@transaction.atomic
def begin_summary(period_id: int, unit: Unit, *, by: Account, at: datetime) -> PeriodReport:
    """The unit's report of the period, drafted from those below: its own where it was asked for one, else a summary.

    The one that was begun already again. Raises Refused.
    """
    period = Period.objects.select_for_update(of=("self",)).select_related("form__unit__present").get(pk=period_id)
    verdict = rules.can_sum(by, period, unit, day_of(at)).require()
    found = PeriodReport.objects.filter(period=period, unit=unit).first()
    if found is None:
        found = PeriodReport.objects.create(
            period=period, version=period.version, unit=unit, held_by=unit, answers_to=unit, summary=True
        )
        note("period_report.summed", locked_report(found.pk), verdict, by, at)
        return draw_up(found.pk, by=by, at=at)
    return found


@transaction.atomic
def draw_up(report_id: int, *, by: Account, at: datetime) -> PeriodReport:
    """Sum anew what those below have had approved. What a person corrected stays, the sum stands beside it.

    Raises Refused when nothing below is there to be summed.
    """
    report = locked_report(report_id)
    rules.can_fill(by, report, day_of(at)).require()
    parts = below(report.period, report.held_by)
    if not parts.expected and not report.summary:
        raise Refused(_("No unit below reports to this form."))
    design = report.version.read()
    take_machine(report, design, summed(design, parts.parts), by, at)
    report.parts, report.filled_at = kept_parts(parts), at
    if report.state == ReportState.EXPECTED:
        report.state = ReportState.DRAFT
    report.save()
    return report
