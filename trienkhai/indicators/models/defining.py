"""What is measured: an indicator of a unit, and its definitions through time."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Document
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Focus


def amount(label: Any = None, **kwargs: Any) -> models.DecimalField:
    """A column for a number of this area: fifteen digits, as many as SQLite keeps exactly."""
    return models.DecimalField(label, max_digits=15, decimal_places=4, **kwargs)


class PeriodKind(models.TextChoices):
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    HALF = "half", _("half-year")
    YEAR = "year", _("year")
    TERM = "term", _("term of office")


class Direction(models.TextChoices):
    HIGHER = "higher", _("higher is better")
    LOWER = "lower", _("lower is better")


class Kind(models.TextChoices):
    NUMBER = "number", pgettext_lazy("indicator", "number")
    RATIO = "ratio", _("ratio of two numbers")
    CHOICE = "choice", _("one of several grades")


class Aggregation(models.TextChoices):
    """How the values of many units become one."""

    SUM = "sum", _("sum")
    MEAN = "mean", _("plain mean")
    WEIGHTED = "weighted", _("mean weighted by the weight of each unit")
    RATIO = "ratio", _("sum of numerators by sum of denominators")
    LAST = "last", _("the value told last")
    NONE = "none", _("not summed up")


class Indicator(models.Model):
    """What a unit measures in its branch; what it means is in its definitions.

    `valid_to`: the first day after its end. An indicator of the term has one period, its own span. `document`, `focus`,
    `work_area`: what it serves, if anything.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="indicators")
    code = models.CharField(_("Code"), max_length=40)
    period = models.CharField(_("Told every"), max_length=8, choices=PeriodKind.choices)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="indicators")
    focus = models.ForeignKey(Focus, models.SET_NULL, null=True, blank=True, related_name="indicators")
    work_area = models.CharField(_("Area of work"), max_length=60, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)

    class Meta:
        verbose_name = _("indicator")
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="one_indicator_per_code"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="indicator_span_runs_forward"),
            models.CheckConstraint(condition=~Q(code=""), name="indicator_has_code"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def has_end(self) -> bool:
        return self.valid_to != OPEN_END


class Definition(models.Model):
    """What an indicator means from `valid_from` on, the first day of a period; a value keeps the one it was told by.

    `factor`: by what a ratio is multiplied, 100 for percent. `choices`: grades from the lowest to the highest; the
    number of a value is the place of its grade, from 1. `categories`: the parts of each value, named `split_by`.
    `lowest`, `highest`: what is outside is impossible. `usual_low`, `usual_high`, `largest_change` (percent of the
    value before): what is outside is asked about.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="definitions")
    version = models.IntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)
    title = models.CharField(_("Name"), max_length=300)
    meaning = models.TextField(_("What is counted, and how"), blank=True)
    measure = models.CharField(_("Unit of measure"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind.choices)
    direction = models.CharField(_("Direction"), max_length=8, choices=Direction.choices, default=Direction.HIGHER)
    aggregation = models.CharField(_("Summed up by"), max_length=10, choices=Aggregation.choices)
    cumulative = models.BooleanField(_("Each value counts from the beginning of the year"), default=False)
    numerator = models.CharField(_("Numerator"), max_length=200, blank=True)
    denominator = models.CharField(_("Denominator"), max_length=200, blank=True)
    factor = amount(_("Multiplied by"), default=Decimal(1))
    baseline = amount(_("Baseline"), null=True, blank=True)
    baseline_of = models.CharField(_("Baseline of"), max_length=40, blank=True)
    choices = models.JSONField(default=list, blank=True)
    split_by = models.CharField(_("Disaggregated by"), max_length=80, blank=True)
    categories = models.JSONField(default=list, blank=True)
    lowest = amount(_("Impossible below"), null=True, blank=True)
    highest = amount(_("Impossible above"), null=True, blank=True)
    usual_low = amount(_("Unusual below"), null=True, blank=True)
    usual_high = amount(_("Unusual above"), null=True, blank=True)
    largest_change = amount(_("Unusual when it changes by more than, %"), null=True, blank=True)

    class Meta:
        verbose_name = _("definition")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version"], name="one_definition_per_version"),
            models.UniqueConstraint(fields=["indicator", "valid_from"], name="one_definition_from_a_day"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="definition_span_runs_forward"),
            models.CheckConstraint(
                condition=~Q(aggregation="ratio") | Q(kind="ratio"), name="ratio_of_sums_needs_a_ratio"
            ),
            models.CheckConstraint(
                condition=~Q(kind="choice") | Q(aggregation__in=["last", "none"]), name="grades_are_not_added"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def grade(self, number: Decimal | None) -> str:
        """The grade that a number stands for; '' for none."""
        place = int(number) if number is not None and number == int(number) else 0
        return self.choices[place - 1] if 0 < place <= len(self.choices) else ""
