"""Units and their versions and places through time; posts and their holdings."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common import paths
from trienkhai.common.days import OPEN_END
from trienkhai.common.folding import fold, sort_key, squeeze


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
    search_text = models.CharField(max_length=500, editable=False)
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


class Term(models.Model):
    """A term of office (nhiệm kỳ) of a unit's committee, from `starts_on` until the day before `ends_on`."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="terms")
    name = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        verbose_name = _("term")
        constraints = [
            models.UniqueConstraint(fields=["unit", "starts_on"], name="one_term_from_a_day"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="term_runs_forward"),
            models.CheckConstraint(condition=~Q(name=""), name="term_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    CLERK = "clerk", _("clerk")
    OFFICER = "officer", _("tracking officer")
    LEADER = "leader", _("leader")
    FOCAL = "focal", _("focal point")
    SECRETARY = "cell_secretary", _("cell secretary")
    INSPECTOR = "inspector", _("inspector")
    MASS = "mass_organisation", _("mass-organisation representative")
    MEMBER = "member", _("member")
    ADMIN = "administrator", _("administrator")


class Span(models.TextChoices):
    """How far the rights of a post reach."""

    OWN = "own", _("this unit")
    BRANCH = "branch", _("with all below")


class Post(models.Model):
    """A post of a unit; its role and reach give rights to whoever holds it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="posts")
    title = models.CharField(_("Title"), max_length=160)
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    reach = models.CharField(_("Reach"), max_length=8, choices=Span.choices, default=Span.OWN)
    may_issue = models.BooleanField(default=False, help_text="a tracking officer to whom issuing is delegated by post")

    class Meta:
        verbose_name = _("post")
        constraints = [models.UniqueConstraint(fields=["unit", "title"], name="one_post_per_title")]

    def __str__(self) -> str:
        return self.title


class Manner(models.TextChoices):
    HOLDS = "holds", _("holds the post")
    ACTING = "acting", _("acting")
    CHARGE = "in_charge", _("in charge")
    DELEGATED = "delegated", _("delegated")


class HoldingQuerySet(models.QuerySet["Holding"]):
    def on(self, day: date) -> "HoldingQuerySet":
        """Those in force that day, a delegation only while its principal's holding is.

        The day after the last day the right is gone without any job.
        """
        principal = Q(principal=None) | Q(principal__valid_from__lte=day, principal__valid_to__gt=day)
        return self.filter(principal, valid_from__lte=day, valid_to__gt=day)


class Holding(models.Model):
    """Who holds a post, how, for which acts and for how long.

    `acts`: verbs a delegate may do (empty: all of the post's). `principal`: for a delegation, the holding of the one
    who delegates, which is never a delegation itself.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="holdings")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="holdings")
    manner = models.CharField(max_length=12, choices=Manner.choices, default=Manner.HOLDS)
    acts = models.JSONField(default=list, blank=True)
    principal = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="delegations")
    decision = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("holding")
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="holding_span_runs_forward"),
            models.CheckConstraint(
                condition=Q(manner=Manner.DELEGATED, principal__isnull=False)
                | (~Q(manner=Manner.DELEGATED) & Q(principal__isnull=True)),
                name="only_a_delegate_has_a_principal",
            ),
        ]
        indexes = [models.Index(fields=["account", "valid_to"], name="holding_account")]

    def __str__(self) -> str:
        return f"{self.account} – {self.post}"

    def allows(self, act: str) -> bool:
        """May this be done by the holding? A delegate does only the acts it was given; '' asks for none in
        particular."""
        return not self.acts or not act or act in self.acts


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
