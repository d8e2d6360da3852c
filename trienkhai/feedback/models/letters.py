"""Feedback without a name. Nothing here holds a person, an address or a time finer than a day."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.orgs.models import Unit

KINDS = {"txt": "text/plain; charset=utf-8", "pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
"""Kind of an enclosed file, which is also the end of the name it gets here → media type."""


class PendingLetter(models.Model):
    """A letter of today, which nobody reads before the day is over. Its key is random: keys in order would tell the
    order in which letters came.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    on = models.DateField()
    text = models.TextField()
    enclosed = models.BinaryField(default=b"")
    enclosed_kind = models.CharField(max_length=3, blank=True, default="")
    receipt = models.CharField(max_length=64, unique=True, help_text="a slow hash of the receipt code")

    def __str__(self) -> str:
        return f"{self.on}"


class Letter(models.Model):
    """A letter as the receiving posts of `unit` have it: released in a batch, in random order."""

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="letters")
    on = models.DateField()
    text = models.TextField()
    enclosed = models.BinaryField(default=b"")
    enclosed_kind = models.CharField(max_length=3, blank=True, default="")
    receipt = models.CharField(max_length=64, unique=True)
    answer = models.TextField(blank=True, default="")
    answered_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("feedback without a name")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="letter_says_something")]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def enclosed_name(self) -> str:
        """The name the file got here; the one it came with was never stored."""
        return f"tep-kem-{self.pk}.{self.enclosed_kind}"


class SpentProof(models.Model):
    """A proof of work that was used, so that it is used once; forgotten when its challenge is too old to be used."""

    digest = models.CharField(max_length=64, primary_key=True)
    on = models.DateField()

    def __str__(self) -> str:
        return self.digest
