"""The text of a document, what was read from it, and its clauses."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from trienkhai.documents.models.document import Document
from trienkhai.documents.models.search import SearchEntry


class DocumentText(models.Model):
    """One version of the text. `reading`: what the reader proposed (header, references, tasks), untouched by people.

    `machine_read`: recognised from the pictures of a scan, so that any word of it may be wrong.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="texts")
    version = models.SmallIntegerField(default=1)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    reading = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    machine_read = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "version"], name="one_text_per_version")]

    def __str__(self) -> str:
        return f"{self.document} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        SearchEntry.objects.renew(Document.objects.filter(pk=self.document_id))


class Clause(models.Model):
    """A part of a text under its label ("III", "2", "a)"); `start`, `end` are offsets in the text, end excluded."""

    text = models.ForeignKey(DocumentText, models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=40, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    position = models.IntegerField()
    depth = models.SmallIntegerField(default=0)
    start = models.IntegerField()
    end = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "position"], name="one_clause_per_position"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="clause_runs_forward"),
        ]

    def __str__(self) -> str:
        return self.label or self.heading
