"""What holders told: values with their evidence."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models import StoredFile
from trienkhai.indicators.models.defining import Definition, amount
from trienkhai.indicators.models.holding import Holder


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("awaiting approval")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    REPLACED = "replaced", _("replaced by a correction")


OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED)


class ValueQuerySet(models.QuerySet["Value"]):
    def submitted(self) -> "ValueQuerySet":
        return self.filter(state=State.SUBMITTED)

    def approved(self) -> "ValueQuerySet":
        return self.filter(state=State.APPROVED)

    def in_work(self) -> "ValueQuerySet":
        """Drafts, submitted and returned ones: at most one for a holder and a period."""
        return self.filter(state__in=OPEN)


class Value(models.Model):
    """What a holder tells for one period; a correction is a further row, and the one it replaces is kept.

    `typed`: each field as it was typed, by name. `number` and the rest are read from it when it is submitted.
    `split`: category → number in plain digits. `not_applicable`: there is nothing to tell, `remark` says why.
    `unusual`: what was asked about, confirmed by `remark`. `corrects`: the approved value that this one is to replace,
    for `correction_reason`. `principal`: for whom a delegate submitted.
    """

    holder = models.ForeignKey(Holder, models.RESTRICT, related_name="values", db_index=False)
    period_start = models.DateField()
    definition = models.ForeignKey(Definition, models.RESTRICT, related_name="values")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    typed = models.JSONField(default=dict)
    number = amount(null=True)
    top = amount(null=True, help_text="numerator")
    bottom = amount(null=True, help_text="denominator")
    split = models.JSONField(default=dict)
    not_applicable = models.BooleanField(default=False)
    remark = models.TextField(blank=True)
    unusual = models.JSONField(default=list)
    corrects = models.ForeignKey("self", models.RESTRICT, null=True, related_name="corrections")
    correction_reason = models.TextField(blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    entered_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    principal = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    post_label = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)

    objects = ValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("value of an indicator")
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "period_start"], condition=Q(state="approved"), name="one_value_counts"
            ),
            models.UniqueConstraint(
                fields=["holder", "period_start"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="one_value_in_work",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned"])
                | Q(number__isnull=False)
                | (Q(not_applicable=True) & ~Q(remark="")),
                name="value_has_number_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="value_submitted_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "returned", "replaced"]) | Q(decided_by__isnull=False),
                name="value_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | Q(state__in=["draft", "returned"]) | ~Q(correction_reason=""),
                name="correction_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "period_start", "state"], name="value_of_period"),
            models.Index(fields=["submitted_at"], condition=Q(state="submitted"), name="value_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.period_start}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def claim(self) -> frozenset[int]:
        """The accounts behind what was submitted: who sent it and, if a delegate, for whom."""
        return frozenset(pk for pk in (self.submitted_by_id, self.principal_id) if pk)


class ValueFile(models.Model):
    """Evidence of a value."""

    value = models.ForeignKey(Value, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="indicator_values")

    def __str__(self) -> str:
        return str(self.file)
