"""What units answer in a period, how drafts changed, what was issued and stays."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.orgs.models import Unit
from trienkhai.reports.models.forms import FormVersion, Period


class ReportState(models.TextChoices):
    EXPECTED = "expected", pgettext_lazy("period report", "not begun")
    DRAFT = "draft", _("being filled")
    SUBMITTED = "submitted", _("awaiting approval")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    CLOSED = "closed", _("closed")


TO_DO = (ReportState.EXPECTED, ReportState.DRAFT, ReportState.RETURNED)
RECEIVED = (ReportState.SUBMITTED, ReportState.APPROVED)


class PeriodReportQuerySet(models.QuerySet["PeriodReport"]):
    def counted(self) -> "PeriodReportQuerySet":
        """Those that are expected of someone: no summaries of the units above, none that was closed."""
        return self.filter(summary=False).exclude(state=ReportState.CLOSED)

    def missing(self) -> "PeriodReportQuerySet":
        return self.counted().filter(state__in=TO_DO)


class PeriodReport(models.Model):
    """What one unit reports in one period: `unit` was asked and never changes, `held_by` answers now.

    `summary`: of a unit that was not asked itself and sums what its branch reports. `values`: the answers; `machine`:
    what the machine filled in, kept beside; `wrong`: text that is no number, as it was typed; `parts`: for values
    drafted from below, the ids of the reports summed and of the units missing then. `revision` grows with each stored
    draft. `submitted_on`: the day of the report that awaits approval or was approved; `returned`: how many times it
    was sent back.
    """

    period = models.ForeignKey(Period, models.RESTRICT, related_name="reports")
    version = models.ForeignKey(FormVersion, models.RESTRICT, related_name="reports", db_index=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+", db_index=False)
    held_by = models.ForeignKey(Unit, models.RESTRICT, related_name="period_reports", db_index=False)
    answers_to = models.ForeignKey(Unit, models.RESTRICT, related_name="+", db_index=False)
    summary = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.EXPECTED)
    values = models.JSONField(default=dict)
    machine = models.JSONField(default=dict)
    wrong = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    revision = models.IntegerField(default=0)
    filled_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    changed_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    submitted_at = models.DateTimeField(null=True)
    submitted_on = models.DateField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    returned = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)

    objects = PeriodReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("period report")
        constraints = [
            models.UniqueConstraint(fields=["unit", "period"], name="one_report_per_unit_and_period"),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "approved"]) | Q(submitted_on__isnull=False),
                name="sent_report_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["held_by", "state"], name="period_report_holder"),
            models.Index(fields=["answers_to", "state"], name="period_report_answers"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period_id}"

    @property
    def is_open(self) -> bool:
        """May its answers be changed by the unit that holds it?"""
        return self.state in TO_DO

    @property
    def was_late(self) -> bool:
        return self.submitted_on is not None and self.submitted_on > self.period.due_on

    def is_overdue(self, on: date) -> bool:
        """A summary too is due with its period, though nobody counts it."""
        return self.state in TO_DO and self.period.due_on < on

    def machine_value(self, code: str) -> Any:
        return self.machine.get(code)


class Change(models.Model):
    """One field of a draft that was stored anew: what stood there before. Kept until the report is sent."""

    report = models.ForeignKey(PeriodReport, models.CASCADE, related_name="changes", db_index=False)
    field = models.CharField(max_length=20)
    revision = models.IntegerField()
    old = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "field", "revision"], name="one_change_per_field_and_revision")
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.revision}"


class IssuedSheet(models.Model):
    """The answers as they were approved: number 1, and a further one for each later correction. Never changes.

    `digest`: SHA-256 over unit, period, version, number and values; `act` that approved it keeps it too.
    """

    report = models.ForeignKey(PeriodReport, models.RESTRICT, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(FormVersion, models.RESTRICT, related_name="+", db_index=False)
    values = models.JSONField()
    submitted_on = models.DateField()
    on = models.DateField()
    digest = models.CharField(max_length=64)
    act = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="one_issued_sheet_per_number"),
            models.CheckConstraint(condition=Q(on__gte=F("submitted_on")), name="sheet_issued_after_submission"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} ({self.number})"
