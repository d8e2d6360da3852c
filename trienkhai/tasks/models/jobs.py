"""A decision on thousands of rows, carried out in the background."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class BulkJob(models.Model):
    """Decide what matched a filter at `created_at`, a portion at a time, in the name of the one who asked.

    `area`, `kind`: what is decided and how, as the area registered it (`tasks/background.py`). `wanted`: how many
    matched then; `done` grows with each portion, each an act of its own. `stop_asked`: the person wants it to end after
    the portion at work. `words`: the remark or reason, until it ends. `fault`: why it ended before its end, in words.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        STOPPED = "stopped", _("stopped")

    area = models.CharField(max_length=20, default="tasks", db_default="tasks")
    kind = models.CharField(max_length=20)
    narrowed = models.JSONField(default=list)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    wanted = models.IntegerField()
    done = models.IntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    fault = models.TextField(blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(done__gte=0, done__lte=F("wanted")), name="job_does_what_was_wanted"),
            models.UniqueConstraint(
                fields=["by", "area", "kind"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_open_job_per_person_and_area",
            ),
        ]
        indexes = [models.Index(fields=["created_at"], condition=Q(state__in=["waiting", "running"]), name="job_open")]

    def __str__(self) -> str:
        return f"{self.area} {self.kind} {self.done}/{self.wanted}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
