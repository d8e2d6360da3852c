"""Receiving posts, and feedback that people give by name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.orgs.models import Post, Unit


class ReceivingPost(models.Model):
    """A post named by a leader of its unit to receive feedback given to that unit; nobody else reads it."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="receiving")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    named_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.post_id}"


class Remark(models.Model):
    """Feedback by name. `given_to`: the unit it was meant for; `unit`: whose receiving posts read it, another one when
    `about`, the person criticised, reads or leads there.
    """

    given_to = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    text = models.TextField(_("Text"))
    sent_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("remark")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=Q(about=None) | Q(answered_by=None) | ~Q(about=models.F("answered_by")),
                name="nobody_answers_criticism_of_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
