"""The one row that says what kind of installation this database is."""

from django.db import models


class Installation(models.Model):
    """One row: `demo` databases play on a day of their own; a live one follows the clock of the machine."""

    demo_today = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="installation_is_one_row"),
            models.CheckConstraint(
                condition=models.Q(demo_today=None) | models.Q(is_demo=True), name="only_a_demo_has_its_own_today"
            ),
        ]

    def __str__(self) -> str:
        return "demo" if self.is_demo else "live"
