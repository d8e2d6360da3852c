"""The web of documents."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trienkhai.documents.models.document import Document


class LinkKind(models.TextChoices):
    BASIS = "basis", _("based on")
    REFERS = "refers", _("refers to")
    REPLACES = "replaces", _("replaces")
    REPEALS = "repeals", _("repeals")
    AMENDS = "amends", _("amends")
    CARRIES_OUT = "carries_out", _("carries out")
    ANSWERS = "answers", _("answers")
    ATTACHED = "attached", _("attached to")
    CONFIRMS = "confirms", _("confirms")


ORDERING = tuple(kind for kind in LinkKind.values if kind != LinkKind.REFERS)
STANDING = (LinkKind.BASIS, LinkKind.CARRIES_OUT, LinkKind.ATTACHED)
ENDING = (LinkKind.REPLACES, LinkKind.REPEALS, LinkKind.AMENDS)


class Origin(models.TextChoices):
    MACHINE = "machine", _("read by machine")
    PERSON = "person", _("entered by a person")


class DocumentLinkQuerySet(models.QuerySet["DocumentLink"]):
    def live(self) -> "DocumentLinkQuerySet":
        """What holds now: neither corrected nor removed."""
        return self.filter(set_aside_at=None)


class DocumentLink(models.Model):
    """From one document to another; `target` is empty while the cited paper is not in the register (a named gap).

    A row is never rewritten: a correction sets it aside and adds another that `corrects` it, so what the machine
    proposed stays beside what a person made of it. `symbol`, `doc_type`, `cited_on`, `issuer_name`, `title`: the target
    as the paper cites it; `key` tells two cited papers apart. `start`, `end`: where, in the text of that intake.
    `partial`: of an ending kind, only some of the target ends; `effective_on`: its own day, by default the source's.
    """

    source = models.ForeignKey(Document, models.CASCADE, related_name="links")
    target = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="cited_by")
    kind = models.CharField(_("Relation"), max_length=12, choices=LinkKind.choices)
    symbol = models.CharField(_("Symbol"), max_length=80, blank=True)
    symbol_key = models.CharField(max_length=80, blank=True, default="")
    key = models.CharField(max_length=120, default="")
    doc_type = models.CharField(_("Type"), max_length=60, blank=True, default="")
    cited_on = models.DateField(_("Date"), null=True, blank=True)
    issuer_name = models.CharField(_("Issuer"), max_length=250, blank=True, default="")
    title = models.CharField(_("Subject"), max_length=500, blank=True, default="")
    partial = models.BooleanField(_("Only a part of it"), default=False)
    effective_on = models.DateField(_("From the day"), null=True, blank=True)
    start = models.IntegerField(null=True)
    end = models.IntegerField(null=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.MACHINE)
    corrects = models.ForeignKey("self", models.CASCADE, null=True, related_name="corrections")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    added_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    set_aside_at = models.DateTimeField(null=True)

    objects = DocumentLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key", "kind"], condition=Q(set_aside_at=None), name="one_live_link_per_kind"
            ),
        ]
        indexes = [models.Index(fields=["symbol_key", "target"], name="link_symbol_key")]

    def __str__(self) -> str:
        return f"{self.source} → {self.cited}"

    @property
    def cited(self) -> str:
        """How the paper cites its target."""
        if self.symbol or not self.title:
            return f"{self.doc_type} {self.symbol}".strip()
        return self.title if self.title.startswith(self.doc_type) else f"{self.doc_type} {self.title}"
