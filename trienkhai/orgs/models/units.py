"""Units, their versions and their places through time."""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold, sort_key, squeeze
from trienkhai.orgs.models.words import FoldedField


class Relation(models.TextChoices):
    SUBORDINATE = "subordinate", _("directly subordinate")
    ATTACHED = "attached", _("attached body")
    EXTERNAL = "external", _("outside the system")


class UnitQuerySet(models.QuerySet["Unit"]):
    def within(self, path: str) -> "UnitQuerySet":
        """The unit of `path` and all below it, by their present places."""
        return self.filter(paths.within(path))

    def standing(self, on: date) -> "UnitQuerySet":
        return self.filter(established_on__lte=on, closed_on__gt=on)


class Unit(models.Model):
    """A unit for its whole life. `path` is its present (or last) place; `present` the version in force."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    established_on = models.DateField()
    closed_on = models.DateField(default=OPEN_END)
    external = models.BooleanField(default=False)
    path = models.CharField(max_length=paths.WIDTH * paths.MAX_DEPTH, unique=True, null=True)  # noqa: DJ001 no two empty places
    present = models.OneToOneField("UnitVersion", models.RESTRICT, null=True, related_name="+")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        constraints = [
            models.CheckConstraint(condition=Q(closed_on__gte=F("established_on")), name="unit_closes_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.present.name if self.present else str(self.uuid)

    @property
    def depth(self) -> int:
        return paths.depth(self.path or "")

    @property
    def name(self) -> str:
        return self.present.name if self.present else ""

    @property
    def short_name(self) -> str:
        return (self.present.short_name or self.present.name) if self.present else ""

    @property
    def code(self) -> str:
        return self.present.code if self.present else ""


class UnitVersion(models.Model):
    """What a unit was called, was, and belonged to, from `valid_from` until the day before `valid_to`."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="versions")
    parent = models.ForeignKey(Unit, models.RESTRICT, null=True, related_name="child_versions")
    relation = models.CharField(max_length=12, choices=Relation.choices, default=Relation.SUBORDINATE)
    kind = models.CharField(max_length=40)
    sector = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=120, blank=True)
    symbol = models.CharField(max_length=20, blank=True, help_text="as it stands in the symbols of its documents: ĐU")
    aliases = models.JSONField(default=list, blank=True)
    sort_key = models.CharField(max_length=400, editable=False)
    search_text = FoldedField(max_length=500, editable=False)
    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="one_version_from_a_day"),
            models.UniqueConstraint(fields=["code"], condition=Q(valid_to=OPEN_END), name="one_unit_per_code"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="version_span_runs_forward"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="unit_has_code_and_name"),
        ]
        indexes = [
            models.Index(fields=["parent", "valid_to", "relation"], name="version_children"),
            models.Index(fields=["sort_key"], name="version_sort"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Fill the derived columns; bulk writers call it before `bulk_create`."""
        self.name, self.short_name = squeeze(self.name), squeeze(self.short_name)
        self.sort_key = sort_key(self.name)
        self.search_text = fold(" ".join([self.code, self.short_name, self.name]))[:500]


class UnitPlace(models.Model):
    """Where a unit stood in the tree; one new row for each unit that moves, so a past subtree is one range."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="places")
    path = models.CharField(max_length=paths.WIDTH * paths.MAX_DEPTH)
    depth = models.SmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="one_place_from_a_day"),
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="place_span_runs_forward"),
        ]
        indexes = [models.Index(fields=["path", "valid_from"], name="place_path")]

    def __str__(self) -> str:
        return self.path


class ResolvedBody(models.Model):
    """What a person of an office once said a named body means: a unit or a selection. Used before any guess."""

    office = models.ForeignKey(Unit, models.CASCADE, related_name="resolved_bodies")
    words = models.CharField(max_length=300)
    folded = models.CharField(max_length=300, help_text="as names are compared: `naming.comparable`")
    selection = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "folded"], name="one_meaning_per_words")]

    def __str__(self) -> str:
        return f"{self.words} → {self.selection}"
