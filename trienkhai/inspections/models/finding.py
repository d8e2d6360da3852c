"""Working papers: the points of the outline with what was seen, what was found, the files that prove it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import StoredFile
from trienkhai.inspections.models.inspection import Inspection
from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Assignment, State, Task


class Result(models.TextChoices):
    NONE = "", pgettext_lazy("inspections", "not looked into yet")
    MET = "met", pgettext_lazy("inspections", "met")
    PARTLY = "partly", pgettext_lazy("inspections", "partly met")
    UNMET = "unmet", pgettext_lazy("inspections", "not met")
    NOT_APPLICABLE = "na", pgettext_lazy("inspections", "does not apply")


class Point(models.Model):
    """What is looked into, and what was seen."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="points", db_index=False)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("Point"), max_length=500)
    result = models.CharField(_("Result"), max_length=8, choices=Result.choices, default=Result.NONE, blank=True)
    note = models.TextField(_("What was seen"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "position"], name="one_point_per_position"),
            models.CheckConstraint(condition=~Q(text=""), name="point_has_words"),
        ]

    def __str__(self) -> str:
        return self.text


class FindingQuerySet(models.QuerySet["Finding"]):
    def to_give(self) -> "FindingQuerySet":
        """Open ones that no task remedies: none was made, it was left out of its sheet, or all of it was withdrawn."""
        standing = Assignment.objects.filter(task=OuterRef("task")).exclude(state=State.WITHDRAWN)
        withdrawn = Q(task__issued_on__isnull=False) & ~Exists(standing)
        return self.filter(Q(task=None) | Q(task__dropped=True) | withdrawn, closed_on=None)


class Finding(models.Model):
    """What is wrong, what has to be done, by whom, by when. Open until the remedy is accepted (`closed_on`).

    `held_by`: the unit that answers now. `task`: the remedy as a task.
    """

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings", db_index=False)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(pgettext_lazy("inspections", "What was found"), max_length=1000)
    remedy = models.CharField(_("What has to be done"), max_length=1000)
    held_by = models.ForeignKey(Unit, models.RESTRICT, related_name="findings")
    due_on = models.DateField(_("Due day"), default=OPEN_END)
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="remedies")
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    remark = models.CharField(max_length=500, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "position"], name="one_finding_per_position"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(remedy=""), name="finding_has_words_and_a_remedy"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_by__isnull=False), name="finding_closed_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def has_day(self) -> bool:
        return self.due_on != OPEN_END


class Proof(models.Model):
    """A file that proves what a point or a finding says."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="proofs")
    point = models.ForeignKey(Point, models.CASCADE, null=True, related_name="proofs")
    finding = models.ForeignKey(Finding, models.CASCADE, null=True, related_name="proofs")
    file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(point__isnull=True, finding__isnull=False) | Q(point__isnull=False, finding__isnull=True),
                name="proof_of_a_point_or_a_finding",
            )
        ]

    def __str__(self) -> str:
        return str(self.file)
