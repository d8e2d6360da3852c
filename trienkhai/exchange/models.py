"""Documents that went out and came in as packets, and what was said of each."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models import Document
from trienkhai.orgs.models import Unit


class Correspondent(models.Model):
    """An organisation under its code on the exchange axis; `unit` when it is one of ours."""

    organ_id = models.CharField(_("Organ id"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=250)
    unit = models.OneToOneField(Unit, models.RESTRICT, null=True, blank=True, related_name="correspondent")

    class Meta:
        verbose_name = _("correspondent")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Direction(models.TextChoices):
    IN = "in", _("came in")
    OUT = "out", _("went out")


class Dispatch(models.Model):
    """One packet between a unit and a correspondent.

    document_key: the sender's id of the document, by which a state answers it. state: the last code that was told.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="dispatches")
    document = models.ForeignKey(Document, models.CASCADE, related_name="dispatches")
    correspondent = models.ForeignKey(Correspondent, models.RESTRICT, related_name="dispatches")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    document_key = models.CharField(max_length=200)
    at = models.DateTimeField()
    state = models.CharField(max_length=2, blank=True)
    recall_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "correspondent", "direction", "document_key"], name="one_dispatch_per_document"
            )
        ]
        indexes = [models.Index(fields=["document_key"], name="dispatch_key")]

    def __str__(self) -> str:
        return f"{self.direction} {self.document_key}"


class DispatchState(models.Model):
    """A state that one side told the other. `code`: of the regulation, see the norm `edxml_states`."""

    dispatch = models.ForeignKey(Dispatch, models.CASCADE, related_name="states")
    code = models.CharField(max_length=2)
    description = models.CharField(max_length=500, blank=True)
    told_by_us = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.code


class FileJob(models.Model):
    """A large file of units and posts, tried or brought in by the worker in the name of the one who sent it.

    `token`: the kept file (`waiting.py`), which also tells how far it is; `name`: as the person called it. `result`:
    what was found or done, as pages show it. `fault`: why nothing was, in words. `kind`, `state`: see the choices; a
    job that is running stands so only while its file tells of progress.
    """

    class Kind(models.TextChoices):
        TRY = "try", _("dry run of a file")
        STORE = "store", _("a file brought in")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        FINISHED = "finished", _("finished")
        STOPPED = "stopped", _("stopped")

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    token = models.CharField(max_length=60)
    name = models.CharField(max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    result = models.JSONField(default=dict)
    fault = models.TextField(blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by"], condition=models.Q(state__in=["waiting", "running"]), name="one_open_file_per_person"
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(state__in=["waiting", "running"]), name="file_job_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
