"""Periods in words, and what the acts of this area say in the log."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trienkhai.reports.models import Period, ReportForm
from trienkhai.reports.periods import ROMAN

SENTENCES: dict[str, str | Promise] = {
    "form.begun": gettext_lazy("began a report form"),
    "form.changed": gettext_lazy("changed the days or recipients of a report form"),
    "form.designed": gettext_lazy("changed the design of a report form"),
    "form.released": gettext_lazy("put a version of a report form in force"),
    "form.ended": gettext_lazy("ended a report form"),
    "period.opened": gettext_lazy("opened a reporting period"),
    "period.reminded": gettext_lazy("reminded those whose report is missing"),
    "period_report.begun": gettext_lazy("began a period report"),
    "period_report.summed": gettext_lazy("began a summary of those below"),
    "period_report.submitted": gettext_lazy("sent a period report"),
    "period_report.approved": gettext_lazy("approved a period report and closed its figures"),
    "period_report.returned": gettext_lazy("returned a period report"),
    "period_report.reopened": gettext_lazy("opened an approved period report for a correction"),
    "period_report.closed": gettext_lazy("closed a period report"),
    "period_report.carried": gettext_lazy("carried a period report to another unit"),
}


def period_words(form: ReportForm, period: Period) -> str:
    """“quarter III/2017”, in the language of the page."""
    start = period.starts_on
    known: dict[str, Any] = {"year": start.year, "month": start.month, "quarter": ROMAN[(start.month - 1) // 3]}
    words = {
        "month": _("month %(month)s/%(year)s"),
        "quarter": _("quarter %(quarter)s/%(year)s"),
        "half": _("first half of %(year)s") if start.month == 1 else _("second half of %(year)s"),
        "nine_months": _("nine months of %(year)s"),
        "year": _("year %(year)s"),
    }
    if form.kind in words:
        return words[form.kind] % known
    return f"{period.starts_on:%d/%m/%Y} – {period.ends_on:%d/%m/%Y}"
