"""What is kept about holders of posts beyond their posts, and members as numbers.

Kept small on purpose: no personal files, no lists of whom to promote, no opinions; a test holds the columns to this.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trienkhai.orgs.models.units import Unit


class Training(models.Model):
    """A course that a holder of a post has finished. `kind` is a key of the norm `training.kinds`."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="trainings")
    kind = models.CharField(max_length=40)
    finished_on = models.DateField()
    issued_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("training")
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "finished_on"], name="one_course_finished_on_a_day"),
            models.CheckConstraint(condition=~models.Q(kind="") & ~models.Q(issued_by=""), name="course_has_its_words"),
        ]

    def __str__(self) -> str:
        return self.kind


class MemberCount(models.Model):
    """How many members of a class a unit had on a day. `kind` is a key of the norm `members.classes`.

    counted: told by nobody but counted from the rows of the unit's list by name.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="member_counts")
    kind = models.CharField(max_length=40)
    counted_on = models.DateField()
    number = models.PositiveIntegerField()
    counted = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("number of members")
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "counted_on"], name="one_count_of_a_class_on_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.number}"
