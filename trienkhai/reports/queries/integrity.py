"""Rows of this area that contradict each other: none, as long as only its actions write."""

import hashlib
import json
from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from trienkhai.reports.models import IssuedSheet, Period, PeriodReport, ReportState


def digest_of(sheet: IssuedSheet) -> str:
    """SHA-256 over what an issued sheet says."""
    said = [sheet.report_id, sheet.number, sheet.version_id, str(sheet.submitted_on), sheet.values]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def altered_sheets() -> Iterator[int]:
    """Reports of which an issued sheet is no longer what was approved."""
    for sheet in IssuedSheet.objects.order_by("pk").iterator(chunk_size=500):
        if digest_of(sheet) != sheet.digest:
            yield sheet.report_id


def without_sheet() -> QuerySet[PeriodReport, int]:
    """Approved reports whose answers are not those of their last sheet: none at all, or an older number."""
    sheets = IssuedSheet.objects.filter(report=OuterRef("pk"))
    rows = PeriodReport.objects.filter(Q(state=ReportState.APPROVED), ~Exists(sheets))
    return rows.order_by("pk").values_list("pk", flat=True)


def miscounted() -> QuerySet[Period, int]:
    """Periods whose reports are not as many as were opened."""
    rows = Period.objects.annotate(made=Count("reports", filter=Q(reports__summary=False))).exclude(made=F("count"))
    return rows.order_by("pk").values_list("pk", flat=True)
