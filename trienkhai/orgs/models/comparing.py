"""Comparisons of models: several drafts of the tree beside the present one, what the office adds about cost, what the
units concerned say, and which draft was chosen."""

import hashlib
import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.orgs.models.reorganising import Reorganisation, Step
from trienkhai.orgs.models.units import Unit

PRESENT = "0"
"""The column of the present organisation in `CostLine.amounts`."""


def digest_of(steps: Iterable[Step]) -> str:
    """What a draft does, in one word: the same as long as no step of it changes."""
    told = [[step.position, step.kind, step.payload] for step in steps]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


class ComparisonState(models.TextChoices):
    OPEN = "open", pgettext_lazy("comparison", "being prepared")
    ASKING = "asking", pgettext_lazy("comparison", "opinions are asked")
    CLOSED = "closed", pgettext_lazy("comparison", "opinions are closed")
    CHOSEN = "chosen", pgettext_lazy("comparison", "a draft was chosen")


class Comparison(models.Model):
    """`office`: the unit whose branch the drafts change. `opinions_due_on`: the last day for opinions. `kept`: the
    figures as they were when a draft was chosen, {name: [value of each column, as text]}; empty before."""

    State = ComparisonState

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Unit, models.RESTRICT, related_name="comparisons")
    title = models.CharField(max_length=250)
    question = models.TextField(blank=True, help_text="what is to be found out")
    state = models.CharField(max_length=8, choices=ComparisonState.choices, default=ComparisonState.OPEN)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    prepared_at = models.DateTimeField()
    asked_on = models.DateField(null=True)
    opinions_due_on = models.DateField(null=True)
    chosen = models.ForeignKey(Reorganisation, models.RESTRICT, null=True, related_name="chosen_in")
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    chosen_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="why that draft was chosen")

    kept = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("comparison of models")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="comparison_has_title"),
            models.CheckConstraint(
                condition=~Q(state=ComparisonState.CHOSEN)
                | (Q(chosen__isnull=False, chosen_by__isnull=False, chosen_at__isnull=False) & ~Q(reason="")),
                name="comparison_chosen_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=ComparisonState.ASKING) | Q(asked_on__isnull=False, opinions_due_on__isnull=False),
                name="comparison_asks_until_a_day",
            ),
        ]
        indexes = [models.Index(fields=["office", "state"], name="comparison_of_office")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_under_way(self) -> bool:
        """May its words, drafts and figures still be changed?"""
        return self.state in (ComparisonState.OPEN, ComparisonState.ASKING)


class ComparedDraft(models.Model):
    """One column. `digest`: of the draft's steps when opinions were asked, to tell whether they changed since."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="drafts")
    reorganisation = models.ForeignKey(Reorganisation, models.RESTRICT, related_name="compared")
    position = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["comparison", "reorganisation"], name="draft_once_in_a_comparison"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.reorganisation}"


class CostLine(models.Model):
    """A figure that the office enters itself, with a name of its own. `amounts`: by column, decimal text; "0" is the
    present organisation, else the id of the compared draft."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="costs")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    measure = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)
    amounts: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="cost_line_has_name")]

    def __str__(self) -> str:
        return self.name


class Preference(models.TextChoices):
    UNANSWERED = "", pgettext_lazy("opinion on drafts", "not answered yet")
    DRAFT = "draft", pgettext_lazy("opinion on drafts", "prefers a draft")
    NONE = "none", pgettext_lazy("opinion on drafts", "prefers none of the drafts")


class UnitOpinion(models.Model):
    """What a unit that the drafts touch says. A leader answers for the unit, never for a person; `late`: given after
    the last day."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="opinions")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="opinions_on_models")
    asked_at = models.DateTimeField()
    preference = models.CharField(max_length=5, choices=Preference.choices, default=Preference.UNANSWERED, blank=True)
    preferred = models.ForeignKey(ComparedDraft, models.RESTRICT, null=True, related_name="preferring")
    text = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("opinion of a unit")
        constraints = [
            models.UniqueConstraint(fields=["comparison", "unit"], name="one_opinion_of_a_unit"),
            models.CheckConstraint(
                condition=Q(preference=Preference.DRAFT, preferred__isnull=False)
                | (~Q(preference=Preference.DRAFT) & Q(preferred__isnull=True)),
                name="opinion_names_the_draft_preferred",
            ),
            models.CheckConstraint(
                condition=Q(preference="") | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="opinion_has_its_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.get_preference_display()}"
