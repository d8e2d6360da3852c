"""The books of units and the entries in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models.document import Document
from trienkhai.orgs.models import Unit


class Book(models.TextChoices):
    IN = "in", _("incoming")
    OUT = "out", _("outgoing")
    INTERNAL = "internal", _("internal")


class RegisterEntry(models.Model):
    """A document in a unit's book: the same paper is *out* for its issuer and *in* for those who received it."""

    unit = models.ForeignKey(Unit, models.RESTRICT, related_name="register_entries")
    book = models.CharField(max_length=10, choices=Book.choices)
    number = models.IntegerField()
    year = models.SmallIntegerField()
    on = models.DateField()
    document = models.ForeignKey(Document, models.RESTRICT, related_name="entries")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "book", "year", "number"], name="one_entry_per_number"),
            models.UniqueConstraint(fields=["unit", "document"], name="document_once_per_register"),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.number}/{self.year}"
