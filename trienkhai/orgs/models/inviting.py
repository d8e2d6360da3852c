"""People invited to posts, and the yearly review of who holds which rights."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.orgs.models.posts import Holding
from trienkhai.orgs.models.units import Unit


class Invitation(models.Model):
    """A person invited to a post: the account and the holding were made with it. Its links are the account's own."""

    holding = models.OneToOneField(Holding, models.CASCADE, related_name="invitation")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.holding)


class Review(models.Model):
    """The review of one year of all rights in a unit's branch. Opened on a day; what was given later is not in it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="reviews")
    year = models.SmallIntegerField()
    opened_on = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("review of rights")
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="one_review_a_year")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


class Outcome(models.TextChoices):
    CONFIRMED = "confirmed", _("right confirmed")
    ENDED = "ended", _("right ended")
    CHANGED = "changed", _("end set")


class ReviewMark(models.Model):
    """What was decided on one holding in a review, by whom."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="marks")
    holding = models.ForeignKey(Holding, models.CASCADE, related_name="marks")
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "holding"], name="one_mark_a_holding"),
            models.CheckConstraint(condition=Q(outcome__in=["confirmed", "ended", "changed"]), name="mark_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.holding_id} {self.outcome}"
