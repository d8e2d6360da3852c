"""The plan of a mass organisation, its subjects, what it recommends and what it is told."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.common.days import OPEN_END
from trienkhai.orgs.models import Post, Unit


class Plan(models.Model):
    """What a mass organisation of a unit supervises and criticises in a year.

    `organisation`: a key of the norm `oversight.organisations`. `announced_on`: since then those addressed see it.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="oversight_plans", db_index=False)
    organisation = models.CharField(_("Mass organisation"), max_length=40)
    year = models.PositiveSmallIntegerField(_("Year"))
    title = models.CharField(_("Title"), max_length=250)
    announced_on = models.DateField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("plan of supervision")
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="oversight_plan_has_title")]
        indexes = [models.Index(fields=["unit", "year"], name="oversight_plan_of_unit")]

    def __str__(self) -> str:
        return self.title


class SubjectKind(models.TextChoices):
    SUPERVISION = "supervision", pgettext_lazy("oversight", "supervision")
    CRITICISM = "criticism", pgettext_lazy("oversight", "social criticism")


class Form(models.TextChoices):
    MEETING = "meeting", pgettext_lazy("oversight", "meeting")
    WRITING = "writing", pgettext_lazy("oversight", "in writing")
    DIALOGUE = "dialogue", pgettext_lazy("oversight", "dialogue")


class SubjectState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("oversight", "planned")
    HELD = "held", pgettext_lazy("oversight", "held")
    DROPPED = "dropped", pgettext_lazy("oversight", "not held")


class Subject(models.Model):
    """One subject: who is addressed, a unit or a leader's post of it, in what form, by which day; then what was found.

    `reason`: why it was not held. `held_at`: the place or the way in which it was held.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="subjects")
    kind = models.CharField(pgettext_lazy("oversight", "Kind"), max_length=12, choices=SubjectKind.choices)
    title = models.CharField(pgettext_lazy("oversight", "Subject"), max_length=500)
    form = models.CharField(pgettext_lazy("oversight", "Form"), max_length=10, choices=Form.choices)
    addressee = models.ForeignKey(Unit, models.RESTRICT, related_name="overseen", db_index=False)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    planned_on = models.DateField(pgettext_lazy("oversight", "To be held by"))
    state = models.CharField(max_length=8, choices=SubjectState.choices, default=SubjectState.PLANNED)
    reason = models.CharField(max_length=500, blank=True)
    held_on = models.DateField(null=True)
    held_at = models.CharField(max_length=250, blank=True)
    findings = models.TextField(blank=True)

    class Meta:
        verbose_name = _("subject of supervision")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="oversight_subject_has_title"),
            models.CheckConstraint(
                condition=~Q(state="held") | (Q(held_on__isnull=False) & ~Q(findings="")), name="held_with_findings"
            ),
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(reason=""), name="not_held_for_a_reason"),
        ]
        indexes = [models.Index(fields=["addressee", "state"], name="oversight_addressee")]

    def __str__(self) -> str:
        return self.title

    def is_overdue(self, on: date) -> bool:
        return self.state == SubjectState.PLANNED and self.planned_on < on

    @property
    def addressed(self) -> str:
        """Who is addressed, in words."""
        name = str(self.addressee)
        return f"{self.post.title}, {name}" if self.post else name


class Outcome(models.TextChoices):
    OPEN = "", pgettext_lazy("oversight", "not answered")
    TAKEN = "taken", pgettext_lazy("oversight", "taken")
    PARTLY = "partly", pgettext_lazy("oversight", "taken in part")
    NOT_TAKEN = "not_taken", pgettext_lazy("oversight", "not taken")


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def unanswered(self) -> "RecommendationQuerySet":
        return self.filter(outcome=Outcome.OPEN)

    def overdue(self, on: date) -> "RecommendationQuerySet":
        return self.unanswered().filter(due_on__lt=on)


class Recommendation(models.Model):
    """What is recommended and what was answered.

    `answers_by`: the unit that answers now, at first the one addressed. `due_on`: last day of the reply, 9999-12-31
    without a norm and without a day of the mass organisation's own; `norm`: the norm by which it was computed.
    """

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="recommendations", db_index=False)
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("Recommendation"))
    made_on = models.DateField()
    answers_by = models.ForeignKey(Unit, models.RESTRICT, related_name="recommended", db_index=False)
    due_on = models.DateField(default=OPEN_END)
    norm = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN, blank=True)
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        constraints = [
            models.UniqueConstraint(fields=["subject", "position"], name="one_recommendation_per_position"),
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_has_words"),
            models.CheckConstraint(
                condition=Q(outcome="") | (Q(replied_on__isnull=False) & ~Q(reply="")), name="answered_with_words"
            ),
        ]
        indexes = [models.Index(fields=["answers_by", "outcome", "due_on"], name="recommendation_due")]

    def __str__(self) -> str:
        return self.text[:120]

    @property
    def has_due_day(self) -> bool:
        return self.due_on != OPEN_END

    def is_overdue(self, on: date) -> bool:
        return self.outcome == Outcome.OPEN and self.due_on < on

    @property
    def was_late(self) -> bool:
        return self.replied_on is not None and self.replied_on > self.due_on
