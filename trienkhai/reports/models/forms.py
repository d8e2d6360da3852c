"""Forms that an office designs, the versions of their design, the periods that were opened."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.common.days import OPEN_END
from trienkhai.orgs.models import Unit
from trienkhai.reports.design import Design
from trienkhai.reports.periods import DayRule


class PeriodKind(models.TextChoices):
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    HALF = "half", _("every half-year")
    NINE_MONTHS = "nine_months", _("nine months of each year")
    YEAR = "year", _("every year")
    ONCE = "once", _("once")


class Moves(models.TextChoices):
    AFTER = "after", _("to the next working day")
    BEFORE = "before", _("to the last working day before it")
    NO = "no", _("not at all")


class AnswerRule(models.TextChoices):
    BY_LEVEL = "by_level", _("to the direct subordinate above")
    DESIGNER = "designer", _("to the unit that made the form")


class FormState(models.TextChoices):
    DESIGNED = "designed", _("being designed")
    IN_FORCE = "in_force", pgettext_lazy("report form", "in force")
    ENDED = "ended", _("ended")


class ReportForm(models.Model):
    """A form that `unit` made for its own branch.

    `selection`: who reports. `cut_*`, `due_*`: the day (0: the last) of the period's last month, or of a month after
    it; the due day moves off a day off as `moves` says. `next_on`: first day of the period opened next, None for none.
    `once_from`, `once_to`: the one period of a form that is filled once.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="report_forms")
    title = models.CharField(_("Title"), max_length=250)
    kind = models.CharField(_("Reported"), max_length=12, choices=PeriodKind.choices)
    selection = models.CharField(max_length=1000, default="children")
    answer_rule = models.CharField(
        _("Reports go"), max_length=10, choices=AnswerRule.choices, default=AnswerRule.BY_LEVEL
    )
    cut_day = models.PositiveSmallIntegerField(_("Figures are cut off on day"), default=14)
    cut_months = models.PositiveSmallIntegerField(default=0)
    due_day = models.PositiveSmallIntegerField(_("To be sent by day"), default=20)
    due_months = models.PositiveSmallIntegerField(default=0)
    moves = models.CharField(
        _("A due day on a day off moves"), max_length=6, choices=Moves.choices, default=Moves.AFTER
    )
    once_from = models.DateField(null=True)
    once_to = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=FormState.choices, default=FormState.DESIGNED)
    next_on = models.DateField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("report form")
        constraints = [
            models.CheckConstraint(condition=Q(cut_day__lte=31, due_day__lte=31), name="form_days_of_a_month"),
            models.CheckConstraint(condition=Q(cut_months__lte=3, due_months__lte=3), name="form_days_are_near"),
            models.CheckConstraint(condition=~Q(title=""), name="form_has_title"),
            models.CheckConstraint(
                condition=~Q(kind="once") | Q(once_from__isnull=False, once_to__gte=F("once_from")),
                name="form_filled_once_has_days",
            ),
        ]
        indexes = [
            models.Index(fields=["next_on"], condition=Q(state="in_force"), name="form_next"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def cut_rule(self) -> DayRule:
        return DayRule(self.cut_day, self.cut_months)

    @property
    def due_rule(self) -> DayRule:
        return DayRule(self.due_day, self.due_months)


class FormVersion(models.Model):
    """One design of a form. The last one is worked on until it is released; a released one never changes.

    `holds_from`: first day of the first period that is answered by it; open end while it is not released.
    """

    form = models.ForeignKey(ReportForm, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    design = models.JSONField(default=dict)
    holds_from = models.DateField(default=OPEN_END)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    changed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["form"], condition=Q(released_at__isnull=True), name="one_version_worked_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    def read(self) -> Design:
        return Design.read(self.design)


class Period(models.Model):
    """A period of a form that was opened for its recipients in one act.

    Figures are those from `figures_from` until `cut_on`. `count` of reports made, `digest`: SHA-256 over their unit
    ids, in order.
    """

    form = models.ForeignKey(ReportForm, models.RESTRICT, related_name="periods")
    version = models.ForeignKey(FormVersion, models.RESTRICT, related_name="periods")
    starts_on = models.DateField()
    ends_on = models.DateField()
    figures_from = models.DateField()
    cut_on = models.DateField()
    due_on = models.DateField()
    opened_on = models.DateField()
    reminded_on = models.DateField(null=True)
    count = models.IntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    act = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("period")
        constraints = [
            models.UniqueConstraint(fields=["form", "starts_on"], name="one_period_from_a_day"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="period_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.starts_on}"
