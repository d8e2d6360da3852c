"""The web of documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models.document import Document


class LinkKind(models.TextChoices):
    BASIS = "basis", _("based on")
    REFERS = "refers", _("refers to")
    REPLACES = "replaces", _("replaces")
    REPEALS = "repeals", _("repeals")
    AMENDS = "amends", _("amends")
    CARRIES_OUT = "carries_out", _("carries out")
    CONFIRMS = "confirms", _("confirms")


class DocumentLink(models.Model):
    """From one document to another; `target` is empty while the cited paper is not in the register (a named gap)."""

    source = models.ForeignKey(Document, models.CASCADE, related_name="links")
    target = models.ForeignKey(Document, models.CASCADE, null=True, related_name="cited_by")
    symbol = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=LinkKind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "symbol", "kind"], name="one_link_per_kind")]

    def __str__(self) -> str:
        return f"{self.source} → {self.symbol}"
