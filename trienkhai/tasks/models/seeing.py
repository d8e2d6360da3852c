"""What a person who decides on work last saw of it."""

from django.conf import settings
from django.db import models

from trienkhai.tasks.models.holding import Assignment, ProgressReport


class Seen(models.Model):
    """The last report of the assignment that this person saw, and the due day then; a row for each pair, kept by the
    newest look.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="+")
    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="+")
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "assignment"], name="one_last_look_per_person")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.report_id}"
