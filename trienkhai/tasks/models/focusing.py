"""What a unit found and decided when it reviewed one of its focuses."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.tasks.models.giving import Focus


class FocusReview(models.Model):
    """One review. `next_on`: the day of the next one."""

    focus = models.ForeignKey(Focus, models.CASCADE, related_name="reviews")
    on = models.DateField(_("Day of the review"))
    found = models.TextField(_("What was found"))
    decision = models.TextField(_("What was decided"))
    next_on = models.DateField(_("Next review"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("review of a focus")
        constraints = [
            models.UniqueConstraint(fields=["focus", "on"], name="one_review_a_day"),
            models.CheckConstraint(condition=~Q(found="") & ~Q(decision=""), name="review_has_its_words"),
        ]

    def __str__(self) -> str:
        return f"{self.focus} {self.on}"
