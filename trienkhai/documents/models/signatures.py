"""What was found of the digital signatures in a file."""

from django.db import models

from trienkhai.documents.models.files import StoredFile


class FileSignature(models.Model):
    """One signature of a stored PDF as it was when checked; the fields are those of `signatures.Signature`."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="signatures")
    position = models.SmallIntegerField()
    signer = models.CharField(max_length=250, blank=True)
    organisation = models.CharField(max_length=250, blank=True)
    issued_by = models.CharField(max_length=250, blank=True)
    intact = models.BooleanField()
    whole = models.BooleanField()
    trusted = models.BooleanField(null=True)
    signed_at = models.DateTimeField(null=True)
    stamped = models.BooleanField()
    readable = models.BooleanField()
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["file", "position"], name="one_signature_per_position")]

    def __str__(self) -> str:
        return self.signer
