"""Dossiers (hồ sơ công việc): documents of one matter in order, kept for a time, handed over to the archive."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trienkhai.common.folding import fold, squeeze
from trienkhai.documents.models.document import Document
from trienkhai.orgs.models import Unit


class Dossier(models.Model):
    """One matter of one unit. `retention`: code of a class of the norm `retention_classes`.

    `works`: of construction, science or technology, which is handed over sooner. `closed_on`: the day the matter ended.
    """

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="dossiers")
    code = models.CharField(_("Number and symbol of the dossier"), max_length=40)
    title = models.CharField(pgettext_lazy("dossier", "Title"), max_length=500)
    retention = models.CharField(_("Kept for"), max_length=20)
    works = models.BooleanField(_("Of construction, science or technology"), default=False)
    opened_on = models.DateField(_("Opened on"))
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    handed_over_on = models.DateField(_("Handed over on"), null=True, blank=True)
    handed_over_to = models.CharField(_("Received by"), max_length=200, blank=True)
    handed_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    search_text = models.TextField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="one_dossier_per_code"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="dossier_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(handed_over_on=None) | Q(closed_on__isnull=False, handed_over_on__gte=F("closed_on")),
                name="handed_over_when_closed",
            ),
        ]
        indexes = [models.Index(fields=["unit", "closed_on"], name="dossier_closed")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.code, self.title = squeeze(self.code), squeeze(self.title)
        self.search_text = fold(f"{self.code} {self.title}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class DossierDocument(models.Model):
    """A document at its place in a dossier; one taken out again stays as a row, without a place in the list."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="places")
    document = models.ForeignKey(Document, models.CASCADE, related_name="places")
    position = models.IntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    added_at = models.DateTimeField()
    taken_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    taken_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "document"], condition=Q(taken_out_at=None), name="document_once_per_dossier"
            ),
            models.UniqueConstraint(
                fields=["dossier", "position"], condition=Q(taken_out_at=None), name="one_document_per_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier.code} / {self.position}"
