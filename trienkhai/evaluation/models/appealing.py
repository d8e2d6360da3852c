"""What a subject says against a decided level, and what it is answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.evaluation.models.campaign import Sheet


class Appeal(models.Model):
    """`level`: the level after an appeal that was accepted; the decided one stays on the sheet. '' when refused."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="appeals")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    level = models.CharField(max_length=20, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("appeal")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(answered_at__isnull=True), name="one_appeal_waits_for_its_answer"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="appeal_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.sheet)
