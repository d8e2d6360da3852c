"""Reorganisation files (phương án tổ chức): what is to change, in which order, by which decision, from which day."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.orgs.models.units import Unit


class ReorganisationState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("reorganisation", "draft")
    SUBMITTED = "submitted", pgettext_lazy("reorganisation", "waits for approval")
    RETURNED = "returned", pgettext_lazy("reorganisation", "returned")
    APPROVED = "approved", pgettext_lazy("reorganisation", "approved, waits for its day")
    CARRIED_OUT = "carried_out", pgettext_lazy("reorganisation", "carried out")
    TAKEN_BACK = "taken_back", pgettext_lazy("reorganisation", "taken back")
    SET_ASIDE = "set_aside", pgettext_lazy("reorganisation", "set aside")


class ReorganisationQuerySet(models.QuerySet["Reorganisation"]):
    def due(self, on: date) -> "ReorganisationQuerySet":
        """Approved ones whose day has come."""
        return self.filter(state=ReorganisationState.APPROVED, effective_on__lte=on)


class Reorganisation(models.Model):
    """One file. `office`: the unit that stands above all it changes and whose leader approves it.

    `outcome`: what a trial or the carrying out found: {"steps": [{position, kind, words, counts: {class: n}}],
    "questions": [sentence], "left": {class: n}}. `act`: the act of the carrying out, 0 before.
    """

    State = ReorganisationState

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    office = models.ForeignKey(Unit, models.RESTRICT, related_name="reorganisations")
    title = models.CharField(max_length=250)
    decision = models.CharField(max_length=80, blank=True, help_text="the symbol of the decision document")
    decision_on = models.DateField(null=True, blank=True, help_text="the day of the decision document")
    effective_on = models.DateField()
    state = models.CharField(max_length=12, choices=ReorganisationState.choices, default=ReorganisationState.DRAFT)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    prepared_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="why it was returned, taken back or set aside")
    tried_at = models.DateTimeField(null=True)
    carried_out_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict, blank=True)
    act = models.BigIntegerField(default=0)

    objects = ReorganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reorganisation file")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="reorganisation_has_title"),
            models.CheckConstraint(
                condition=~Q(state=ReorganisationState.CARRIED_OUT) | Q(carried_out_at__isnull=False),
                name="reorganisation_carried_out_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state"], name="reorganisation_of_office"),
            models.Index(fields=["state", "effective_on"], name="reorganisation_due"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """May its steps still be changed?"""
        return self.state in (ReorganisationState.DRAFT, ReorganisationState.RETURNED)


class StepKind(models.TextChoices):
    ESTABLISH = "establish", pgettext_lazy("step", "Establish a unit")
    RENAME = "rename", pgettext_lazy("step", "Rename a unit")
    CHANGE = "change", pgettext_lazy("step", "Change kind, sector, relation, code")
    MOVE = "move", pgettext_lazy("step", "Move units with all below them")
    MERGE = "merge", pgettext_lazy("step", "Merge units into one")
    SPLIT = "split", pgettext_lazy("step", "Split a unit into several")
    DISSOLVE = "dissolve", pgettext_lazy("step", "Dissolve a unit")


ENDING = (StepKind.MERGE, StepKind.SPLIT, StepKind.DISSOLVE)
"""Steps after which a unit no longer stands: what it leaves open needs a choice by class."""


class Step(models.Model):
    """One step of a file. `payload` by kind; a unit is named in it by a key: "u12" is the stored unit 12, "s5.0" the
    first new unit of step 5.

    establish: {new: {code, name, short_name, symbol, kind, sector, relation}, parent}; rename: {unit, name, short_name,
    symbol}; change: {unit, kind, sector, relation, code}; move: {units, parent}; merge: {units, into} or {units, new,
    parent}; split: {unit, into: [{key} or {code, name}], children: {key: number in into}, stays: the unit does not end
    and keeps what is not listed}; dissolve: {unit, successor}. The ending ones also: choices {class: choice}, division
    {class: {object id: key of the unit that takes it over}}.
    """

    reorganisation = models.ForeignKey(Reorganisation, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    payload: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    units = models.ManyToManyField(Unit, related_name="reorganising_steps")

    class Meta:
        verbose_name = _("step")
        ordering = ("position", "pk")
        indexes = [models.Index(fields=["reorganisation", "position"], name="step_in_order")]

    def __str__(self) -> str:
        return f"{self.position}. {self.get_kind_display()}"
