"""The dossier of a unit for a day: figures stored once, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.orgs.models import Unit
from trienkhai.worksessions.models.session import Session


class Dossier(models.Model):
    """`content`: the sections as `dossier.shape` reads them. `digest`: SHA-256 of what it says, also in the act.

    `unit`: whose figures they are, also after the session passed to a successor.
    """

    session = models.ForeignKey(Session, models.RESTRICT, related_name="dossiers", db_index=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="dossiers_of_sessions", db_index=False)
    number = models.PositiveSmallIntegerField()
    on = models.DateField(_("As on the day"))
    content = models.JSONField()
    head = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    act = models.BigIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("dossier of a working session")
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="one_dossier_per_number"),
            models.CheckConstraint(condition=~Q(digest=""), name="dossier_has_a_digest"),
        ]
        indexes = [models.Index(fields=["act"], name="dossier_of_act")]

    def __str__(self) -> str:
        return f"{self.number} ({self.on:%d/%m/%Y})"
