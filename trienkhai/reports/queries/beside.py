"""One report beside others: the period before, the same one last year, what a correction altered, what was changed."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from trienkhai.reports import periods
from trienkhai.reports.answers import differences, fitting
from trienkhai.reports.design import Design, Field
from trienkhai.reports.models import RECEIVED, IssuedSheet, PeriodKind, PeriodReport


@dataclass(frozen=True)
class Beside:
    """Reports of the same unit by the same form that were sent; None where there is none."""

    before: PeriodReport | None = None
    last_year: PeriodReport | None = None


def beside(report: PeriodReport) -> Beside:
    """One query. A form filled once has nothing beside it. Answers to another version are read by this one's design."""
    period, form = report.period, report.period.form
    if form.kind == PeriodKind.ONCE:
        return Beside()
    before = periods.start_before(form.kind, period.starts_on)
    year = periods.year_before(period.starts_on)
    rows = PeriodReport.objects.filter(
        period__form=form, period__starts_on__in={before, year}, unit=report.unit_id, state__in=RECEIVED
    )
    design, found = report.version.read(), dict[date, PeriodReport]()
    for row in rows.select_related("period"):
        if row.version_id != report.version_id:
            row.values = fitting(design, row.values)
        found[row.period.starts_on] = row
    return Beside(found.get(before), found.get(year))


def altered(design: Design, sheets: list[IssuedSheet]) -> list[tuple[IssuedSheet, list[tuple[Field, Any, Any]]]]:
    """Each later sheet with the fields in which it differs from the one before."""
    return [(after, differences(design, before.values, after.values)) for before, after in pairwise(sheets)]
