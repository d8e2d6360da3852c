"""Terms of office, posts, and who holds them."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.days import OPEN_END
from trienkhai.orgs.models.units import Unit

BEGINNING = date(1900, 1, 1)
"""The day from which a post stands when nobody told since when."""


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


class PostQuerySet(models.QuerySet["Post"]):
    def standing(self, on: date) -> "PostQuerySet":
        """Those not abolished by that day."""
        return self.filter(abolished_on__gt=on)


class Post(models.Model):
    """A post of a unit; its role and reach give rights to whoever holds it. `abolished_on`: its first day no more."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="posts")
    title = models.CharField(_("Title"), max_length=160)
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    reach = models.CharField(_("Reach"), max_length=8, choices=Span.choices, default=Span.OWN)
    may_issue = models.BooleanField(default=False, help_text="a tracking officer to whom issuing is delegated by post")
    seats = models.PositiveSmallIntegerField(default=1, db_default=1, help_text="how many people hold it at once")
    requirements = models.TextField(
        blank=True, default="", db_default="", help_text="what the post asks of whoever holds it; never of a person"
    )
    term_bound = models.BooleanField(
        default=False, db_default=False, help_text="given for the term of the unit's committee"
    )
    established_on = models.DateField(default=BEGINNING, db_default=BEGINNING)
    abolished_on = models.DateField(default=OPEN_END, db_default=OPEN_END)
    abolished_by = models.CharField(
        max_length=120, blank=True, default="", db_default="", help_text="the symbol of the decision that abolishes it"
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        constraints = [
            models.UniqueConstraint(fields=["unit", "title"], name="one_post_per_title"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="post_has_a_seat"),
            models.CheckConstraint(condition=Q(abolished_on__gte=F("established_on")), name="post_span_runs_forward"),
        ]

    def __str__(self) -> str:
        return self.title


class PostClass(models.Model):
    """One class of a post (cán bộ chủ chốt, cấp ủy viên …): `name` is a key of the norm `posts.classes`."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="classes")
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "name"], name="one_class_of_a_post_once")]
        indexes = [models.Index(fields=["name"], name="post_class_name")]

    def __str__(self) -> str:
        return self.name


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

    def seated(self) -> "HoldingQuerySet":
        """Those that take a seat of the post: all but delegations."""
        return self.filter(principal=None)

    def meeting(self, first: date, end: date) -> "HoldingQuerySet":
        """Those in force on some day from `first` until before `end`; one taken back before it began is in force on
        none.
        """
        return self.filter(valid_from__lt=end, valid_to__gt=first).exclude(valid_to=F("valid_from"))


class Holding(models.Model):
    """Who holds a post, how, for which acts and for how long.

    `acts`: verbs a delegate may do (empty: all of the post's). `principal`: for a delegation, the holding of the one
    who delegates, which is never a delegation itself. A span without a day (`valid_to` = `valid_from`) was taken back
    before it began.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="holdings")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="holdings")
    manner = models.CharField(max_length=12, choices=Manner.choices, default=Manner.HOLDS)
    acts = models.JSONField(default=list, blank=True)
    principal = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="delegations")
    decision = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    ending = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text="why it ended: a key of the norm `posts.endings`",
    )
    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("holding")
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="holding_span_runs_forward"),
            models.CheckConstraint(
                condition=Q(manner=Manner.DELEGATED, principal__isnull=False)
                | (~Q(manner=Manner.DELEGATED) & Q(principal__isnull=True)),
                name="only_a_delegate_has_a_principal",
            ),
        ]
        indexes = [models.Index(fields=["account", "valid_to"], name="holding_account")]

    def __str__(self) -> str:
        return f"{self.account} – {self.post}"

    @property
    def last_day(self) -> date:
        """The last day in force; of a holding without an end the open end itself."""
        return self.valid_to if self.valid_to == OPEN_END else self.valid_to - timedelta(days=1)

    @property
    def behind(self) -> frozenset[int]:
        """The accounts in whose name this holding acts: its own, for a delegate the principal's too."""
        return frozenset({self.account_id} | ({self.principal.account_id} if self.principal else set()))

    def allows(self, act: str) -> bool:
        """May this be done by the holding? A delegate does only the acts it was given; '' asks for none in
        particular."""
        return not self.acts or not act or act in self.acts
