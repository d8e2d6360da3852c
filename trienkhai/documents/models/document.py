"""A document, once, however many registers hold it."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Lookup, Q
from django.utils.translation import gettext_lazy as _

from trienkhai.common.folding import fold, squeeze
from trienkhai.documents.models.search import INDEXED, SearchEntry
from trienkhai.documents.symbols import symbol_key
from trienkhai.orgs.models import Unit


class Published(models.TextChoices):
    NO = "no", _("only those concerned")
    BRANCH = "branch", _("the issuer's branch")
    ALL = "all", _("everyone")


@models.BigIntegerField.register_lookup
class Among(Lookup):
    """`pk__among=ids`: as `in`, with thousands of ids as one value, written once; a statement with as many placeholders
    is slow.

    PostgreSQL looks them up in a hash table only where they are of the column's own type; else it compares one by one.
    """

    lookup_name = "among"
    rhs: Any

    def get_prep_lookup(self) -> str:
        return ",".join(map(str, self.rhs))

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s::bigint[])", [*params, f"{{{self.rhs}}}"]
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, f"[{self.rhs}]"]


class DocumentQuerySet(models.QuerySet["Document"]):
    """`is_few`: so few rows that a search compares them all, and does not go from hit to hit until it has enough."""

    is_few = False

    def few(self, ids: Iterable[int]) -> "DocumentQuerySet":
        rows = self.filter(pk__among=ids)
        rows.is_few = True
        return rows

    def after(self, first: "DocumentQuerySet") -> "DocumentQuerySet":
        """These rows among those; what limits `first` is tested first, as SQLite goes by the order of writing."""
        rows: DocumentQuerySet = first & self
        rows.is_few = self.is_few
        return rows

    def _clone(self) -> "DocumentQuerySet":
        rows: DocumentQuerySet = super()._clone()  # type: ignore[misc]
        rows.is_few = self.is_few
        return rows


class Document(models.Model):
    """One document, however many registers hold it.

    `issuer` is the unit when the issuer is one of ours, `issuer_name` what the paper says. `declared_by`: who declared
    at upload that it holds no state secret. `effective_on`: first day in force, None when the day of the paper is;
    `expires_on`: first day no longer in force by its own words. `symbol_key`: the symbol as it is compared.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    doc_type = models.CharField(_("Type"), max_length=60)
    number = models.CharField(_("Number"), max_length=20, blank=True)
    symbol = models.CharField(_("Symbol"), max_length=80, blank=True)
    symbol_key = models.CharField(max_length=80, blank=True, default="", editable=False)
    issuer = models.ForeignKey(Unit, models.RESTRICT, null=True, blank=True, related_name="issued_documents")
    issuer_name = models.CharField(_("Issuer"), max_length=250, blank=True)
    owner = models.ForeignKey(Unit, models.RESTRICT, related_name="held_documents")
    place = models.CharField(_("Place"), max_length=80, blank=True)
    issued_on = models.DateField(_("Date"), null=True, blank=True)
    effective_on = models.DateField(_("In force from"), null=True, blank=True)
    expires_on = models.DateField(_("No longer in force from"), null=True, blank=True)
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

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        indexes = [
            models.Index(fields=["owner", "issued_on"], name="document_owner"),
            models.Index(fields=["symbol"], name="document_symbol"),
            models.Index(fields=["symbol_key"], name="document_symbol_key"),
            models.Index(fields=["published", "owner"], name="document_published"),
            models.Index(fields=["withdrawn_at"], condition=~Q(urgency=""), name="document_urgent"),
        ]

    def __str__(self) -> str:
        return f"{self.doc_type} {self.symbol}".strip() if self.symbol else self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.complete()
        super().save(*args, **kwargs)
        if (fields := kwargs.get("update_fields")) is None:
            SearchEntry.objects.renew([self])
        elif not set(fields).isdisjoint(INDEXED):
            SearchEntry.objects.renew(Document.objects.filter(pk=self.pk))

    def complete(self) -> None:
        """Fill what follows from other fields: `save` does it; before a bulk insert it is called, and after it the
        entries of the index are renewed.
        """
        self.title = squeeze(self.title)
        self.symbol_key = symbol_key(self.symbol)
        self.search_text = fold(" ".join([self.symbol, self.doc_type, self.title, self.issuer_name, self.signer_name]))

    @property
    def reference(self) -> str:
        """How the log of acts names it: never by its subject, since what is locked away must not live on there."""
        return f"{self.doc_type} {self.symbol or f'#{self.pk}'}".strip()

    @property
    def has_authority(self) -> bool:
        """Number, date and signer: a paper on which tasks may be issued as they stand."""
        return bool(self.number and self.issued_on and self.signer_name)
