"""One table of dated values."""

from django.db import models

from trienkhai.common.days import OPEN_END


class Grade(models.TextChoices):
    OFFICIAL = "P", "P"
    NEWS = "N", "N"
    SECOND_HAND = "G", "G"
    BACKGROUND = "B", "B"
    LOCAL = "L", "L"


class Norm(models.Model):
    """`value` holds in the branch `place` ('' everywhere) from `valid_from` until the day before `valid_to`."""

    key = models.CharField(max_length=60)
    place = models.CharField(max_length=64, blank=True, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(default=OPEN_END)
    value = models.JSONField()
    source = models.CharField(max_length=300)
    grade = models.CharField(max_length=1, choices=Grade.choices)
    shipped = models.BooleanField(default=False, help_text="loaded from the project's own files")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "place", "valid_from"], name="one_norm_from_a_day"),
            models.CheckConstraint(
                condition=models.Q(valid_to__gt=models.F("valid_from")), name="norm_span_runs_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"
