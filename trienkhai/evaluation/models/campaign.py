"""An evaluation of the units below one unit and of those who lead them, in a year or a quarter."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.common.days import OPEN_END
from trienkhai.documents.models import Draft
from trienkhai.orgs.models import Holding, Unit
from trienkhai.tasks.models import Assignment


class CampaignState(models.TextChoices):
    OPEN = "open", pgettext_lazy("evaluation", "sheets being filled")
    PROPOSED = "proposed", pgettext_lazy("evaluation", "proposed, awaiting the decision")
    DECIDED = "decided", pgettext_lazy("evaluation", "decided")


class Campaign(models.Model):
    """`code`: 2017 or 2017-Q4. `norms`: each norm as it was when the campaign was opened, with source and grade: what
    the result is computed by. `denominator`: which of the ceiling's denominators. `ceilings`: of units and of holders,
    as computed for the proposal. `digest`: SHA-256 of the decided result. `appeals_until`: the last day for an appeal.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="evaluations", db_index=False)
    code = models.CharField(_("Period"), max_length=8)
    starts_on = models.DateField()
    ends_on = models.DateField()
    denominator = models.CharField(max_length=40)
    norms = models.JSONField()
    state = models.CharField(max_length=10, choices=CampaignState.choices, default=CampaignState.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    ceilings = models.JSONField(default=dict)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    decided_on = models.DateField(null=True)
    appeals_until = models.DateField(default=OPEN_END)
    digest = models.CharField(max_length=64, blank=True)
    paper = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("evaluation")
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="one_evaluation_of_a_period"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="evaluation_runs_forward"),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_on__isnull=False, decided_by__isnull=False),
                name="evaluation_decided_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.code}"

    @property
    def is_quarter(self) -> bool:
        return "Q" in self.code

    @property
    def criteria(self) -> dict[str, Any]:
        return self.norms["criteria"]["value"]

    @property
    def levels(self) -> list[dict[str, Any]]:
        return self.norms["levels"]["value"]

    @property
    def ceiling(self) -> dict[str, Any]:
        return self.norms["ceiling"]["value"]

    def groups(self, kind: str) -> list[dict[str, Any]]:
        """The groups of criteria of `unit` or `post`."""
        return self.criteria[kind]

    def may_be_appealed(self, on: date) -> bool:
        return self.state == CampaignState.DECIDED and on <= self.appeals_until


class Step(models.TextChoices):
    SELF = "self", pgettext_lazy("evaluation", "self-evaluation")
    COLLECTIVE = "collective", pgettext_lazy("evaluation", "opinion of the collective")
    VOTE = "vote", pgettext_lazy("evaluation", "vote")
    UPPER = "upper", pgettext_lazy("evaluation", "appraisal above")
    READY = "ready", pgettext_lazy("evaluation", "appraised")
    DECIDED = "decided", pgettext_lazy("evaluation", "decided")
    LEFT_OUT = "left_out", pgettext_lazy("evaluation", "not evaluated")


INVALID = "invalid"
"""Beside the levels in the tally of a vote."""


class SheetQuerySet(models.QuerySet["Sheet"]):
    def counted(self) -> "SheetQuerySet":
        return self.exclude(step=Step.LEFT_OUT)


class Sheet(models.Model):
    """The sheet of a unit, or of a holder of a post with the figures of the unit that is led.

    `person`: the account's id, 0 for a unit's sheet. `figures`: name → counted and not counted rows, as read on
    `figured_on`. `words`: what was said in each step. `confirmed`: conditions that people confirm. `present`, `cast`,
    `votes`: the vote by its tally, by level. `proposal`: score, level and reasons of the machine. `level`: as decided,
    `reason`: why otherwise than proposed, or why not evaluated.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="sheets", db_index=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="evaluation_sheets")
    person = models.IntegerField(default=0)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="evaluation_sheets")
    holding = models.ForeignKey(Holding, models.RESTRICT, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=250)
    post = models.CharField(max_length=160, blank=True)
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.SELF)
    figures = models.JSONField(default=dict)
    figured_on = models.DateField(null=True)
    words = models.JSONField(default=dict)
    confirmed = models.JSONField(default=dict)
    present = models.PositiveIntegerField(default=0)
    cast = models.PositiveIntegerField(default=0)
    votes = models.JSONField(default=dict)
    proposal = models.JSONField(default=dict)
    level = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation sheet")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit", "person"], name="one_sheet_of_a_subject"),
            models.CheckConstraint(condition=Q(cast__lte=F("present")), name="evaluation_votes_within_present"),
            models.CheckConstraint(
                condition=Q(person=0, account__isnull=True) | Q(person=F("account_id")), name="sheet_of_its_person"
            ),
            models.CheckConstraint(condition=~Q(step="decided") | ~Q(level=""), name="decided_sheet_has_a_level"),
            models.CheckConstraint(condition=~Q(step="left_out") | ~Q(reason=""), name="left_out_for_a_reason"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """Which criteria hold: `unit` or `post`."""
        return "post" if self.person else "unit"


class Points(models.Model):
    """What people gave for a criterion in a step; criteria with a figure are computed and have none."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="points", db_index=False)
    step = models.CharField(max_length=10, choices=Step.choices)
    code = models.CharField(max_length=40)
    points = models.DecimalField(max_digits=5, decimal_places=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "step", "code"], name="points_once_in_a_step"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=100), name="points_from_0_to_100"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.points}"


class AboveMark(models.Model):
    """An assignment whose result is above what was required, as the evaluating unit marks it with the ground."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="above", db_index=False)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="+")
    ground = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "assignment"], name="marked_above_once"),
            models.CheckConstraint(condition=~Q(ground=""), name="above_for_a_ground"),
        ]

    def __str__(self) -> str:
        return str(self.assignment)
