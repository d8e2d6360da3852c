"""Files kept bit for bit, and the documents they belong to."""

from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models.document import Document
from trienkhai.documents.models.texts import DocumentText
from trienkhai.orgs.models import Unit

PREVIEWED = (".pdf", ".docx")


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

    @property
    def can_preview(self) -> bool:
        """Is it of a kind that can be looked at in the page?"""
        return PurePath(self.name).suffix.lower() in PREVIEWED


class FileKind(models.TextChoices):
    ORIGINAL = "original", _("original")
    REVISED = "revised", _("revised version")
    SIGNED = "signed", _("digitally signed version")
    ATTACHMENT = "attachment", _("annex or attachment")


class DocumentFile(models.Model):
    """A file of a document: the original, a later version of it, or an attachment; none is ever replaced.

    `version`: its number among the files of the document, in the order in which they came. `text`: what was read from
    it, None for attachments. Who stored it and when says the stored file.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.RESTRICT, related_name="documents")
    kind = models.CharField(_("What it is"), max_length=12, choices=FileKind.choices, default=FileKind.ORIGINAL)
    version = models.SmallIntegerField(default=1)
    reason = models.CharField(_("Why"), max_length=300, blank=True, default="")
    text = models.OneToOneField(DocumentText, models.SET_NULL, null=True, related_name="file")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "file"], name="file_once_per_document"),
            models.UniqueConstraint(fields=["document", "version"], name="one_file_per_version"),
        ]

    def __str__(self) -> str:
        return str(self.file)
