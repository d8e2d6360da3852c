"""A unit that leaves in mid-period: its report is carried to its successor, or closed with the reason."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from trienkhai.audit.actions import SYSTEM, Actor, record
from trienkhai.common import paths
from trienkhai.common.clock import day_of
from trienkhai.common.verdict import Refused
from trienkhai.orgs import journal
from trienkhai.orgs.models import Unit
from trienkhai.people.models import Account
from trienkhai.reports import rules
from trienkhai.reports.actions.deciding import need_reason
from trienkhai.reports.actions.filling import locked_report, note
from trienkhai.reports.actions.opening import ANSWERS_TO
from trienkhai.reports.models import TO_DO, PeriodReport, PeriodReportQuerySet, ReportState
from trienkhai.tasks.tally import ids_sql

OPEN = (*TO_DO, ReportState.SUBMITTED)
GONE = "Đơn vị đã kết thúc hoạt động trước khi gửi báo cáo."
MOVED_AWAY = "Đơn vị đã chuyển khỏi nhánh của cơ quan ban hành biểu mẫu."


@transaction.atomic
def close(report_id: int, *, reason: str, by: Account, at: datetime) -> PeriodReport:
    """Nobody is asked for this report any more; it leaves the counts. Raises Refused, ValidationError."""
    said = need_reason(reason)
    report = locked_report(report_id)
    verdict = rules.can_close(by, report, day_of(at)).require()
    report.state, report.reason = ReportState.CLOSED, said
    report.save(update_fields=["state", "reason"])
    note("period_report.closed", report, verdict, by, at, personal={"reason": said})
    return report


@transaction.atomic
def carry_to(report_id: int, unit: Unit, *, reason: str, by: Account, at: datetime) -> PeriodReport:
    """Let the successor hold the report with all that was written; who was asked at first stays known.

    Raises Refused; ValidationError for a unit outside the branch of the form.
    """
    said = need_reason(reason)
    report = locked_report(report_id)
    verdict = rules.can_close(by, report, day_of(at)).require()
    if report.state == ReportState.SUBMITTED:
        raise Refused(_("The report was sent and awaits approval."))
    top = report.period.form.unit.path or "-"
    if unit.pk == report.held_by_id or unit.closed_on <= day_of(at) or not paths.is_within(unit.path or "", top):
        raise ValidationError({"unit": _("A standing unit of the form's branch is meant.")})
    old = report.held_by
    report.held_by = unit
    report.save(update_fields=["held_by"])
    answer_anew([report.pk])
    note("period_report.carried", report, verdict, by, at, personal={"reason": said}, old=str(old), new=str(unit))
    return report


def close_left(*, on: date, at: datetime) -> int:
    """Close the open reports of units that no longer stand, in one act; returns how many. The worker does it daily."""
    return _close_all(PeriodReport.objects.filter(held_by__closed_on__lte=on, state__in=OPEN), GONE, SYSTEM, at)


def close_of_ended(rows: PeriodReportQuerySet, by: Actor, at: datetime) -> int:
    """Close reports of a unit that ends, of which nobody takes charge."""
    return _close_all(rows, GONE, by, at)


def close_moved_away(rows: PeriodReportQuerySet, by: Actor, at: datetime) -> int:
    """Close reports of units that no longer stand in the branch of the form's unit."""
    return _close_all(rows, MOVED_AWAY, by, at)


@transaction.atomic
def _close_all(rows: PeriodReportQuerySet, reason: str, by: Actor, at: datetime) -> int:
    locked = rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    ids = list(locked.values_list("pk", flat=True))
    if not ids:
        return 0
    journal.update(PeriodReport.objects.filter(pk__in=ids, state__in=OPEN), state=ReportState.CLOSED, reason=reason)
    record("period_report.closed", by=by, at=at, unit_path="", selection=reason, count=len(ids), bulk=True)
    return len(ids)


def answer_anew(ids: list[int]) -> None:
    """Let these reports answer to the unit that their form's rule says, by the present places; summaries stay."""
    chosen, params = ids_sql(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE reports_periodreport SET answers_to_id = (SELECT {ANSWERS_TO} FROM reports_period p "
            "JOIN reports_reportform f ON f.id = p.form_id JOIN orgs_unit g ON g.id = f.unit_id, orgs_unit u "
            "WHERE p.id = reports_periodreport.period_id AND u.id = reports_periodreport.held_by_id) "
            f"WHERE id {chosen} AND summary = %s",
            [*params, False],
        )
