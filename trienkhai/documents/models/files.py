"""Files kept bit for bit, and the documents they belong to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from trienkhai.documents.models.document import Document
from trienkhai.orgs.models import Unit


class StoredFile(models.Model):
    """A file kept bit for bit under its SHA-256, on the default storage."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=250)
    media_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    path = models.CharField(max_length=200)
    owner = models.ForeignKey(Unit, models.RESTRICT, related_name="+")
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty")]

    def __str__(self) -> str:
        return self.name


class DocumentFile(models.Model):
    document = models.ForeignKey(Document, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="documents")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "file"], name="file_once_per_document")]

    def __str__(self) -> str:
        return str(self.file)
