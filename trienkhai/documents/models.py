"""Documents, their files, texts, clauses and links, and the registers that hold them."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.folding import fold, squeeze
from trienkhai.orgs.models import Unit


class Published(models.TextChoices):
    NO = "no", _("only those concerned")
    BRANCH = "branch", _("the issuer's branch")
    ALL = "all", _("everyone")


class Document(models.Model):
    """One document, however many registers hold it.

    `issuer` is the unit when the issuer is one of ours, `issuer_name` what the paper says. `declared_by`: who declared
    at upload that it holds no state secret.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    doc_type = models.CharField(_("Type"), max_length=60)
    number = models.CharField(_("Number"), max_length=20, blank=True)
    symbol = models.CharField(_("Symbol"), max_length=80, blank=True)
    issuer = models.ForeignKey(Unit, models.RESTRICT, null=True, blank=True, related_name="issued_documents")
    issuer_name = models.CharField(_("Issuer"), max_length=250, blank=True)
    owner = models.ForeignKey(Unit, models.RESTRICT, related_name="held_documents")
    place = models.CharField(_("Place"), max_length=80, blank=True)
    issued_on = models.DateField(_("Date"), null=True, blank=True)
    title = models.CharField(_("Subject"), max_length=1000)
    signer_name = models.CharField(_("Signer"), max_length=120, blank=True)
    signer_role = models.CharField(_("Signer's office"), max_length=160, blank=True)
    urgency = models.CharField(_("Urgency"), max_length=40, blank=True)
    published = models.CharField(_("Shown to"), max_length=8, choices=Published.choices, default=Published.NO)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    declared_at = models.DateTimeField()
    search_text = models.TextField(editable=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("document")
        indexes = [
            models.Index(fields=["owner", "issued_on"], name="document_owner"),
            models.Index(fields=["symbol"], name="document_symbol"),
        ]

    def __str__(self) -> str:
        return f"{self.doc_type} {self.symbol}".strip() if self.symbol else self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title = squeeze(self.title)
        self.search_text = fold(" ".join([self.symbol, self.doc_type, self.title, self.issuer_name, self.signer_name]))
        super().save(*args, **kwargs)

    @property
    def reference(self) -> str:
        """How the log of acts names it: never by its subject, since what is locked away must not live on there."""
        return f"{self.doc_type} {self.symbol or f'#{self.pk}'}".strip()

    @property
    def has_authority(self) -> bool:
        """Number, date and signer: a paper on which tasks may be issued as they stand."""
        return bool(self.number and self.issued_on and self.signer_name)


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


class DocumentText(models.Model):
    """One version of the text. `reading`: what the reader proposed (header, references, tasks), untouched by people."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="texts")
    version = models.SmallIntegerField(default=1)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    reading = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "version"], name="one_text_per_version")]

    def __str__(self) -> str:
        return f"{self.document} v{self.version}"


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
