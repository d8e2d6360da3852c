"""A document, once, however many registers hold it."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
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
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, editable=False, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=500, blank=True, editable=False)
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
        self.fold_words()
        super().save(*args, **kwargs)

    def fold_words(self) -> None:
        """What a stored row must have; `save` does it, a bulk insert calls it."""
        self.title = squeeze(self.title)
        self.search_text = fold(" ".join([self.symbol, self.doc_type, self.title, self.issuer_name, self.signer_name]))

    @property
    def reference(self) -> str:
        """How the log of acts names it: never by its subject, since what is locked away must not live on there."""
        return f"{self.doc_type} {self.symbol or f'#{self.pk}'}".strip()

    @property
    def has_authority(self) -> bool:
        """Number, date and signer: a paper on which tasks may be issued as they stand."""
        return bool(self.number and self.issued_on and self.signer_name)
