"""What was urged: the runs of the ladder, the steps they took, silent work they told of, calls by people."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from trienkhai.orgs.models import Unit
from trienkhai.tasks.models import Assignment


class Run(models.Model):
    """One working day's run of all ladders: one a day, whatever workers there are. `act` tells counts and digest."""

    on = models.DateField(unique=True)
    at = models.DateTimeField()
    act = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.on}"


class Urge(models.Model):
    """A step of a ladder that was taken for an assignment and one of its due days; a new due day begins anew."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="urges", db_index=False)
    due_on = models.DateField()
    step = models.CharField(max_length=20)
    run = models.ForeignKey(Run, models.CASCADE, related_name="urges")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "due_on", "step"], name="one_urge_per_step")]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.due_on} {self.step}"


class Silence(models.Model):
    """An assignment that a run named as not updated for long."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="silences", db_index=False)
    told_on = models.DateField()
    run = models.ForeignKey(Run, models.CASCADE, related_name="silences")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "told_on"], name="one_silence_per_day")]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.told_on}"


class Call(models.Model):
    """What a unit above said to urge an assignment; once a day. `act` may have urged many at once."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="calls", db_index=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+", db_index=False)
    on = models.DateField()
    text = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    at = models.DateTimeField()
    act = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "unit", "on"], name="one_call_a_day"),
            models.CheckConstraint(condition=~Q(text=""), name="call_has_text"),
        ]

    def __str__(self) -> str:
        return self.text
