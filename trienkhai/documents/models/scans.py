"""Scans that wait for the machine to recognise their letters."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models.files import DocumentFile


class ScanState(models.TextChoices):
    WAITING = "waiting", _("waits for its letters to be recognised")
    DONE = "done", _("recognised by machine")
    FAILED = "failed", _("could not be recognised")


class ScanJobQuerySet(models.QuerySet["ScanJob"]):
    def due(self, at: datetime) -> "ScanJobQuerySet":
        """Those that nobody works on: never taken, or taken by a worker that was not heard of again in time."""
        free = Q(taken_until=None) | Q(taken_until__lte=at)
        return self.filter(free, state=ScanState.WAITING)


class ScanJob(models.Model):
    """The recognition of one scanned file.

    `tries`: how often a worker has taken it up; a try that ends with its worker counts too. `taken_until`: until then
    it is one worker's. `error`: English sentence of the last fault, a msgid. `at`: of the last change.
    """

    file = models.OneToOneField(DocumentFile, models.CASCADE, related_name="scan")
    state = models.CharField(max_length=8, choices=ScanState.choices, default=ScanState.WAITING)
    tries = models.SmallIntegerField(default=0)
    taken_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()

    objects = ScanJobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["taken_until", "id"], name="scan_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.file}: {self.get_state_display()}"
