"""What was sent is approved and locked, with an issued sheet that never changes; or returned; or opened again."""

import hashlib
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext as _

from trienkhai.audit.actions import record
from trienkhai.common.clock import day_of
from trienkhai.common.folding import nfc
from trienkhai.common.verdict import Refused
from trienkhai.notices.actions import tell, tell_units
from trienkhai.orgs.actors import actor
from trienkhai.people.models import Account
from trienkhai.reports import rules
from trienkhai.reports.actions.filling import locked_report, news, note
from trienkhai.reports.models import IssuedSheet, PeriodReport, PeriodReportQuerySet, ReportState
from trienkhai.reports.queries.integrity import digest_of
from trienkhai.tasks.tally import ids_sql

LONGEST_REASON = 2000


@transaction.atomic
def approve(report_id: int, *, by: Account, at: datetime) -> PeriodReport:
    """Lock the report; its answers stay as issued sheet number 1, after a correction as the next. Raises Refused."""
    report = locked_report(report_id)
    verdict = rules.can_decide(by, report, day_of(at)).require()
    sheet = _sheet(report, report.sheets.count() + 1, at)
    act = note("period_report.approved", report, verdict, by, at, sheet=sheet.number, digest=sheet.digest)
    sheet.act = act.pk
    sheet.save()
    report.state, report.decided_by, report.decided_at, report.reason = ReportState.APPROVED, by, at, ""
    report.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    _tell(report, "period_approved", act.pk, at)
    return report


def _sheet(report: PeriodReport, number: int, at: datetime) -> IssuedSheet:
    assert report.submitted_on is not None  # by a constraint
    sheet = IssuedSheet(
        report=report,
        number=number,
        version_id=report.version_id,
        values=report.values,
        submitted_on=report.submitted_on,
        on=day_of(at),
    )
    sheet.digest = digest_of(sheet)
    return sheet


@transaction.atomic
def approve_matching(rows: PeriodReportQuerySet, *, selection: str, by: Account, at: datetime) -> int:
    """Approve every report of `rows` that awaits this person's decision, in one act; returns how many.

    Own reports stay out. Raises Refused for none.
    """
    ids, act = _decided(rows, "period_report.approved", selection, "", by, at)
    _issue_sheets(ids, act, at)
    changed = PeriodReport.objects.filter(pk__in=ids)
    changed.update(state=ReportState.APPROVED, decided_by=by, decided_at=at, reason="")
    _tell_many(ids, "period_approved_many", act, at)
    return len(ids)


@transaction.atomic
def return_matching(rows: PeriodReportQuerySet, *, selection: str, reason: str, by: Account, at: datetime) -> int:
    """Return every report of `rows` that awaits this person's decision, with one reason, in one act; returns how many.

    Own reports stay out. Raises Refused for none, ValidationError without a reason.
    """
    said = need_reason(reason)
    ids, act = _decided(rows, "period_report.returned", selection, said, by, at)
    PeriodReport.objects.filter(pk__in=ids).update(
        state=ReportState.RETURNED,
        reason=said,
        returned=F("returned") + 1,
        decided_by=by,
        decided_at=at,
        submitted_on=None,
        submitted_at=None,
        submitted_by=None,
        principal=None,
    )
    _tell_many(ids, "period_returned_many", act, at)
    return len(ids)


def _decided(
    rows: PeriodReportQuerySet, verb: str, selection: str, reason: str, by: Account, at: datetime
) -> tuple[list[int], int]:
    """The ids among `rows` that await this person's decision, locked in their order, and the one act for all."""
    waiting = rows.filter(pk__in=rules.awaiting_decision(by, day_of(at)).values("pk"))
    locked = waiting.select_for_update(of=("self",), no_key=True).order_by("pk")
    ids = list(locked.values_list("pk", flat=True))
    if connection.vendor == "postgresql":  # another leader may have been first
        ids = list(waiting.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    if not ids:
        raise Refused(_("Nothing matches that could be done."))
    verdict = rules.can_decide(by, locked_report(ids[0]), day_of(at)).require()
    digest = hashlib.sha256(",".join(map(str, ids)).encode()).hexdigest()
    act = record(
        verb,
        by=actor(by, verdict.holding),
        at=at,
        selection=selection,
        count=len(ids),
        digest=digest,
        bulk=True,
        personal={"reason": reason} if reason else None,
    )
    return ids, act.pk


def _tell_many(ids: list[int], kind: str, act: int, at: datetime) -> None:
    chosen, params = ids_sql(ids)
    tell_units(
        f"SELECT r.held_by_id FROM reports_periodreport r WHERE r.id {chosen}",
        params,
        rules.ADDRESSED,
        kind,
        url=reverse("reports:overview"),
        at=at,
        act=act,
    )


def _issue_sheets(ids: list[int], act: int, at: datetime) -> None:
    listed = PeriodReport.objects.filter(pk__in=ids).annotate(issued=Count("sheets"))
    sheets = []
    for report in listed.iterator(chunk_size=500):
        sheet = _sheet(report, report.issued + 1, at)
        sheet.act = act
        sheets.append(sheet)
    IssuedSheet.objects.bulk_create(sheets, batch_size=500)


def need_reason(text: str) -> str:
    reason = nfc(text.replace("\x00", "")).strip()
    if not reason:
        raise ValidationError({"reason": _("Say why.")})
    return reason[:LONGEST_REASON]


@transaction.atomic
def return_report(report_id: int, *, reason: str, by: Account, at: datetime) -> PeriodReport:
    """Send it back to be completed, with the reason. Raises Refused; ValidationError without a reason."""
    said = need_reason(reason)
    report = locked_report(report_id)
    verdict = rules.can_decide(by, report, day_of(at)).require()
    return _sent_back(report, "period_report.returned", said, verdict.holding, by, at)


@transaction.atomic
def reopen(report_id: int, *, reason: str, by: Account, at: datetime) -> PeriodReport:
    """Open an approved report for a correction. Its issued sheet stays; what is altered shows as a difference."""
    said = need_reason(reason)
    report = locked_report(report_id)
    verdict = rules.can_reopen(by, report, day_of(at)).require()
    return _sent_back(report, "period_report.reopened", said, verdict.holding, by, at)


def _sent_back(
    report: PeriodReport, verb: str, reason: str, holding: object, by: Account, at: datetime
) -> PeriodReport:
    report.state, report.reason = ReportState.RETURNED, reason
    report.returned += 1
    report.decided_by, report.decided_at = by, at
    report.submitted_on = report.submitted_at = report.submitted_by = report.principal = None
    report.save()
    named = news(report)
    label = f"{named['report']}, {named['period']}: {report.held_by.short_name}"
    act = record(
        verb,
        report,
        by=actor(by, holding),  # type: ignore[arg-type]
        at=at,
        unit_path=report.held_by.path or "",
        label=label,
        personal={"reason": reason},
    )
    _tell(report, "period_returned", act.pk, at)
    return report


def _tell(report: PeriodReport, kind: str, act: int, at: datetime) -> None:
    url = reverse("reports:report", args=[report.pk])
    tell(report.held_by_id, rules.ADDRESSED, kind, url=url, at=at, act=act, **news(report))
