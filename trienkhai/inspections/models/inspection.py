"""An inspection of one subject and its three steps."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Document
from trienkhai.inspections.models.drawing import Draw
from trienkhai.inspections.models.programme import InspectionItem
from trienkhai.orgs.models import Unit


class Step(models.TextChoices):
    PREPARE = "prepare", pgettext_lazy("inspections", "preparation")
    CONDUCT = "conduct", pgettext_lazy("inspections", "conduct")
    FINISH = "finish", pgettext_lazy("inspections", "conclusion being drawn")


class InspectionState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("inspections", "planned")
    PREPARE = Step.PREPARE.value, Step.PREPARE.label
    CONDUCT = Step.CONDUCT.value, Step.CONDUCT.label
    FINISH = Step.FINISH.value, Step.FINISH.label
    CONCLUDED = "concluded", pgettext_lazy("inspections", "concluded")
    DROPPED = "dropped", pgettext_lazy("inspections", "not carried out")


RUNNING = (InspectionState.PREPARE, InspectionState.CONDUCT, InspectionState.FINISH)


class Source(models.TextChoices):
    CHOSEN = "chosen", pgettext_lazy("inspections", "named")
    RISK = "risk", pgettext_lazy("inspections", "drawn by risk")
    RANDOM = "random", pgettext_lazy("inspections", "drawn at random")


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def begun(self) -> "InspectionQuerySet":
        """Those of which the subject knows."""
        return self.filter(began_on__isnull=False)

    def unfinished(self) -> "InspectionQuerySet":
        return self.filter(state__in=(InspectionState.PLANNED, *RUNNING))


class Inspection(models.Model):
    """`unit`: the subject, which never changes; `held_by`: who answers for it now, its successor once it has ended.

    `reason`: why it was not carried out. `due_on`: the last day of the whole, 9999-12-31 without a norm. `follower`:
    who follows how the conclusion is carried out. `written_by`: who wrote the conclusion last, and never issues it, nor
    does the holder in whose name a delegate wrote (`written_for`). `digest`: SHA-256 of the conclusion with its
    findings. `paper`: the document by which findings became tasks.
    """

    item = models.ForeignKey(InspectionItem, models.CASCADE, related_name="inspections", db_index=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="inspections")
    held_by = models.ForeignKey(Unit, models.RESTRICT, related_name="inspections_held")
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.CHOSEN)
    draw = models.ForeignKey(Draw, models.RESTRICT, null=True, related_name="inspections")
    state = models.CharField(max_length=10, choices=InspectionState.choices, default=InspectionState.PLANNED)
    reason = models.CharField(max_length=500, blank=True)
    began_on = models.DateField(null=True)
    due_on = models.DateField(default=OPEN_END)
    conclusion = models.TextField(_("Conclusion"), blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    written_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    concluded_on = models.DateField(null=True)
    concluded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    paper = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="inspected_by")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection")
        constraints = [
            models.UniqueConstraint(fields=["item", "unit"], name="one_inspection_of_a_unit_in_an_item"),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(reason=""), name="inspection_dropped_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "dropped"]) | Q(began_on__isnull=False),
                name="running_inspection_began",
            ),
            models.CheckConstraint(
                condition=~Q(state="concluded") | (Q(concluded_on__isnull=False) & ~Q(conclusion="")),
                name="concluded_inspection_says_what",
            ),
        ]
        indexes = [models.Index(fields=["state", "unit"], name="inspection_state")]

    def __str__(self) -> str:
        return self.item.theme

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def is_concluded(self) -> bool:
        return self.state == InspectionState.CONCLUDED

    @property
    def claim(self) -> frozenset[int]:
        """The accounts behind the conclusion as it was written last."""
        return frozenset(pk for pk in (self.written_by_id, self.written_for_id) if pk)

    @property
    def has_due_day(self) -> bool:
        return self.due_on != OPEN_END


class StepRow(models.Model):
    """A step as it went. `days`: how long the norm of its first day allows, 0 without one; `norm`: that norm."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="steps", db_index=False)
    step = models.CharField(max_length=10, choices=Step.choices)
    began_on = models.DateField()
    days = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(default=OPEN_END)
    ended_on = models.DateField(null=True)
    norm = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "step"], name="one_row_of_a_step")]
        indexes = [models.Index(fields=["ended_on", "due_on"], name="inspection_step_due")]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.step}"

    @property
    def has_due_day(self) -> bool:
        return self.due_on != OPEN_END

    def is_overdue(self, on: date) -> bool:
        return (self.ended_on or on) > self.due_on


class Extension(models.Model):
    """A step got more days, for a reason."""

    step = models.ForeignKey(StepRow, models.CASCADE, related_name="extensions")
    days = models.PositiveSmallIntegerField(_("Days more"))
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(days__gt=0) & ~Q(reason=""), name="extension_has_days_and_a_reason")
        ]

    def __str__(self) -> str:
        return f"+{self.days}"
